import type { Sha256 } from '@squados/contracts';

/** Content-addressed bytes. Put is idempotent and durable when it resolves; get verifies the hash it was asked for. */
export interface ArtifactStore {
  /** @throws ArtifactError `too-large`, `disk-full`, `permission` */
  put(bytes: Uint8Array): Promise<Sha256>;
  /** @throws ArtifactError `missing` or `corrupt`, naming the hash and the remedy. */
  get(hash: Sha256): Promise<Uint8Array>;
  has(hash: Sha256): Promise<boolean>;
}

export class ArtifactError extends Error {
  override readonly name = 'ArtifactError';
  constructor(
    readonly code: 'missing' | 'corrupt' | 'disk-full' | 'permission' | 'path-escape' | 'too-large',
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }
}
