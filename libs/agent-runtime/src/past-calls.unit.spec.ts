import { describe, expect, it } from '@jest/globals';
import { attemptLane, sha256, START, type DraftEvent, type EventData } from '@squados/contracts';
import { openMemoryLog } from '@squados/event-log';
import { readPastCalls } from './past-calls.js';
import { addressOf, appendAs } from './testing/index.js';

const address = addressOf('PROD-1');
const call = { purpose: 'author', model: 'm', request: sha256('a'.repeat(64)) } as const;
const begun = (attempt: number, n: number, nanoUsd: number): DraftEvent => ({
  type: 'ModelCallBegun',
  data: { ...call, attempt, call: n, reserved: { nanoUsd, tokens: 100 } },
});
const told = (attempt: number, n: number, more: Partial<EventData['ModelCalled']> = {}): DraftEvent => ({
  type: 'ModelCalled',
  data: {
    ...{ ...call, attempt, call: n, outcome: 'answered', nanoUsd: 3, durationMs: 1 },
    usage: { input: 1, output: 2, cacheRead: 3, cacheWrite5m: 4, cacheWrite1h: 5 },
    ...more,
  },
});

const read = async (attempt: number, drafts: readonly DraftEvent[]): ReturnType<typeof readPastCalls> => {
  const { log } = openMemoryLog();
  if (drafts.length > 0) await appendAs(log, { lane: attemptLane(address), source: 'w', drafts });
  return readPastCalls(log, { address, attempt, after: START });
};

describe('calls of earlier deliveries', () => {
  it('are none where nobody asked', async () => {
    expect(await read(1, [])).toEqual({ last: 0, spent: { nanoUsd: 0, tokens: 0 }, told: [] });
  });
  it('count with their price once it was told, and in full when nobody told it', async () => {
    const drafts = [begun(1, 1, 50), told(1, 1), begun(1, 2, 70)];
    expect(await read(1, drafts)).toMatchObject({ last: 2, spent: { nanoUsd: 73, tokens: 115 } });
  });
  it('cost nothing when they were answered from the record', async () => {
    const drafts = [told(1, 1, { outcome: 'recorded', nanoUsd: 0 })];
    expect(await read(1, drafts)).toMatchObject({ last: 1, spent: { nanoUsd: 0, tokens: 0 } });
  });
  it('are not those of another attempt', async () => {
    expect(await read(2, [begun(1, 1, 50), told(1, 1), begun(2, 1, 7)])).toEqual({
      last: 1,
      spent: { nanoUsd: 7, tokens: 100 },
      told: [],
    });
  });
  it('are handed on as they were told, so that their answers are not paid for again', async () => {
    const { told: handed } = await read(1, [begun(1, 1, 50), told(1, 1), begun(1, 2, 70)]);
    expect(handed.map(({ call, nanoUsd }) => [call, nanoUsd])).toEqual([[1, 3]]);
  });
});
