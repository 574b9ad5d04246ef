import {
  attemptLane,
  decidedLane,
  parseEvent,
  type CardAddress,
  type DraftEvent,
  type Lane,
  type LaneCommit,
  type Verdict,
} from '@squados/contracts';

/** A flat string, as a reader of a database or a socket would hold it. */
export const flat = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** Gives positions, and takes every commit through its JSON, so that a fold gets what a reader of a log would give it. */
export class LogLines {
  private position = 0;

  commit(lane: Lane, events: readonly DraftEvent[]): LaneCommit {
    const position = ++this.position;
    const subject = lane.slice('squad.'.length);
    const text = JSON.stringify(
      events.map(({ type, data }, i) => ({
        specversion: '1.0',
        id: `00000000-0000-4000-8000-${String(position * 10 + i).padStart(12, '0')}`,
        source: 'bench',
        type,
        version: 1,
        subject,
        time: '2026-01-01T00:00:00.000Z',
        data,
      })),
    );
    return {
      lane: flat(lane) as Lane,
      position: position as never,
      revision: position as never,
      events: (JSON.parse(text) as unknown[]).map(parseEvent),
    };
  }
}

/** Events of a card's one attempt, as the orchestrator and a worker write them. */
export const enqueued = (log: LogLines, at: CardAddress, i: number): LaneCommit =>
  log.commit(decidedLane(at), [
    {
      type: 'CardEnqueued',
      data: { attempt: 1, after: 0 as never, inputs: { cardRevision: 1, digest: hexOf(i, 1) } },
    },
  ]);

export const started = (log: LogLines, at: CardAddress): LaneCommit =>
  log.commit(attemptLane(at), [{ type: 'CardStarted', data: { attempt: 1, delivery: 1, worker: 'w1' } }]);

export const ended = (log: LogLines, at: CardAddress, i: number): LaneCommit =>
  log.commit(attemptLane(at), [
    { type: 'VerdictRecorded', data: { attempt: 1, verdict: VERDICT } },
    {
      type: 'CardCompleted',
      data: {
        attempt: 1,
        author: 'offline',
        manifest: { 'produto/user-stories.md': hexOf(i, 2) as never },
        manifestHash: hexOf(i, 3) as never,
        proposals: [],
      },
    },
  ]);

const VERDICT: Verdict = {
  gate: 'schema',
  profile: 'quick',
  outcome: 'pass',
  required: true,
  command: 'ajv validate user-stories.json',
  exitCode: 0,
  durationMs: 12,
  summary: '1 file conforms',
  isolation: { level: 1, by: 'limits' },
};

/** 64 hex digits that look as random as a hash's. */
const hexOf = (i: number, kind: number): string => {
  let hex = '';
  for (let word = 1; word <= 8; word++) {
    const mixed = Math.imul((i + 1) ^ Math.imul(word * 8 + kind, -1640531527), -2048144789);
    hex += (Math.imul(mixed ^ (mixed >>> 13), -1028477387) >>> 0).toString(16).padStart(8, '0');
  }
  return hex;
};
