import {
  attemptLane,
  manifestHash,
  parseLane,
  sha256,
  stampEvent,
  type AgentName,
  type CardId,
  type DraftEvent,
} from '@squados/contracts';
import type { EventLog, Work, WorkClaim } from '@squados/event-log';
import { randomUUID } from 'node:crypto';

export interface Turn {
  readonly card: CardId;
  readonly attempt: number;
}

/** What the agent does with an attempt: ends it somehow, or (undefined) leaves it open. */
export type Script = (turn: Turn) => readonly DraftEvent[] | undefined;

export const completes: Script = ({ attempt, card }) => {
  const manifest = { [`produto/${card}.md`]: sha256('ab'.repeat(32)) };
  return [
    { type: 'VerdictRecorded', data: { attempt, verdict: verdict('pass') } },
    {
      type: 'CardCompleted',
      data: { attempt, author: 'none', manifest, manifestHash: manifestHash(manifest), proposals: [] },
    },
  ];
};

export const verdict = (outcome: 'pass' | 'fail' | 'refer') =>
  ({
    gate: 'product-schema',
    profile: 'quick',
    outcome,
    required: true,
    command: 'check',
    durationMs: 1,
    summary: outcome,
    isolation: { level: 0, by: 'none' },
  }) as const;

export const fails =
  (kind: 'retryable' | 'terminal'): Script =>
  ({ attempt }) => [
    { type: 'CardFailed', data: { attempt, kind, code: 'scripted', message: `attempt ${attempt} failed` } },
  ];

/** Takes work of one agent and plays a script: [CardStarted, …] in one append, as a cheap attempt does. */
export class ScriptedAgent {
  readonly turns: Turn[] = [];
  readonly #stop = new AbortController();
  #loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly parts: {
      readonly log: EventLog;
      readonly claims: WorkClaim;
      readonly agent: AgentName;
      readonly script: Script;
    },
  ) {}

  start(): void {
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    const { claims, agent } = this.parts;
    const source = await claims.open({ agent, worker: 'scripted', leaseMs: 60_000 });
    while (!this.#stop.signal.aborted) {
      for (const work of await source.take(4, this.#stop.signal)) await this.#play(work);
    }
    await source.close();
  }

  async #play(work: Work): Promise<void> {
    const at = parseLane(work.commit.lane);
    const enqueued = work.commit.events.find((event) => event.type === 'CardEnqueued');
    if (at === undefined || at.kind === 'project' || enqueued?.type !== 'CardEnqueued') return work.ack();
    const { attempt, after } = enqueued.data;
    const end = this.parts.script({ card: at.card, attempt });
    this.turns.push({ card: at.card, attempt });
    const drafts: DraftEvent[] = [
      { type: 'CardStarted', data: { attempt, delivery: 1, worker: 'scripted' } },
      ...(end ?? []),
    ];
    const stamp = () => ({ id: randomUUID(), time: new Date(0).toISOString(), source: 'agent', subject: at.card });
    await this.parts.log.append({
      lane: attemptLane(at),
      expected: after,
      events: drafts.map((draft) => stampEvent(draft, stamp())),
    });
    await work.ack();
  }
}
