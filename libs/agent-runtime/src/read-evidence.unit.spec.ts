import { describe, expect, it } from '@jest/globals';
import {
  agentName,
  attemptLane,
  cardId,
  manifestHash,
  projectId,
  sha256,
  type CardAddress,
  type DraftEvent,
  type Verdict,
} from '@squados/contracts';
import { openMemoryLog } from '@squados/event-log';
import { appendAs } from './testing/index.js';
import { readEvidence } from './read-evidence.js';

const address: CardAddress = { project: projectId('P'), agent: agentName('backend'), card: cardId('BE-001') };
const verdict = (gate: string, outcome: Verdict['outcome']): Verdict => ({
  gate,
  outcome,
  profile: 'quick',
  required: true,
  command: gate,
  durationMs: 1,
  summary: outcome,
  isolation: { level: 2, by: 'test' },
});
const manifest = { 'engenharia/backend/a': sha256('a'.repeat(64)) };
const started = (attempt: number): DraftEvent => ({ type: 'CardStarted', data: { attempt, delivery: 1, worker: 'w' } });
const recorded = (attempt: number, v: Verdict): DraftEvent => ({
  type: 'VerdictRecorded',
  data: { attempt, verdict: v },
});
const completed = (attempt: number): DraftEvent => ({
  type: 'CardCompleted',
  data: { attempt, author: 'offline', manifest, manifestHash: manifestHash(manifest), proposals: [] },
});
const failed = (attempt: number): DraftEvent => ({
  type: 'CardFailed',
  data: { attempt, kind: 'retryable', code: 'gate-failed', message: 'x' },
});

describe('evidence of a card', () => {
  it('is that of the attempt that completed it, not of one that failed before', async () => {
    const { log } = openMemoryLog();
    const append = (drafts: readonly DraftEvent[]) =>
      appendAs(log, { lane: attemptLane(address), source: 'w', drafts });
    await append([started(1), recorded(1, verdict('tests', 'fail')), failed(1)]);
    const between = await log.head();
    await append([
      started(2),
      recorded(2, verdict('tests', 'pass')),
      recorded(2, verdict('lint', 'refer')),
      completed(2),
    ]);
    expect(await readEvidence(log, address, between)).toBeUndefined();
    expect(await readEvidence(log, address, await log.head())).toEqual({
      attempt: 2,
      manifestHash: manifestHash(manifest),
      verdicts: [verdict('tests', 'pass'), verdict('lint', 'refer')],
    });
    await log.close();
  });

  it('leaves out what was said of a version that was mended in the same attempt', async () => {
    const { log } = openMemoryLog();
    const rounds = [
      verdict('types', 'fail'),
      verdict('lint', 'pass'),
      verdict('types', 'pass'),
      verdict('lint', 'pass'),
    ];
    const drafts = [started(1), ...rounds.map((each) => recorded(1, each)), completed(1)];
    await appendAs(log, { lane: attemptLane(address), source: 'w', drafts });
    const evidence = await readEvidence(log, address, await log.head());
    expect(evidence?.verdicts).toEqual([verdict('types', 'pass'), verdict('lint', 'pass')]);
    await log.close();
  });

  it('of another card or project is not mixed in', async () => {
    const { log } = openMemoryLog();
    await appendAs(log, { lane: attemptLane(address), source: 'w', drafts: [started(1), completed(1)] });
    const head = await log.head();
    expect(await readEvidence(log, { ...address, card: cardId('BE-002') }, head)).toBeUndefined();
    expect(await readEvidence(log, { ...address, project: projectId('Q') }, head)).toBeUndefined();
    await log.close();
  });
});
