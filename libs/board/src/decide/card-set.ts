import { checkGraph as findFaults, type CardSpec, type Command, type GraphNode } from '@squados/contracts';
import type { Decision } from '../board.types.js';
import {
  agentProblems,
  checkGraph,
  faultProblem,
  fieldProblems,
  type ExistingGraph,
  type GraphProblem,
} from '../graph/check-graph.js';
import type { BoardState } from '../state/board-state.js';
import type { ProjectState } from '../state/project-state.js';
import { acceptedOnProject, rejected } from './answers.js';

type Of<T extends Command['type']> = Extract<Command, { type: T }>;

/** The project's cards and agents, as the graph checks need them. */
export const existingGraph = (state: BoardState, project: ProjectState): ExistingGraph => ({
  has: (id) => state.find(project, id) >= 0,
  agents: project.agents,
});

/** All or nothing: one CardsAdded, or every problem of the batch. */
export const addCards = (state: BoardState, project: ProjectState, command: Of<'AddCards'>): Decision => {
  const { cards, by, kind } = command;
  if (cards.length === 0) return rejected('nothing-to-do', 'there are no cards to add');
  const problems = checkGraph(cards, existingGraph(state, project));
  if (problems.length > 0) return refused(problems, 'no card was added');
  return acceptedOnProject(project, { type: 'CardsAdded', data: { origin: { kind, by }, cards } });
};

/**
 * Changes a card's text, priority or dependencies, in any state. What runs goes on with the old revision and ends STALE; what
 * is DONE becomes STALE; nothing runs again until somebody retries it. The agent can't change: it is part of the card's lanes.
 */
export const changeCard = (state: BoardState, project: ProjectState, command: Of<'ChangeCard'>): Decision => {
  const { spec, by, reason } = command;
  const card = state.find(project, spec.id);
  if (card < 0) return rejected('unknown-card', `there is no card ${spec.id} in project ${project.id}`);
  const agent = state.agents[state.cards.agent(card)];
  if (agent !== spec.agent)
    return rejected(
      'invalid-card',
      `card ${spec.id} belongs to agent ${String(agent)} for good: skip it and add another card for ${spec.agent}`,
    );
  const problems = changeProblems(state, project, spec);
  if (problems.length > 0) return refused(problems, 'the card is unchanged');
  return acceptedOnProject(project, { type: 'CardChanged', data: { by, card: spec.id, reason, spec } });
};

const changeProblems = (state: BoardState, project: ProjectState, spec: CardSpec): GraphProblem[] => {
  const existing = existingGraph(state, project);
  const nodes = [spec, ...ancestors(state, project, spec)];
  const faults = findFaults(nodes, existing.has).map(faultProblem);
  return [...fieldProblems(spec), ...agentProblems(spec, existing), ...faults];
};

/** Everything that the changed card would build on, itself left out: a new cycle can only run through these. */
const ancestors = (state: BoardState, project: ProjectState, spec: CardSpec): GraphNode[] => {
  const self = state.find(project, spec.id);
  const seen = new Set([self, -1]);
  const stack = spec.dependencies.map((id) => state.find(project, id));
  const nodes: GraphNode[] = [];
  for (let card = stack.pop(); card !== undefined; card = stack.pop()) {
    if (seen.has(card)) continue;
    seen.add(card);
    const dependencies = [...state.edges.dependencies(state.cards, card)];
    nodes.push({ id: state.id(card), dependencies: dependencies.map((dep) => state.id(dep)) });
    for (const dependency of dependencies) stack.push(dependency);
  }
  return nodes;
};

/** The reason is the first problem's; the message counts the others, the details list them all. */
const refused = (problems: readonly GraphProblem[], outcome: string): Decision => {
  const [first] = problems as readonly [GraphProblem];
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return rejected(
    first.kind,
    `${first.message}${more}; ${outcome}`,
    problems.map((problem) => problem.message),
  );
};
