import { decide, emptyBoard, evolve, type Board, type Decision } from '@squados/board';
import {
  position,
  revision,
  stampEvent,
  type Actor,
  type AgentName,
  type Command,
  type RunPolicy,
} from '@squados/contracts';
import { setBudget } from '../author/set-budget.js';
import { CliError } from '../cli-error.js';
import type { ProjectInput } from '../input/project-input.js';

export interface NewProject {
  readonly input: ProjectInput;
  readonly agents: readonly AgentName[];
  readonly policy: RunPolicy;
  readonly by: Actor;
  /** The most that it may cost, in billionths of a US dollar; absent: it costs nothing. */
  readonly budgetNanoUsd?: number;
}

export const startCommand = ({ input, agents, policy }: NewProject): Command => ({
  type: 'StartProject',
  project: input.project,
  title: input.title,
  agents,
  policy,
  source: input.source,
});

export const addCommand = ({ input, by }: NewProject): Command => ({
  type: 'AddCards',
  project: input.project,
  cards: input.cards,
  by,
  kind: 'import',
});

/** Undefined for a project that asks no model. */
export const budgetCommand = ({ input, by, budgetNanoUsd }: NewProject): Command | undefined =>
  budgetNanoUsd === undefined ? undefined : setBudget(input.project, by, budgetNanoUsd);

/**
 * Decides the whole import on an empty board in memory, so that what the board would refuse is told before anything is on disk.
 * @throws CliError with the board's reasons.
 */
export const rehearse = (project: NewProject): void => {
  const started = accepted(decide(emptyBoard(), startCommand(project)));
  accepted(decide(boardAfter(started), addCommand(project)));
};

const accepted = (decision: Decision): Extract<Decision, { kind: 'accepted' }> => {
  if (decision.kind === 'accepted') return decision;
  throw new CliError(decision.message, {
    code: decision.reason,
    details: decision.details ?? [],
    remedy: ['nothing was imported'],
  });
};

const boardAfter = ({ appends }: Extract<Decision, { kind: 'accepted' }>): Board => {
  let board = emptyBoard();
  for (const [i, append] of appends.entries()) {
    const stamp = { id: `rehearsal-${i}`, time: new Date(0).toISOString(), source: 'cli', subject: '' };
    const events = append.events.map((draft) => stampEvent(draft, stamp));
    board = evolve(board, { lane: append.lane, position: position(i + 1), revision: revision(i + 1), events });
  }
  return board;
};
