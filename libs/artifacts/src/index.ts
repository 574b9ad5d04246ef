export * from './artifact-store.port.js';
export * from './compare-natural.js';
export * from './file-artifact-store.js';
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
