export { natsBlobs } from './nats-blobs.js';
export { openNatsArtifactStore } from './nats-artifact-store.js';
