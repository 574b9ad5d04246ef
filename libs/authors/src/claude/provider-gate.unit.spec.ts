import { describe, expect, it } from '@jest/globals';
import { ModelCallError } from './model-client.port.js';
import { ProviderBusy, ProviderGate } from './provider-gate.js';

const signal = new AbortController().signal;
const gateAt = (patienceMs = 10_000) => {
  const clock = { now: 0, slept: 0 };
  const sleep = (ms: number): Promise<void> => {
    clock.now += ms;
    clock.slept += ms;
    return Promise.resolve();
  };
  return { clock, gate: new ProviderGate({ now: () => clock.now, sleep, patienceMs }) };
};

describe('the gate to a provider', () => {
  it('waits until the minute is over when what is left does not hold the request', async () => {
    const { clock, gate } = gateAt();
    gate.learn({ requestsLeft: 5, inputTokensLeft: 1_000, outputTokensLeft: 1_000, resetAt: 7_000 });
    await gate.admit(800, signal);
    expect(clock.slept).toBe(0);
    await gate.admit(800, signal);
    expect(clock.slept).toBe(7_000);
  });
  it('lets no more requests out than are left', async () => {
    const { clock, gate } = gateAt();
    gate.learn({ requestsLeft: 1, resetAt: 3_000 });
    await gate.admit(1, signal);
    await gate.admit(1, signal);
    expect(clock.slept).toBe(3_000);
  });
  it('stays closed as long as the provider asked for, and hands back what would wait too long', async () => {
    const { clock, gate } = gateAt();
    gate.close(new ModelCallError('overloaded', 'busy', { retryAfterMs: 4_000 }));
    await gate.admit(1, signal);
    expect(clock.slept).toBe(4_000);
    gate.close(new ModelCallError('rate-limited', 'wait', { retryAfterMs: 60_000 }));
    await expect(gate.admit(1, signal)).rejects.toEqual(expect.objectContaining({ until: 64_000 }));
    await expect(gate.admit(1, signal)).rejects.toBeInstanceOf(ProviderBusy);
  });
});
