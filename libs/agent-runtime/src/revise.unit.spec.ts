import { memoryArtifactStore } from '@squados/artifacts';
import { describe, expect, it } from '@jest/globals';
import { position, type DraftEvent } from '@squados/contracts';
import { GateBlocked } from './gate-blocked.js';
import type { Gate, Rejected, Role, RoleResult, RoleTools } from './role.js';
import { fakeTasks, ManualClock, scriptedGate, scriptedRole, written } from './testing/index.js';
import { writeCard } from './write-card.js';

const taskOf = () =>
  fakeTasks().load({
    ...{ project: 'P' as never, card: 'PROD-1' as never, attempt: 1, position: position(1) },
    signal: new AbortController().signal,
  });

/** Fails until a file says `good`. */
const wordGate = scriptedGate('word', ({ files }) => {
  const ok = files.get('produto/a.md') === 'good';
  const outcome = ok ? ('pass' as const) : ('fail' as const);
  return Promise.resolve({ outcome, command: 'look', summary: `it is ${ok}`, isolation: { level: 0, by: 'none' } });
});

const run = async (role: Role): Promise<{ end: readonly DraftEvent[]; recorded: readonly DraftEvent[] }> => {
  const task = await taskOf();
  if (!task) throw new Error('no task');
  const artifacts = memoryArtifactStore();
  const recorded: DraftEvent[] = [];
  const tools: RoleTools = {
    signal: new AbortController().signal,
    readArtifact: (hash) => artifacts.get(hash),
    note: () => undefined,
    ledger: {
      allowance: undefined,
      record: (events) => Promise.resolve(void recorded.push(...events)),
      keep: (bytes) => artifacts.put(bytes),
      past: () => Promise.resolve({ last: 0, spent: { nanoUsd: 0, tokens: 0 }, told: [] }),
    },
  };
  const writer = { role, folder: 'produto', artifacts, clock: new ManualClock(), scrub: (t: string) => t, tools };
  return { end: await writeCard(writer, task), recorded };
};

const revising = (results: readonly (RoleResult | undefined)[], gates: readonly Gate[] = [wordGate]): Role => {
  const rounds: Rejected[] = [];
  return {
    ...scriptedRole(() => written({ 'produto/a.md': 'bad' }), gates),
    revise: (_task, _tools, rejected) => {
      rounds.push(rejected);
      return Promise.resolve(results[rejected.round - 1]);
    },
  };
};
const summaries = (events: readonly DraftEvent[]): string[] =>
  events.map((e) => (e.type === 'VerdictRecorded' ? `${e.data.verdict.gate} ${e.data.verdict.outcome}` : e.type));

describe('a role that revises what a gate rejected', () => {
  it('is asked again until the gates pass; every round’s verdicts are on record', async () => {
    const better = written({ 'produto/a.md': 'good' }, { author: 'claude' });
    const { end, recorded } = await run(revising([written({ 'produto/a.md': 'still bad' }), better]));
    expect(summaries(recorded)).toEqual(['word fail', 'word fail']);
    expect(summaries(end)).toEqual(['word pass', 'CardCompleted']);
    expect(end.at(-1)?.data).toMatchObject({ author: 'claude' });
  });

  it('leaves it at the failure when it has nothing better', async () => {
    const { end } = await run(revising([undefined]));
    expect(end.at(-1)).toMatchObject({ type: 'CardFailed', data: { code: 'gate-failed', kind: 'retryable' } });
  });

  it('may end the attempt itself, with the last verdicts', async () => {
    const code = 'repair-exhausted';
    const { end } = await run(revising([{ kind: 'failed', retryable: false, code, message: 'the cause is …' }]));
    expect(summaries(end)).toEqual(['word fail', 'CardFailed']);
    expect(end.at(-1)?.data).toMatchObject({ kind: 'terminal', code });
  });

  it('can hand the card back', async () => {
    const { end } = await run(revising([{ kind: 'released', reason: 'provider-outage', notBefore: 5 }]));
    expect(end.at(-1)).toMatchObject({ type: 'CardReleased', data: { reason: 'provider-outage', notBefore: 5 } });
  });

  it('ends as a gate says that can look at nothing, and nothing passes unseen', async () => {
    const released = { kind: 'released', reason: 'provider-outage', notBefore: 7 } as const;
    const judge = { ...scriptedGate('judge', () => Promise.reject(new GateBlocked(released))), last: true } as const;
    const { end } = await run(scriptedRole(() => written({ 'produto/a.md': 'good' }), [wordGate, judge]));
    expect(summaries(end)).toEqual(['CardReleased']);
    expect(end[0]?.data).toMatchObject({ reason: 'provider-outage', notBefore: 7 });
  });

  it('has what comes last look only at what passed the rest', async () => {
    const judge: Gate = { ...scriptedGate('judge'), last: true };
    const { end, recorded } = await run(revising([written({ 'produto/a.md': 'good' })], [judge, wordGate]));
    expect(summaries(recorded)).toEqual(['word fail']);
    expect(summaries(end)).toEqual(['word pass', 'judge pass', 'CardCompleted']);
  });
});
