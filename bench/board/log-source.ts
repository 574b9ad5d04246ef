import {
  agentName,
  attemptLane,
  cardId,
  decidedLane,
  projectId,
  projectLane,
  PRIORITIES,
  type AgentName,
  type CardAddress,
  type CardSpec,
  type LaneCommit,
  type RunPolicy,
} from '@squados/contracts';
import { ended, enqueued, line, LogLines, started } from './log-lines.js';

const LAYERS = 50;
/** Cards in flight at a time, of all agents. */
const WINDOW = 16;
const POLICY: RunPolicy = {
  maxRetries: 3,
  retryBaseMs: 1000,
  retryCapMs: 10_000,
  attemptDeadlineMs: 60_000,
  gateProfile: 'quick',
  maxDeliveries: 5,
};
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
const addressOf = (i: number): CardAddress => ({ project: PROJECT, agent: agentOf(i), card: cardId(idOf(i)) });

export class LogSource {
  private readonly log = new LogLines();
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
    return this.log.commit(
      projectLane(PROJECT),
      line('ProjectStarted', { title: 'bench', agents: AGENTS, policy: POLICY }),
    );
  }

  *imports(batch = 1_000): Generator<LaneCommit> {
    for (let from = 0; from < this.size; from += batch) {
      const cards = Array.from({ length: Math.min(batch, this.size - from) }, (_, i) => this.spec(from + i));
      yield this.log.commit(
        projectLane(PROJECT),
        line('CardsAdded', { origin: { kind: 'import', by: { kind: 'person', name: 'bench' } }, cards }),
      );
    }
  }

  /** Every card's life, a window's worth of cards abreast, in pages like those of a reader. */
  *lives(page = 256): Generator<LaneCommit[]> {
    let commits: LaneCommit[] = [];
    for (const cards of this.abreast()) {
      for (const i of cards) commits.push(this.log.commit(decidedLane(addressOf(i)), enqueued(i)));
      for (const i of cards) commits.push(this.log.commit(attemptLane(addressOf(i)), started()));
      for (const i of cards) commits.push(this.log.commit(attemptLane(addressOf(i)), ended(i)));
      if (commits.length < page) continue;
      yield commits;
      commits = [];
    }
    yield commits;
  }

  /** Cards in dispatch order (layer, priority, arrival), in runs that don't reach over a layer. */
  private *abreast(): Generator<Uint32Array> {
    const order = this.order();
    const layer = Math.ceil(this.size / LAYERS);
    for (let from = 0; from < order.length; from += layer) {
      const cards = order.subarray(from, from + layer);
      for (let at = 0; at < cards.length; at += WINDOW) yield cards.subarray(at, at + WINDOW);
    }
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
      id: cardId(idOf(i)),
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
}
