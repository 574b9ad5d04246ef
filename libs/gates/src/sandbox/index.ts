export * from './sandbox.port.js';
export { createSandbox, SandboxSettingError, type SandboxOptions } from './create-sandbox.js';
export { SandboxRequestError } from './checked-request.js';
export { describeIsolation } from './describe-isolation.js';
