export { verifyLog } from './verify-log.js';
export type { CardStates, Rule, VerifyOptions, VerifyReport, Violation } from './report.js';
