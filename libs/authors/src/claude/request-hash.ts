import { hashBytes } from '@squados/artifacts';
import type { Sha256 } from '@squados/contracts';
import type { ModelRequest } from './model-client.port.js';

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON with keys in order: equal values give equal text. */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    isPlain(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );

/** What makes a request the same as another: all of it but how long the answer may become, which the budget decides. */
export const requestBytes = ({ maxTokens: _maxTokens, ...request }: ModelRequest): Uint8Array =>
  new TextEncoder().encode(canonicalJson(request));

export const requestHash = (request: ModelRequest): Sha256 => hashBytes(requestBytes(request));
