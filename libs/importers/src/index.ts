export * from './backlog/index.js';
export * from './requirements/index.js';
