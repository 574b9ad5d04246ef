import type { BudgetScope, Command } from '@squados/contracts';
import { budgetOf, perAttemptOf } from '../author/author-setup.js';
import type { CliContext } from '../cli-context.js';
import { usd } from '../terminal/usd.js';
import { actorOf } from './actor.js';
import { tellRecorded } from './intervene.js';
import { requireCard } from './require-card.js';
import { submit } from './submit.js';
import { readProject, type FoldedProject } from './with-reader.js';
import type { PlaceOptions } from './place.js';

interface Options extends PlaceOptions {
  readonly json?: boolean;
  readonly usd: string;
  readonly agent?: string;
  readonly card?: string;
  readonly reason: string;
}

/** @throws CliError for what is no amount, an unknown card, or a project that is over */
export const setProjectBudget = async (context: CliContext, options: Options): Promise<void> => {
  const nanoUsd = budgetOf(options.usd) ?? 0;
  const project = await readProject(context, options);
  const scope = scopeOf(project, options);
  const command: Command = {
    ...{
      type: 'SetBudget',
      project: project.at.view.id,
      by: actorOf(context.env),
      reason: options.reason,
      scope,
      nanoUsd,
    },
    ...(scope.kind === 'project' && { perAttempt: perAttemptOf(nanoUsd) }),
  };
  const result = await submit(project.folder, command);
  const whose = scope.kind === 'project' ? 'the project' : scope.name;
  const lines = [`${whose} may cost ${usd(nanoUsd)}`];
  tellRecorded({ context, json: options.json, project, results: [result], lines });
};

const scopeOf = (project: FoldedProject, { agent, card }: Options): BudgetScope => {
  if (card !== undefined) return { kind: 'card', name: requireCard(project.fold, project.at, card).id };
  return agent === undefined ? { kind: 'project' } : { kind: 'agent', name: agent };
};
