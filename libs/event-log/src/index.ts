export * from './event-log.port.js';
export * from './work-claim.port.js';
export * from './errors.js';
