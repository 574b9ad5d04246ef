export * from './claude-stub/index.js';
export * from './improving-script.js';
