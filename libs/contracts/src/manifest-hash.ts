import { sha256 as digest } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { sha256, type Sha256 } from './ids.js';

const byCodeUnits = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

/**
 * The text that a manifest's hash is taken over: a JSON array of `[path, hash]` pairs in the order of their paths (UTF-16 code
 * units), without spaces. Two manifests have the same text exactly when they list the same paths with the same hashes.
 */
export const manifestText = (manifest: Readonly<Record<string, Sha256>>): string =>
  JSON.stringify(Object.entries(manifest).sort(byCodeUnits));

/** SHA-256 over `manifestText` in UTF-8: what `CardCompleted.manifestHash` holds and an approval names. */
export const manifestHash = (manifest: Readonly<Record<string, Sha256>>): Sha256 =>
  sha256(bytesToHex(digest(utf8ToBytes(manifestText(manifest)))));
