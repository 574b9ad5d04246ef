import type { Sha256 } from '@squados/contracts';
import { ArtifactError, type ArtifactStore } from './artifact-store.port.js';

/**
 * Artifacts as text, by hash. One that is gone or broken is left out; `squados events --verify` names the loss.
 * @throws whatever else keeps the store from reading
 */
export const readTexts = async (
  store: ArtifactStore,
  hashes: Iterable<Sha256>,
): Promise<ReadonlyMap<Sha256, string>> => {
  const texts = await Promise.all([...new Set(hashes)].map((hash) => textAt(store, hash)));
  return new Map(texts.flat());
};

const textAt = async (store: ArtifactStore, hash: Sha256): Promise<readonly (readonly [Sha256, string])[]> => {
  try {
    return [[hash, new TextDecoder().decode(await store.get(hash))]];
  } catch (error) {
    if (error instanceof ArtifactError && (error.code === 'missing' || error.code === 'corrupt')) return [];
    throw error;
  }
};
