import { createHash } from 'node:crypto';
import { sha256, type Sha256 } from '@squados/contracts';

export const hashBytes = (bytes: Uint8Array): Sha256 => sha256(createHash('sha256').update(bytes).digest('hex'));
