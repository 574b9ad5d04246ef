/**
 * The door for text from outside: whole validation with class-validator. Apart from the main door because loading class-validator
 * costs some 200 ms and 60 MB, which a worker or a fold need not pay.
 */
export * from './parse-command.js';
export * from './validate-event.js';
export type { EdgeProblem } from './check.js';
export { CardSpecDto } from './card.dto.js';
