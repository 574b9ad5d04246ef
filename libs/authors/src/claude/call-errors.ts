import { APIConnectionError, APIError, APIUserAbortError } from '@anthropic-ai/sdk';
import { ModelCallError, type CallErrorCode } from './model-client.port.js';

const BY_STATUS: Readonly<Record<number, CallErrorCode>> = {
  401: 'not-authorized',
  402: 'no-credit',
  403: 'not-permitted',
  404: 'unknown-model',
  413: 'too-large',
  429: 'rate-limited',
  529: 'overloaded',
};
/** Errors that come in the middle of a stream have no status. */
const BY_TYPE: Readonly<Record<string, CallErrorCode>> = {
  invalid_request_error: 'invalid-request',
  authentication_error: 'not-authorized',
  billing_error: 'no-credit',
  permission_error: 'not-permitted',
  not_found_error: 'unknown-model',
  request_too_large: 'too-large',
  rate_limit_error: 'rate-limited',
  overloaded_error: 'overloaded',
};

export const REMEDIES: Readonly<Record<CallErrorCode, string>> = {
  'invalid-request':
    'where the provider’s words name a spend limit of the account, raise that and retry the card; else this is a fault of SquadOS: report it with the request’s hash',
  'not-authorized': 'set ANTHROPIC_API_KEY to a key that is valid, then retry the card',
  'no-credit': 'settle the billing of the account, then retry the card',
  'not-permitted': 'the key may not do this: use one of another workspace, or ask its administrator',
  'unknown-model': 'the key’s account does not have this model: choose another with --model',
  'too-large': 'the card’s context is too large: split the card, or shorten its documents',
  'rate-limited': 'waits until the provider takes more',
  overloaded: 'waits until the provider is less busy',
  'provider-error': 'the provider had a fault: the card is tried again',
  unreachable: 'check the network (and ANTHROPIC_BASE_URL): the card is tried again',
  'cut-off': 'the connection broke: the card is tried again',
  'over-limit': 'this is a fault of SquadOS (a reservation that was too small): report it with the request’s hash',
  aborted: 'the attempt ended',
};

/** An SDK error in our words, by its class, status and type, never by its text. */
export const callErrorOf = (error: unknown, hasBegun: boolean): ModelCallError => {
  if (error instanceof ModelCallError) return error;
  const code = codeOf(error, hasBegun);
  const told = error instanceof APIError ? toldBy(error) : { said: '', facts: {} };
  const facts = { mayBePaid: hasBegun || wasSent(error), cause: error, ...told.facts };
  return new ModelCallError(code, `${code}${told.said}; ${REMEDIES[code]}`, facts);
};

interface Told {
  readonly said: string;
  readonly facts: { readonly retryAfterMs?: number };
}

const toldBy = ({ apiMessage, requestID, headers }: APIError): Told => {
  const retryAfterMs = retryAfterOf(headers);
  const said = `${apiMessage ? `: ${apiMessage}` : ''}${requestID ? ` (${requestID})` : ''}`;
  return { said, facts: retryAfterMs === undefined ? {} : { retryAfterMs } };
};

const codeOf = (error: unknown, hasBegun: boolean): CallErrorCode => {
  if (error instanceof APIUserAbortError) return 'aborted';
  if (error instanceof APIConnectionError) return hasBegun ? 'cut-off' : 'unreachable';
  if (error instanceof APIError) return codeOfStatus(error);
  return hasBegun ? 'cut-off' : 'unreachable';
};

const codeOfStatus = ({ status, type }: APIError): CallErrorCode => {
  if (status === undefined) return BY_TYPE[type ?? ''] ?? 'provider-error';
  const known = BY_STATUS[status];
  if (known) return known;
  return status >= 500 || status === 408 || status === 409 ? 'provider-error' : 'invalid-request';
};

/** Before a connection stands nothing is sent. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** A connection that broke without an answer: the other side may have begun to work. */
const wasSent = (error: unknown): boolean => {
  if (!(error instanceof APIConnectionError)) return false;
  for (let cause: unknown = error; isThrown(cause); cause = cause.cause)
    if (NEVER_CONNECTED.has(String(cause.code))) return false;
  return true;
};

/** By its shape: not every error of the platform is of this realm's Error. */
const isThrown = (value: unknown): value is { readonly code?: unknown; readonly cause?: unknown } =>
  typeof value === 'object' && value !== null;

const SECOND = 1_000;

const retryAfterOf = (headers: Headers | undefined): number | undefined => {
  const text = headers?.get('retry-after') ?? null;
  if (text === null) return undefined;
  const seconds = Number(text);
  if (Number.isFinite(seconds) && seconds >= 0) return seconds * SECOND;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
};
