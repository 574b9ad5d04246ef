import {
  parseEvent,
  type EventData,
  type EventType,
  type Lane,
  type LaneCommit,
  type Verdict,
} from '@squados/contracts';

/** A flat string, as a reader of a database or a socket would hold it. */
const flat = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** One event as it stands in a log, JSON. */
export const line = <T extends EventType>(type: T, data: EventData[T]): string => lineOf(type, JSON.stringify(data));

const lineOf = (type: EventType, data: string): string =>
  `{"specversion":"1.0","id":"00000000-0000-4000-8000-000000000000","source":"bench","type":"${type}","version":1,` +
  `"subject":"bench","time":"2026-01-01T00:00:00.000Z","data":${data}}`;

/** Gives positions, and takes every commit through its JSON, so that a fold gets what a reader of a log would give it. */
export class LogLines {
  private position = 0;

  commit(lane: Lane, lines: string): LaneCommit {
    const position = ++this.position;
    return {
      lane: flat(lane) as Lane,
      position: position as never,
      revision: position as never,
      events: (JSON.parse(`[${lines}]`) as unknown[]).map(parseEvent),
    };
  }
}

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

const HASHES = 1021;
/** 64 hex digits as random as a hash's. */
const hashes = Array.from({ length: HASHES }, (_, i) =>
  Array.from({ length: 8 }, (__, word) =>
    mixed(8 * i + word)
      .toString(16)
      .padStart(8, '0'),
  ).join(''),
);

function mixed(n: number): number {
  const a = Math.imul(n + 1, -1640531527);
  const b = Math.imul(a ^ (a >>> 15), -2048144789);
  return (b ^ (b >>> 13)) >>> 0;
}

const STARTED = line('CardStarted', { attempt: 1, delivery: 1, worker: 'w1' });
const PASSED = line('VerdictRecorded', { attempt: 1, verdict: VERDICT });

/** Lines of a card's one attempt, as the orchestrator and a worker write them. */
export const enqueued = (i: number): string =>
  lineOf('CardEnqueued', `{"attempt":1,"after":0,"inputs":{"cardRevision":1,"digest":"${hashes[i % HASHES]}"}}`);

export const started = (): string => STARTED;

export const ended = (i: number): string => {
  const hash = hashes[(7 * i) % HASHES];
  const manifest = `{"produto/user-stories.md":"${hash}"}`;
  return `${PASSED},${lineOf(
    'CardCompleted',
    `{"attempt":1,"author":"offline","manifest":${manifest},"manifestHash":"${hash}","proposals":[]}`,
  )}`;
};
