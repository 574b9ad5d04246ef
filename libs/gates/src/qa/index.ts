export { createQaChecks, type QaCheckOptions } from './create-qa-checks.js';
export { createQaGates } from './create-qa-gates.js';
export { QA_GATES, type QaChecks, type QaGateName, type QaLine, type QaResult } from './qa-result.js';
