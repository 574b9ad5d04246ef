import type { Actor, Command, ProjectId } from '@squados/contracts';
import { perAttemptOf } from './author-setup.js';

/** A project's limit in billionths of a US dollar, with what one attempt may take of it. */
export const setBudget = (project: ProjectId, by: Actor, nanoUsd: number): Command => ({
  type: 'SetBudget',
  project,
  by,
  reason: 'given on the command line',
  scope: { kind: 'project' },
  nanoUsd,
  perAttempt: perAttemptOf(nanoUsd),
});
