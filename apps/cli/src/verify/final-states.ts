import type { CardId, CardState, Position, ProjectId } from '@squados/contracts';
import type { Card, Phase, Project } from './ledger.js';
import type { CardStates, Findings, Rule } from './report.js';

const STATE_OF_PHASE: Readonly<Record<Phase, CardState>> = {
  todo: 'TODO',
  enqueued: 'ENQUEUED',
  executing: 'EXECUTING',
  verifying: 'VERIFYING',
  evaluating: 'EVALUATING',
  held: 'EVALUATING',
  awaiting: 'AWAITING_APPROVAL',
  failed: 'EVALUATING',
  done: 'DONE',
  retrying: 'RETRYING',
  dead: 'DEAD_LETTERED',
  skipped: 'SKIPPED',
};

const waits = (card: Card | undefined): card is Card => card?.phase === 'todo' || card?.phase === 'retrying';

/** Cards that wait for something dead, directly or through others that wait. */
const blocked = (project: Project): ReadonlySet<CardId> => {
  const found = new Set<CardId>();
  const queue = [...project.cards.values()].filter((card) => card.phase === 'dead').map((card) => card.id);
  for (let id = queue.pop(); id !== undefined; id = queue.pop())
    for (const dependent of project.dependents.get(id) ?? [])
      if (!found.has(dependent) && waits(project.cards.get(dependent))) {
        found.add(dependent);
        queue.push(dependent);
      }
  return found;
};

/** State of every card of a project. STALE is not derived: such a card reads DONE. */
export const finalStates = (project: Project): ReadonlyMap<CardId, CardState> => {
  const stuck = blocked(project);
  return new Map([...project.cards].map(([id, card]) => [id, stuck.has(id) ? 'BLOCKED' : STATE_OF_PHASE[card.phase]]));
};

interface Comparison {
  readonly rule: Rule;
  readonly name: string;
  readonly position: Position;
  readonly findings: Findings;
}

const comparable = (state: CardState | undefined): string => (state === 'STALE' ? 'DONE' : (state ?? 'not there'));

const keysOf = <K>(a: ReadonlyMap<K, unknown> | undefined, b: ReadonlyMap<K, unknown> | undefined): ReadonlySet<K> =>
  new Set<K>([...(a?.keys() ?? []), ...(b?.keys() ?? [])]);

const compareProject = (
  project: ProjectId,
  [ours, theirs]: readonly [States, States],
  comparison: Comparison,
): void => {
  const { findings, rule, name, position } = comparison;
  for (const card of keysOf(ours, theirs)) {
    const [mine, other] = [comparable(ours?.get(card)), comparable(theirs?.get(card))];
    const message = `the log makes it ${mine}; ${name} has it as ${other}`;
    if (mine !== other) findings.add({ rule, position, project, card, message });
  }
};
type States = ReadonlyMap<CardId, CardState> | undefined;

/** Adds a violation for every card that another fold of the same log sees otherwise. */
export const compareStates = (ours: CardStates, theirs: CardStates, comparison: Comparison): void => {
  for (const project of keysOf(ours, theirs))
    compareProject(project, [ours.get(project), theirs.get(project)], comparison);
};
