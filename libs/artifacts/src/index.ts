export * from './artifact-store.port.js';
