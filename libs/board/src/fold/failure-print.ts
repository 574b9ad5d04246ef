import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** The message without what varies from run to run: numbers, hashes, addresses, white space, case. */
export const normaliseMessage = (message: string): string =>
  message
    .slice(0, 4_000)
    .toLowerCase()
    .replace(/\b(?:0x)?[0-9a-f]*\d[0-9a-f]*\b/g, '#')
    .replace(/\d+/g, '#')
    .replace(/\s+/g, ' ')
    .trim();

/** Two failures with the same print are the same error on the same inputs. */
export const failurePrint = (failure: { readonly code: string; readonly message: string }, inputs: string): string =>
  bytesToHex(sha256(utf8ToBytes(JSON.stringify([failure.code, normaliseMessage(failure.message), inputs])))).slice(
    0,
    32,
  );
