export * from './claude-stub/index.js';
export * from './improving-script.js';
export { HOSTILE_TEXTS } from './hostile-cards.js';
