export * from './open-agent-folder.js';
export * from './open-agent-on-nats.js';
export * from './open-agent-place.js';
export type { PlaceSignals } from './place-signals.js';
