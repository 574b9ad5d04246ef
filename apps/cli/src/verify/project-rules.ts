import { checkGraph, deployTarget, isDeployCard, type CardId, type CardSpec } from '@squados/contracts';
import type { Case, Of } from './judge.js';
import { isMet, proposalKey, startOver, type Card, type Project, type Proposed } from './ledger.js';

export const projectStarted = ({ project, judge, spot, event }: Case<Of<'ProjectStarted'>>, isFirst: boolean): void => {
  if (!isFirst) judge.against({ project, judge, spot, event }, 'project-not-started', 'the project is started twice');
};

export const halted = ({ project, spot }: Case, forGood: boolean): void => {
  project.haltedSince ??= spot.time;
  project.stopped ||= forGood;
};

export const resumed = ({ project }: Case): void => {
  if (!project.stopped) project.haltedSince = undefined;
};

const link = (project: Project, card: CardId, dependencies: readonly CardId[]): void => {
  for (const dependency of dependencies) {
    const dependents = project.dependents.get(dependency) ?? new Set<CardId>();
    project.dependents.set(dependency, dependents.add(card));
  }
};

const needOf = ({ policy }: Project, spec: CardSpec): Card['need'] => {
  const gate = isDeployCard(spec) ? deployTarget(spec) : 'local';
  const rules = (policy.approvals ?? []).filter((rule) => rule.target === gate);
  return { gate, roles: [...new Set(rules.flatMap((rule) => rule.roles))] };
};

const newCard = (project: Project, spec: CardSpec, time: number): Card => ({
  id: spec.id,
  agent: spec.agent,
  dependencies: spec.dependencies,
  phase: spec.importedAs ?? 'todo',
  attempt: undefined,
  retries: 0,
  mayRetry: false,
  blames: new Set(),
  corrections: 0,
  need: needOf(project, spec),
  undone: undefined,
  since: time,
  attemptRevision: 0 as Card['attemptRevision'],
});

const judgeGraph = (at: Case<Of<'CardsAdded'>>): void => {
  const { project, judge, event } = at;
  for (const fault of checkGraph(event.data.cards, (id) => project.cards.has(id as CardId))) {
    if (fault.kind === 'duplicate-id')
      judge.against(at, 'card-added-twice', `card ${fault.id} stands twice in one addition`);
    else if (fault.kind === 'dependency-cycle')
      judge.against(at, 'dependency-cycle', `added cards form a cycle: ${fault.path.slice(0, 10).join(' → ')}`);
    else if (fault.kind === 'self-dependency')
      judge.against(at, 'dependency-cycle', `card ${fault.id} depends on itself`);
    else
      judge.against(at, 'dependency-missing', `card ${fault.id} depends on ${fault.dependency}, which does not exist`);
  }
};

/** What was proposed there, if this commit may answer it. */
const proposedBy = (at: Case, { card, attempt, closing }: Answer): Proposed | undefined => {
  const { project, spot } = at;
  const waiting = closing === true ? project.closing : project.undecided;
  const key = proposalKey(card, attempt);
  const open = waiting.get(key);
  if (open) {
    waiting.delete(key);
    project.answering = { key, position: spot.position, proposed: open.proposed };
  }
  const answering = project.answering;
  return answering?.key === key && answering.position === spot.position ? answering.proposed : undefined;
};

interface Answer {
  readonly card: CardId;
  readonly attempt: number;
  readonly closing?: true;
  readonly ids: readonly string[];
}

/** Closing proposals are judged when nothing else is left to do. */
const judgeClosingTime = (at: Case): void => {
  const { project, judge, spot } = at;
  const open = [...project.cards.values()].find((card) => !isMet(card));
  if (open === undefined && project.undecided.size === 0) return;
  if (judge.isLateComer(spot.time, open?.undone?.time)) return judge.race();
  const what = open ? `card ${open.id} is neither done nor skipped (${open.phase})` : 'proposals have no answer';
  judge.against(at, 'closing-early', `closing proposals were answered while ${what}`);
};

const judgeAnswer = (at: Case, answer: Answer): Proposed | undefined => {
  const { card, attempt, ids } = answer;
  if (answer.closing === true) judgeClosingTime(at);
  const proposed = proposedBy(at, answer);
  if (!proposed) {
    const message = `no proposal of card ${card}, attempt ${attempt}, waits for an answer`;
    at.judge.against(at, 'proposal-unknown', message);
    return undefined;
  }
  const stranger = ids.find((id) => !proposed.has(id));
  if (stranger !== undefined)
    at.judge.against(at, 'proposal-unknown', `card ${card} never proposed ${stranger} in attempt ${attempt}`);
  return proposed;
};

/** What closes a project depends on what it names and on every card that nothing depended on before it. */
const judgeClosingDependencies = (at: Case<Of<'CardsAdded'>>, proposed: Proposed): void => {
  const { project, judge, event } = at;
  const leaves = [...project.cards.keys()].filter((id) => (project.dependents.get(id)?.size ?? 0) === 0);
  for (const { id, dependencies } of event.data.cards) {
    const given = new Set(dependencies);
    const due = new Set([...(proposed.get(id) ?? []), ...leaves]);
    const odd = [...due].find((d) => !given.has(d)) ?? [...given].find((d) => !due.has(d));
    const which = odd !== undefined && due.has(odd) ? 'does not depend' : 'depends';
    if (odd !== undefined) judge.against(at, 'closing-dependencies', `closing card ${id} ${which} on ${odd}`);
  }
};

const judgeProposed = (at: Case<Of<'CardsAdded'>>): void => {
  const { origin, cards } = at.event.data;
  if (origin.kind !== 'proposal') return;
  const proposed = judgeAnswer(at, { ...origin, ids: cards.map((card) => card.id) });
  if (proposed && origin.closing === true) judgeClosingDependencies(at, proposed);
};

export const cardsAdded = (at: Case<Of<'CardsAdded'>>): void => {
  const { project, judge, event, spot } = at;
  const { cards } = event.data;
  judgeProposed(at);
  judgeGraph(at);
  for (const spec of cards) {
    if (project.cards.has(spec.id)) {
      judge.against(at, 'card-added-twice', `card ${spec.id} was added before`);
      continue;
    }
    if (!project.agents.includes(spec.agent))
      judge.against(at, 'agent-not-in-run', `card ${spec.id} belongs to ${spec.agent}, which this run does not have`);
    project.cards.set(spec.id, newCard(project, spec, spot.time));
    link(project, spec.id, spec.dependencies);
  }
};

export const cardsRejected = (at: Case<Of<'CardsRejected'>>): void => {
  const { rejected, ...of } = at.event.data;
  judgeAnswer(at, { ...of, ids: rejected.map(({ id }) => id) });
};

export const cardChanged = (at: Case<Of<'CardChanged'>>): void => {
  const { project, judge, event } = at;
  const { spec } = event.data;
  const card = project.cards.get(spec.id);
  if (!card) return judge.against(at, 'unknown-card', `card ${spec.id} was changed but never added`);
  const missing = spec.dependencies.find((id) => !project.cards.has(id));
  if (missing !== undefined)
    judge.against(at, 'dependency-missing', `card ${spec.id} now depends on ${missing}, which does not exist`);
  for (const dependency of card.dependencies) project.dependents.get(dependency)?.delete(card.id);
  card.dependencies = spec.dependencies;
  card.need = needOf(project, spec);
  link(project, spec.id, spec.dependencies);
};

/** Cards that build on a card, directly or not. */
export const builtOn = (project: Project, id: CardId): ReadonlySet<CardId> => {
  const found = new Set<CardId>();
  const queue = [id];
  for (let next = queue.pop(); next !== undefined; next = queue.pop())
    for (const dependent of project.dependents.get(next) ?? [])
      if (!found.has(dependent)) {
        found.add(dependent);
        queue.push(dependent);
      }
  return found;
};

const judgeReach = (at: Case<Of<'CardsRolledBack'>>): void => {
  const { project, judge, event, spot } = at;
  const reach = new Set(event.data.reach);
  if (!reach.has(event.data.card))
    judge.against(at, 'rollback-reach', `the rollback of ${event.data.card} does not reach the card itself`);
  for (const id of builtOn(project, event.data.card)) {
    const card = project.cards.get(id);
    if (reach.has(id) || !card || card.phase === 'todo') continue;
    if (judge.isLateComer(spot.time, card.since)) judge.race();
    else
      judge.against(at, 'rollback-reach', `card ${id} builds on ${event.data.card} and was left out of its rollback`);
  }
};

export const cardsRolledBack = (at: Case<Of<'CardsRolledBack'>>): void => {
  const { project, judge, event, spot } = at;
  judgeReach(at);
  for (const id of event.data.reach) {
    const card = project.cards.get(id);
    if (!card) judge.against(at, 'unknown-card', `card ${id} was rolled back but never added`);
    else {
      dropProposals(project, card);
      card.corrections = 0;
      startOver(card, spot);
    }
  }
};

export const dropProposals = (project: Project, card: Card): void => {
  if (!card.attempt) return;
  const key = proposalKey(card.id, card.attempt.number);
  project.undecided.delete(key);
  project.closing.delete(key);
};

const judgeUnanswered = (at: Case): void => {
  const { project, judge, spot } = at;
  const waiting = [...project.undecided.values(), ...project.closing.values()];
  if (waiting.length === 0) return;
  if (waiting.every(({ since }) => judge.isLateComer(spot.time, since))) judge.race();
  else judge.against(at, 'project-completed-early', `${waiting.length} proposals have no answer`);
};

export const projectCompleted = (at: Case<Of<'ProjectCompleted'>>): void => {
  const { project, judge, event, spot } = at;
  const cards = [...project.cards.values()];
  const open = cards.find((card) => !isMet(card));
  const count = (phase: Card['phase']): number => cards.filter((card) => card.phase === phase).length;
  if (open) {
    if (judge.isLateComer(spot.time, open.undone?.time)) return judge.race();
    return judge.against(at, 'project-completed-early', `card ${open.id} is neither done nor skipped (${open.phase})`);
  }
  judgeUnanswered(at);
  if (event.data.done !== count('done') || event.data.skipped !== count('skipped'))
    judge.against(
      at,
      'project-completed-early',
      `it counts ${event.data.done} done and ${event.data.skipped} skipped; there are ${count('done')} and ${count('skipped')}`,
    );
};
