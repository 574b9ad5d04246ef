export * from './claude-stub/index.js';
