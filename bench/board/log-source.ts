import {
  agentName,
  attemptLane,
  cardId,
  decidedLane,
  projectId,
  projectLane,
  PRIORITIES,
  sha256,
  type AgentName,
  type CardSpec,
  type DraftEvent,
  type Lane,
  type LaneCommit,
} from '@squados/contracts';

const LAYERS = 50;
export const PROJECT = projectId('bench');
export const AGENTS: readonly AgentName[] = [agentName('product'), agentName('arch')];

/** mulberry32: the same graph for every implementation. */
const seeded = (seed: number): (() => number) => {
  let s = seed | 0;
  return () => {
    s = (s + 0x6d2b79f5) | 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

const idOf = (i: number): string => `PROD-${String(i).padStart(7, '0')}`;
const agentOf = (i: number): AgentName => AGENTS[i % AGENTS.length] as AgentName;

/** A flat string, as a reader of a database or a socket would hold it. */
const flat = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

export class LogSource {
  private position = 0;
  private readonly priorities: Uint8Array;
  private readonly draw = seeded(7);

  constructor(
    private readonly size: number,
    private readonly withDependencies: boolean,
  ) {
    const draw = seeded(11);
    this.priorities = Uint8Array.from({ length: size }, () => Math.floor(draw() * 4));
  }

  start(): LaneCommit {
    return this.commit(projectLane(PROJECT), {
      type: 'ProjectStarted',
      data: {
        title: 'bench',
        agents: AGENTS,
        policy: {
          maxRetries: 3,
          retryBaseMs: 1000,
          retryCapMs: 10_000,
          attemptDeadlineMs: 60_000,
          gateProfile: 'quick',
          maxDeliveries: 5,
        },
      },
    });
  }

  *imports(batch = 1_000): Generator<LaneCommit> {
    for (let from = 0; from < this.size; from += batch) {
      const cards = Array.from({ length: Math.min(batch, this.size - from) }, (_, i) => this.spec(from + i));
      yield this.commit(projectLane(PROJECT), {
        type: 'CardsAdded',
        data: { origin: { kind: 'import', by: { kind: 'person', name: 'bench' } }, cards },
      });
    }
  }

  /** Every card's life in dispatch order (layer, priority, arrival), in batches like those of a reader (750 commits). */
  *lives(chunk = 250): Generator<LaneCommit[]> {
    const order = this.order();
    for (let from = 0; from < order.length; from += chunk) {
      const commits: LaneCommit[] = [];
      for (const i of order.subarray(from, from + chunk)) this.life(i, commits);
      yield commits;
    }
  }

  private life(i: number, commits: LaneCommit[]): void {
    const at = { project: PROJECT, agent: agentOf(i), card: cardId(idOf(i)) };
    const hash = sha256((i + 1).toString(16).padStart(64, 'abcdef0123456789'));
    const digest = (i + 1).toString(16).padStart(64, '9876543210fedcba');
    commits.push(
      this.commit(decidedLane(at), {
        type: 'CardEnqueued',
        data: { attempt: 1, after: 0 as never, inputs: { cardRevision: 1, digest } },
      }),
    );
    commits.push(
      this.commit(attemptLane(at), { type: 'CardStarted', data: { attempt: 1, delivery: 1, worker: 'w1' } }),
    );
    commits.push(
      this.commit(attemptLane(at), {
        type: 'CardCompleted',
        data: { attempt: 1, author: 'none', manifest: {}, manifestHash: hash, proposals: [] },
      }),
    );
  }

  private order(): Uint32Array {
    const layer = Math.ceil(this.size / LAYERS);
    return Uint32Array.from({ length: this.size }, (_, i) => i).sort(
      (a, b) =>
        Math.floor(a / layer) - Math.floor(b / layer) ||
        (this.priorities[a] as number) - (this.priorities[b] as number) ||
        a - b,
    );
  }

  private spec(i: number): CardSpec {
    return {
      id: cardId(flat(idOf(i))),
      title: 't',
      description: '',
      agent: agentOf(i),
      priority: PRIORITIES[this.priorities[i] as number] ?? 'LOW',
      dependencies: this.dependencies(i),
      acceptanceCriteria: [],
      requirementIds: [],
      deliverables: [],
    };
  }

  /** Up to three cards of the layer before. */
  private dependencies(i: number): CardSpec['dependencies'] {
    const layer = Math.ceil(this.size / LAYERS);
    const base = (Math.floor(i / layer) - 1) * layer;
    if (base < 0 || !this.withDependencies) return [];
    const count = 1 + Math.floor(this.draw() * 3);
    const ids = new Set(Array.from({ length: count }, () => idOf(base + Math.floor(this.draw() * layer))));
    return [...ids].map(cardId);
  }

  private commit(lane: Lane, event: DraftEvent): LaneCommit {
    const position = ++this.position;
    return {
      lane: flat(lane) as Lane,
      position: position as never,
      revision: position as never,
      events: [{ ...event, version: 1 } as never],
    };
  }
}
