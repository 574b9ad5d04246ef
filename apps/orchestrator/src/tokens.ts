/** The engine of this process. */
export const ORCHESTRATOR = Symbol('ORCHESTRATOR');
