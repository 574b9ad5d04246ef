export { createBackendGates } from './create-backend-gates.js';
export { FOLDER, isWrittenIn, type BackendGateOptions, type CreateLanguageGates } from './shared/gate-parts.port.js';
