import type { BudgetScope, Command } from '@squados/contracts';
import { budgetOf, perAttemptOf } from '../author/author-setup.js';
import type { CliContext } from '../cli-context.js';
import { CliError } from '../cli-error.js';
import { usd } from '../terminal/usd.js';
import { actorOf } from './actor.js';
import { tellRecorded } from './intervene.js';
import { requireCard } from './require-card.js';
import { submit } from './submit.js';
import { readProject, type FoldedProject } from './with-reader.js';
import type { PlaceOptions } from './place.js';

interface Options extends PlaceOptions {
  readonly json?: boolean;
  readonly usd?: string;
  readonly tokens?: string;
  readonly epic?: string;
  readonly agent?: string;
  readonly card?: string;
  readonly reason: string;
}

/** What is left out has no limit. @throws CliError for what is no amount, an unknown card or agent, or a project that is over */
export const setProjectBudget = async (context: CliContext, options: Options): Promise<void> => {
  const amounts = amountsOf(options);
  const project = await readProject(context, options);
  const scope = scopeOf(project, options);
  const command: Command = {
    ...{ type: 'SetBudget', project: project.at.view.id, by: actorOf(context.env), reason: options.reason, scope },
    ...amounts,
    ...(scope.kind === 'project' && amounts.nanoUsd !== undefined && { perAttempt: perAttemptOf(amounts.nanoUsd) }),
  };
  const result = await submit(project.folder, command);
  const whose = scope.kind === 'project' ? 'the project' : scope.name;
  tellRecorded({
    ...{ context, json: options.json, project, results: [result] },
    lines: [`${whose} may cost ${amountsText(amounts)}`],
  });
};

interface Amounts {
  readonly nanoUsd?: number;
  readonly tokens?: number;
}

const amountsOf = (options: Options): Amounts => {
  const nanoUsd = budgetOf(options.usd, '--usd');
  const tokens = tokensOf(options.tokens);
  if (nanoUsd === undefined && tokens === undefined)
    throw new CliError('no amount was named', { code: 'usage', remedy: ['--usd 5, --tokens 2000000, or both'] });
  return { ...(nanoUsd !== undefined && { nanoUsd }), ...(tokens !== undefined && { tokens }) };
};

const amountsText = ({ nanoUsd, tokens }: Amounts): string =>
  [...(nanoUsd === undefined ? [] : [usd(nanoUsd)]), ...(tokens === undefined ? [] : [`${tokens} tokens`])].join(
    ' and ',
  );

const scopeOf = (project: FoldedProject, { agent, card, epic }: Options): BudgetScope => {
  const named = [agent, card, epic].filter((name) => name !== undefined);
  if (named.length > 1)
    throw new CliError('name one of --agent, --card and --epic', {
      code: 'usage',
      remedy: ['set one limit after the other'],
    });
  if (card !== undefined) return { kind: 'card', name: requireCard(project.fold, project.at, card).id };
  if (epic !== undefined) return { kind: 'epic', name: requireCard(project.fold, project.at, epic).id };
  return agent === undefined ? { kind: 'project' } : { kind: 'agent', name: requireAgent(project, agent) };
};

const requireAgent = ({ at }: FoldedProject, name: string): string => {
  const known = at.view.agents.find((agent) => agent === name);
  if (known !== undefined) return known;
  throw new CliError(`--agent: ${JSON.stringify(name)} takes no part here`, {
    code: 'usage',
    remedy: [at.view.agents.join(', ')],
  });
};

const tokensOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const tokens = /^\d{1,12}$/.test(text) ? Number(text) : 0;
  if (tokens > 0) return tokens;
  throw new CliError(`--tokens: ${JSON.stringify(text)} is no number of tokens`, {
    code: 'usage',
    remedy: ['a whole number: 2000000'],
  });
};
