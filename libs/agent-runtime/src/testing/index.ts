export * from './manual-clock.js';
export * from './fake-roles.js';
export * from './fake-board.js';
export * from './eventually.js';
