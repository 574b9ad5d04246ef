export * from './toolchains.port.js';
export { createToolchains } from './create-toolchains.js';
export { placesOf, type ToolchainOptions, type ToolchainPlaces } from './places.js';
export { INSTALLABLE, type InstallableName } from './pinned-set.js';
export { inspectInstall, verifyInstall, type InstallState } from './inspect-install.js';
export { installToolchain, type InstallOutcome, type InstallRequest } from './install/install-toolchain.js';
export { InstallProblem, type InstallProblemCode } from './install/install-problem.js';
export { installSandboxProgram } from './install/install-sandbox-program.js';
