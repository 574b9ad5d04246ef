/** The engine of this process. */
export const ORCHESTRATOR = Symbol('ORCHESTRATOR');
/** What the engine is made of: EngineOptions. */
export const ENGINE_OPTIONS = Symbol('ENGINE_OPTIONS');
