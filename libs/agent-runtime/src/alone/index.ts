export * from './open-agent-folder.js';
