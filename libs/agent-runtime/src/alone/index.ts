export * from './open-agent-folder.js';
export * from './open-agent-on-nats.js';
export * from './open-agent-place.js';
