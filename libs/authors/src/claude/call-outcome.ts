import type { RoleResult } from '@squados/agent-runtime';
import { AllowanceSpent } from './allowance.js';
import { NotRecorded } from './call-desk.js';
import { ModelCallError, type CallErrorCode } from './model-client.port.js';
import { ProviderBusy } from './provider-gate.js';

/** Somebody has to change something before it can work. */
const TERMINAL: ReadonlySet<CallErrorCode> = new Set([
  'invalid-request',
  'not-authorized',
  'no-credit',
  'not-permitted',
  'unknown-model',
  'too-large',
  'over-limit',
]);

const OUTAGE_MS = 30_000;

/** How an attempt ends whose call failed; undefined for what is no failure of a call. */
export const resultOf = (error: unknown, now: number): RoleResult | undefined => {
  if (error instanceof ProviderBusy) return { kind: 'released', reason: 'provider-outage', notBefore: error.until };
  if (error instanceof AllowanceSpent) return { kind: 'released', reason: 'budget' };
  if (error instanceof NotRecorded) return failed('not-recorded', error.message, false);
  if (error instanceof ModelCallError) return resultOfCall(error, now);
  return undefined;
};

const failed = (code: string, message: string, retryable: boolean): RoleResult => ({
  kind: 'failed',
  retryable,
  code,
  message,
});

const resultOfCall = (error: ModelCallError, now: number): RoleResult => {
  if (TERMINAL.has(error.code)) return failed(`model-${error.code}`, error.message, false);
  if (error.code === 'rate-limited' || error.code === 'overloaded' || error.code === 'unreachable')
    return {
      kind: 'released',
      reason: 'provider-outage',
      notBefore: now + (error.facts.retryAfterMs ?? OUTAGE_MS),
    };
  return failed(`model-${error.code}`, error.message, true);
};
