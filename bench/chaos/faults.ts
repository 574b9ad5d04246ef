import { generator } from '../kills/seeded.js';

/** What happens to the fleet; `forMs` is how long it lasts, or until what was killed is started again. */
export type Fault =
  | {
      readonly kind: 'process killed' | 'process stopped' | 'connection cut' | 'connection hangs';
      readonly member: string;
      readonly forMs: number;
    }
  | { readonly kind: 'agent upgraded'; readonly member: string }
  | { readonly kind: 'server killed' | 'server stopped' | 'all connections cut'; readonly forMs: number }
  | { readonly kind: 'durable deleted'; readonly agent: string };

export type FaultKind = Fault['kind'];

export interface Choice {
  readonly kind: FaultKind;
  /** How often, against the others. */
  readonly weight: number;
  /** Shortest and longest, in ms. */
  readonly forMs?: readonly [number, number];
}

/** Everything, the longest stops beyond every lease and beyond the time that the server waits for a worker. */
export const EVERYTHING: readonly Choice[] = [
  { kind: 'process killed', weight: 7, forMs: [100, 2_000] },
  { kind: 'process stopped', weight: 5, forMs: [500, 9_000] },
  { kind: 'connection cut', weight: 4, forMs: [0, 6_000] },
  { kind: 'connection hangs', weight: 2, forMs: [500, 8_000] },
  { kind: 'all connections cut', weight: 1, forMs: [0, 4_000] },
  { kind: 'server killed', weight: 2, forMs: [100, 3_000] },
  { kind: 'server stopped', weight: 1, forMs: [500, 5_000] },
  { kind: 'durable deleted', weight: 2 },
  { kind: 'agent upgraded', weight: 1 },
];

/** Besides, in long runs: away for longer than anybody waits for an answer. */
export const FOR_LONG: readonly Choice[] = [
  { kind: 'process stopped', weight: 0.4, forMs: [35_000, 60_000] },
  { kind: 'connection cut', weight: 0.3, forMs: [32_000, 45_000] },
  { kind: 'server killed', weight: 0.2, forMs: [31_000, 40_000] },
];

export interface Targets {
  readonly members: readonly string[];
  /** Those of `members` that are agents. */
  readonly workers: readonly string[];
  readonly agents: readonly string[];
}

export interface Planned {
  /** After the one before, in ms. */
  readonly afterMs: number;
  readonly fault: Fault;
}

/** The faults of a seed, one after the other, without end: the same whatever becomes of the fleet. */
export function* faultsOf(
  seed: number,
  targets: Targets,
  { choices, paceMs }: { readonly choices: readonly Choice[]; readonly paceMs: number },
): Generator<Planned> {
  const draw = generator(seed);
  const between = (from: number, to: number): number => Math.round(from + (to - from) * draw());
  const one = (names: readonly string[]): string => names[Math.floor(draw() * names.length)] ?? '';
  const all = choices.reduce((sum, { weight }) => sum + weight, 0);
  for (;;) {
    const afterMs = between(0.4 * paceMs, 1.6 * paceMs);
    let left = draw() * all;
    const choice = choices.find(({ weight }) => (left -= weight) < 0) ?? choices[0];
    if (choice === undefined) return;
    const forMs = between(...(choice.forMs ?? [0, 0]));
    yield { afterMs, fault: faultOf(choice.kind, { forMs, one, targets }) };
  }
}

interface Drawn {
  readonly forMs: number;
  readonly one: (names: readonly string[]) => string;
  readonly targets: Targets;
}

const faultOf = (kind: FaultKind, { forMs, one, targets }: Drawn): Fault => {
  switch (kind) {
    case 'process killed':
    case 'process stopped':
    case 'connection cut':
    case 'connection hangs':
      return { kind, member: one(targets.members), forMs };
    case 'agent upgraded':
      return { kind, member: one(targets.workers) };
    case 'durable deleted':
      return { kind, agent: one(targets.agents) };
    case 'server killed':
    case 'server stopped':
    case 'all connections cut':
      return { kind, forMs };
  }
};
