export { openNatsArtifactStore } from './nats-artifact-store.js';
