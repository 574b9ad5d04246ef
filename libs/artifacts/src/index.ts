export * from './artifact-store.port.js';
export {
  MAX_ARTIFACT_BYTES,
  PIECE_BYTES,
  type ArtifactContent,
  type StreamingArtifactStore,
} from './artifact-streams.port.js';
export * from './compare-natural.js';
export * from './file-artifact-store.js';
export { fileBlobs } from './file-blobs.js';
export type { NamedBlobs } from './named-blobs.port.js';
export * from './hash-bytes.js';
export * from './memory-artifact-store.js';
export * from './read-texts.js';
export {
  foldPath,
  safeArtifactPath,
  safeArtifactPaths,
  type PathCheck,
  type PathsCheck,
} from './safe-artifact-path.js';
export * from './tree-projector.js';
export type { Manifest, TreeFile } from './tree-claims.js';
