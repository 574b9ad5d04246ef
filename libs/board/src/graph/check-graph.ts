import { PRIORITIES, type AgentName, type CardSpec } from '@squados/contracts';
import { findCycles } from './cycles.js';

export type GraphProblemKind =
  | 'invalid-card'
  | 'duplicate-card'
  | 'unknown-agent'
  | 'self-dependency'
  | 'dangling-dependency'
  | 'dependency-cycle';

/** One thing wrong with a set of cards: which card, what, and (for a cycle) the path `A → B → A`. */
export interface GraphProblem {
  readonly kind: GraphProblemKind;
  /** The card to edit; of a cycle, its first. */
  readonly card: string;
  /** Says card, fault and remedy in one line. */
  readonly message: string;
  /** Ids along a cycle, the first repeated at the end. */
  readonly path?: readonly string[];
}

/** What is there already, as far as the checks need to know. */
export interface ExistingGraph {
  has(id: string): boolean;
  /** Agents of the run; absent: any agent goes. */
  readonly agents?: readonly AgentName[];
}

const NOTHING: ExistingGraph = { has: () => false };

/**
 * Checks cards as one unit, against each other and what exists: invalid fields, duplicate ids, unknown agents, self
 * dependencies, dangling dependencies, cycles. All problems in the order of the cards, cycles last; empty: sound. A card that
 * exists can't depend on a new one, so cycles are looked for among the new cards alone. Linear; no recursion.
 */
export const checkGraph = (specs: readonly CardSpec[], existing: ExistingGraph = NOTHING): readonly GraphProblem[] => {
  const ids = new Set<string>(specs.map((spec) => spec.id));
  const seen = new Set<string>();
  const problems: GraphProblem[] = [];
  for (const spec of specs) {
    problems.push(...fieldProblems(spec), ...duplicates(spec, seen, existing), ...agentProblems(spec, existing));
    problems.push(...dependencyProblems(spec, (id) => ids.has(id) || existing.has(id)));
    seen.add(spec.id);
  }
  return [...problems, ...cycleProblems(specs)];
};

/** Cycles of two cards and more; a self dependency is a problem of its own. */
export const cycleProblems = (specs: readonly CardSpec[]): GraphProblem[] => {
  const dependencies = new Map(specs.map((spec): [string, readonly string[]] => [spec.id, spec.dependencies]));
  const next = (id: string): readonly string[] => (dependencies.get(id) ?? []).filter((dep) => dep !== id);
  return findCycles(dependencies.keys(), next).map(cycleProblem);
};

export const cycleProblem = (path: readonly string[]): GraphProblem => ({
  kind: 'dependency-cycle',
  card: path[0] ?? '',
  message: `dependency cycle ${pathText(path)}: remove one of these dependencies`,
  path,
});

/** Long cycles are told by their ends; `path` has them whole. */
const pathText = (path: readonly string[]): string =>
  path.length <= 20 ? path.join(' → ') : `${path.slice(0, 10).join(' → ')} → … (${path.length - 20} more) … → ${path.slice(-10).join(' → ')}`;

export const fieldProblems = (spec: CardSpec): GraphProblem[] => {
  const faults: string[] = [];
  if (!isId(spec.id)) faults.push('its id must be 1 to 200 characters without control characters');
  if (spec.title.trim() === '') faults.push('its title is empty');
  if (!PRIORITIES.includes(spec.priority)) faults.push(`its priority must be one of ${PRIORITIES.join(', ')}`);
  if (new Set(spec.dependencies).size !== spec.dependencies.length) faults.push('it lists a dependency twice');
  return faults.map((fault) => problem('invalid-card', spec.id, `card ${name(spec.id)} is invalid: ${fault}`));
};

const isId = (id: string): boolean => id.length >= 1 && id.length <= 200 && !/\p{Cc}/u.test(id);

/** Ids as people can read them in one line, whatever is in them. */
const name = (id: string): string => (isId(id) ? id : JSON.stringify(id.slice(0, 80)));

const problem = (kind: GraphProblemKind, card: string, message: string): GraphProblem => ({ kind, card, message });

const duplicates = (spec: CardSpec, seen: ReadonlySet<string>, existing: ExistingGraph): GraphProblem[] => {
  if (seen.has(spec.id)) return [problem('duplicate-card', spec.id, `card ${name(spec.id)} is listed twice: give one of them another id`)];
  if (existing.has(spec.id)) return [problem('duplicate-card', spec.id, `card ${name(spec.id)} already exists in this project`)];
  return [];
};

export const agentProblems = (spec: CardSpec, { agents }: ExistingGraph): GraphProblem[] => {
  if (agents === undefined || agents.includes(spec.agent)) return [];
  const message = `card ${name(spec.id)}: agent not in this run: ${spec.agent} (agents here: ${agents.join(', ')})`;
  return [problem('unknown-agent', spec.id, message)];
};

export const dependencyProblems = (spec: CardSpec, isKnown: (id: string) => boolean): GraphProblem[] =>
  spec.dependencies.flatMap((dep) => {
    if (dep === spec.id) return [problem('self-dependency', spec.id, `card ${name(spec.id)} depends on itself: remove that dependency`)];
    if (isKnown(dep)) return [];
    return [problem('dangling-dependency', spec.id, `card ${name(spec.id)} depends on ${name(dep)}, which doesn't exist: add that card or remove the dependency`)];
  });
