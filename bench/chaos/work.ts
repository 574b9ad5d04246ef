/** What the fleet works on: a layered graph of cards, handed to it in slices, so that there is work as long as there are faults. */
import { existsSync, readFileSync } from 'node:fs';
import {
  AGENT_OWNERS,
  agentName,
  cardId,
  projectId,
  type Actor,
  type CardSpec,
  type RunPolicy,
} from '@squados/contracts';
import { generator } from '../kills/seeded.js';

export const PROJECT = projectId('chaos');
export const WRITER: Actor = { kind: 'person', name: 'chaos' };

/** Deaths are what this run is made of: an attempt may outlive many. */
export const POLICY: RunPolicy = {
  maxRetries: 3,
  retryBaseMs: 200,
  retryCapMs: 1_000,
  attemptDeadlineMs: 120_000,
  gateProfile: 'quick',
  maxDeliveries: 20,
};

/** For each card the numbers of those that it waits for, all lower than its own. */
export type Graph = readonly (readonly number[])[];

const LAYER = 100;
const MOST_BELOW = 4;
const GENERATED = 10_000;

/** Layers of a hundred; each card waits for one to four of the layer before. */
const generated = (seed: number): Graph => {
  const draw = generator(seed);
  return Array.from({ length: GENERATED }, (_, i) => {
    const from = Math.floor(i / LAYER) * LAYER - LAYER;
    if (from < 0) return [];
    const count = 1 + Math.floor(draw() * MOST_BELOW);
    return [...new Set(Array.from({ length: count }, () => from + Math.floor(draw() * LAYER)))];
  });
};

/** The graph of the benchmarks where it lies, else one of the same form. */
export const layeredGraph = (file: string, seed: number): Graph =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { readonly deps: Graph }).deps : generated(seed);

const prefixOf = (agent: string): string => AGENT_OWNERS.find((owner) => owner.agent === agent)?.prefixes[0] ?? agent;

/** Cards of a graph, dealt to the agents in turn. */
export class Work {
  private next = 0;

  constructor(
    private readonly graph: Graph,
    private readonly agents: readonly string[],
  ) {}

  /** The next so many cards; fewer, or none, at the end of the graph. */
  slice(count: number): readonly CardSpec[] {
    const from = this.next;
    this.next = Math.min(from + count, this.graph.length);
    return Array.from({ length: this.next - from }, (_, i) => this.card(from + i));
  }

  private card(number: number): CardSpec {
    const waitsFor = (this.graph[number] ?? []).map((below) => cardId(this.idOf(below)));
    return {
      ...{ id: cardId(this.idOf(number)), title: `Card ${number}`, description: '', priority: 'MEDIUM' },
      ...{ agent: agentName(this.agentOf(number)), dependencies: waitsFor, acceptanceCriteria: [] },
      ...{ requirementIds: [], deliverables: [] },
    };
  }

  private agentOf(number: number): string {
    return this.agents[number % this.agents.length] ?? '';
  }

  private idOf(number: number): string {
    return `${prefixOf(this.agentOf(number))}-${number}`;
  }
}
