import {
  EVENT_LANES,
  parseLane,
  START,
  type LaneAddress,
  type LaneCommit,
  type Position,
  type ProjectId,
  type SquadEvent,
  type UnknownEvent,
} from '@squados/contracts';
import { approvalDecided, approvalRequested } from './approval-rules.js';
import { attemptEvent } from './attempt-rules.js';
import * as decided from './decided-rules.js';
import { compareStates, finalStates } from './final-states.js';
import { Judge, type Case } from './judge.js';
import { LaneRules } from './lane-rules.js';
import type { Project, Spot } from './ledger.js';
import * as rules from './project-rules.js';
import { cardsReopened } from './rejection-rules.js';
import { Findings, type CardStates, type Rule, type VerifyOptions, type VerifyReport } from './report.js';

const RACE_MS = 5_000;
const LIMIT = 1_000;

const newProject = (id: ProjectId, event: Extract<SquadEvent, { type: 'ProjectStarted' }>): Project => ({
  id,
  agents: event.data.agents,
  policy: event.data.policy,
  cards: new Map(),
  dependents: new Map(),
  haltedSince: undefined,
  stopped: false,
  undecided: new Map(),
  closing: new Map(),
  answering: undefined,
});

/**
 * Judges commits one by one, in the order of the log. Keeps what the rules need of every card (no texts), so that an event costs its own
 * size and its card's dependencies. Written apart from the board, from the rules alone, so that the two can't share a mistake.
 */
class Verifier {
  readonly projects = new Map<ProjectId, Project>();
  readonly archived = new Set<ProjectId>();
  readonly findings: Findings;
  commits = 0;
  events = 0;
  position: Position = START;
  private readonly judge: Judge;
  private readonly lanes: LaneRules;

  constructor(options: VerifyOptions) {
    this.findings = new Findings(options.limit ?? LIMIT);
    this.judge = new Judge(this.findings, options.raceMs ?? RACE_MS);
    this.lanes = new LaneRules(this.findings, options.previousRevision);
  }

  commit(commit: LaneCommit): void {
    this.commits++;
    this.position = commit.position;
    this.lanes.check(commit);
    const address = parseLane(commit.lane);
    if (!address) return this.fault(commit, 'not-a-lane', `${JSON.stringify(commit.lane)} is no lane`);
    for (const event of commit.events) this.event(commit, address, event);
    const card = address.kind === 'attempt' ? this.projects.get(address.project)?.cards.get(address.card) : undefined;
    if (card) card.attemptRevision = commit.revision;
  }

  private event(commit: LaneCommit, address: LaneAddress, event: SquadEvent | UnknownEvent): void {
    this.events++;
    if (event.type === 'Unknown')
      return this.fault(commit, 'unreadable-event', `an event can't be read: ${event.reason}`);
    if (EVENT_LANES[event.type] !== address.kind)
      return this.fault(commit, 'wrong-lane', `${event.type} stands on a lane of kind ${address.kind}`);
    if (this.isArchived(address, event)) return;
    const isFirst = !this.projects.has(address.project);
    if (isFirst && event.type === 'ProjectStarted')
      this.projects.set(address.project, newProject(address.project, event));
    const project = this.projects.get(address.project);
    if (!project)
      return this.fault(commit, 'project-not-started', `${event.type} of ${address.project}, which was never started`);
    const spot: Spot = { position: commit.position, revision: commit.revision, time: Date.parse(event.time) };
    const at: Case = { event, spot, project, judge: this.judge };
    if (address.kind === 'project') return onProject(at, isFirst);
    this.onCard(at, address);
  }

  /** Nothing is asked of a project that lies in a file; what a worker said of it afterwards came too late. */
  private isArchived({ project }: LaneAddress, event: SquadEvent): boolean {
    if (this.archived.has(project)) this.findings.races++;
    else if (event.type !== 'ProjectArchived') return false;
    this.archived.add(project);
    this.projects.delete(project);
    return true;
  }

  private onCard(at: Case, address: Extract<LaneAddress, { card: unknown }>): void {
    const card = at.project.cards.get(address.card);
    if (!card)
      return at.judge.against(at, 'unknown-card', `${at.event.type} of card ${address.card}, which was never added`);
    if (card.agent !== address.agent)
      return at.judge.againstCard(
        { ...at, card },
        'wrong-lane',
        `it belongs to ${card.agent} and stands on a lane of ${address.agent}`,
      );
    if (address.kind === 'attempt') attemptEvent({ ...at, card });
    else onDecided({ ...at, card });
  }

  private fault({ position }: LaneCommit, rule: Rule, message: string): void {
    this.findings.add({ rule, position, message });
  }
}

const onProject = (at: Case, isFirst: boolean): void => {
  const { event } = at;
  switch (event.type) {
    case 'ProjectStarted':
      return rules.projectStarted({ ...at, event }, isFirst);
    case 'ProjectPaused':
    case 'ProjectStopped':
      return rules.halted(at, event.type === 'ProjectStopped');
    case 'ProjectResumed':
      return rules.resumed(at);
    default:
      return onCards(at);
  }
};

const onCards = (at: Case): void => {
  const { event } = at;
  switch (event.type) {
    case 'CardsAdded':
      return rules.cardsAdded({ ...at, event });
    case 'CardsRejected':
      return rules.cardsRejected({ ...at, event });
    case 'CardChanged':
      return rules.cardChanged({ ...at, event });
    case 'CardsRolledBack':
      return rules.cardsRolledBack({ ...at, event });
    case 'CardsReopened':
      return cardsReopened({ ...at, event });
    case 'ProjectCompleted':
      return rules.projectCompleted({ ...at, event });
    default:
      return undefined;
  }
};

// eslint-disable-next-line complexity -- one line per event type
const onDecided = (at: Parameters<typeof attemptEvent>[0]): void => {
  const { event } = at;
  switch (event.type) {
    case 'CardEnqueued':
      return decided.cardEnqueued({ ...at, event });
    case 'RetryScheduled':
      return decided.retryScheduled({ ...at, event });
    case 'CardDeadLettered':
      return decided.cardDeadLettered({ ...at, event });
    case 'CardSkipped':
      return decided.cardSkipped(at);
    case 'CardRetried':
      return decided.cardRetried(at);
    case 'GateWaived':
      return decided.gateWaived({ ...at, event });
    case 'ApprovalRequested':
      return approvalRequested({ ...at, event });
    case 'ApprovalDecided':
      return approvalDecided({ ...at, event });
    default:
      return undefined;
  }
};

const compared = (verifier: Verifier, states: CardStates, options: VerifyOptions): void => {
  const { findings, position } = verifier;
  if (options.boardStates)
    compareStates(states, options.boardStates, { rule: 'board-differs', name: 'the board', position, findings });
  if (options.snapshotStates)
    compareStates(states, options.snapshotStates, {
      rule: 'snapshot-differs',
      name: 'the snapshot',
      position,
      findings,
    });
};

/**
 * Reads a whole log, from its beginning, and checks it against its rules: lanes unbroken, no card started before its dependencies, one end
 * per attempt, … (see `Rule`). Shares no code with `libs/board`; derives the state of every card anew, to compare with other folds.
 */
export const verifyLog = async (
  commits: AsyncIterable<readonly LaneCommit[]>,
  options: VerifyOptions = {},
): Promise<VerifyReport> => {
  const verifier = new Verifier(options);
  for await (const page of commits) for (const commit of page) verifier.commit(commit);
  const states: CardStates = new Map([...verifier.projects].map(([id, project]) => [id, finalStates(project)]));
  compared(verifier, states, options);
  const { findings, events, projects } = verifier;
  return {
    ok: findings.count === 0,
    commits: verifier.commits,
    events,
    cards: [...projects.values()].reduce((sum, project) => sum + project.cards.size, 0),
    races: findings.races,
    violationCount: findings.count,
    violations: findings.list,
    states,
  };
};
