import {
  checkGraph as findFaults,
  isId,
  PRIORITIES,
  type AgentName,
  type CardSpec,
  type GraphFault,
} from '@squados/contracts';

export type GraphProblemKind =
  'invalid-card' | 'duplicate-card' | 'unknown-agent' | 'self-dependency' | 'dangling-dependency' | 'dependency-cycle';

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
 * Checks cards as one unit, against each other and what exists: invalid fields, unknown agents, duplicate ids, self
 * dependencies, dangling dependencies, cycles. Empty: sound. A card that exists can't depend on a new one, so cycles are looked
 * for among the new cards alone. Linear; no recursion.
 */
export const checkGraph = (specs: readonly CardSpec[], existing: ExistingGraph = NOTHING): readonly GraphProblem[] => [
  ...specs.flatMap((spec) => [
    ...fieldProblems(spec),
    ...agentProblems(spec, existing),
    ...takenProblems(spec, existing),
  ]),
  ...findFaults(specs, (id) => existing.has(id)).map(faultProblem),
];

/** The graph's own faults only, in the words of people. */
export const faultProblem = (fault: GraphFault): GraphProblem => {
  switch (fault.kind) {
    case 'duplicate-id':
      return problem('duplicate-card', fault.id, `card ${name(fault.id)} is listed twice: give one of them another id`);
    case 'self-dependency':
      return problem('self-dependency', fault.id, `card ${name(fault.id)} depends on itself: remove that dependency`);
    case 'dangling-dependency':
      return problem('dangling-dependency', fault.id, danglingText(fault.id, fault.dependency));
    case 'dependency-cycle':
      return cycleProblem(fault.path);
  }
};

const danglingText = (id: string, dependency: string): string =>
  `card ${name(id)} depends on ${name(dependency)}, which doesn't exist: add that card or remove the dependency`;

const cycleProblem = (path: readonly string[]): GraphProblem => ({
  kind: 'dependency-cycle',
  card: path[0] ?? '',
  message: `dependency cycle ${pathText(path)}: remove one of these dependencies`,
  path,
});

/** Long cycles are told by their ends; `path` has them whole. */
const pathText = (path: readonly string[]): string =>
  path.length <= 20
    ? path.join(' → ')
    : `${path.slice(0, 10).join(' → ')} → … (${path.length - 20} more) … → ${path.slice(-10).join(' → ')}`;

export const fieldProblems = (spec: CardSpec): GraphProblem[] => {
  const faults: string[] = [];
  if (!isId(spec.id)) faults.push('its id must be 1 to 200 characters without control characters');
  if (spec.title.trim() === '') faults.push('its title is empty');
  if (!PRIORITIES.includes(spec.priority)) faults.push(`its priority must be one of ${PRIORITIES.join(', ')}`);
  if (new Set(spec.dependencies).size !== spec.dependencies.length) faults.push('it lists a dependency twice');
  return faults.map((fault) => problem('invalid-card', spec.id, `card ${name(spec.id)} is invalid: ${fault}`));
};

/** Ids as people can read them in one line, whatever is in them. */
const name = (id: string): string => (isId(id) ? id : JSON.stringify(String(id).slice(0, 80)));

const problem = (kind: GraphProblemKind, card: string, message: string): GraphProblem => ({ kind, card, message });

const takenProblems = (spec: CardSpec, existing: ExistingGraph): GraphProblem[] =>
  existing.has(spec.id)
    ? [problem('duplicate-card', spec.id, `card ${name(spec.id)} already exists in this project`)]
    : [];

export const agentProblems = (spec: CardSpec, { agents }: ExistingGraph): GraphProblem[] => {
  if (agents === undefined || agents.includes(spec.agent)) return [];
  const message = `card ${name(spec.id)}: agent not in this run: ${spec.agent} (agents here: ${agents.join(', ')})`;
  return [problem('unknown-agent', spec.id, message)];
};
