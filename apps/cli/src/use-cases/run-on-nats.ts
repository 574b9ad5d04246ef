import { budget, project, projectRecord } from '@squados/board';
import type { FollowedFolder } from '@squados/portal-gateway';
import type { CliContext } from '../cli-context.js';
import { CliError } from '../cli-error.js';
import { accessOf, openNatsWriter } from '../cluster/nats-place.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { loadInput } from '../input/load-input.js';
import { takingPart } from '../input/taking-part.js';
import { authorLine, authorOfServices, budgetOfAuthor, policyFor } from '../author/author-setup.js';
import type { ProjectInput } from '../input/project-input.js';
import { actorOf } from './actor.js';
import { begins } from './begins.js';
import { createProject } from './create-project.js';
import { refuseElsewhere } from './elsewhere.js';
import { isSameInput, type FolderState } from './existing-folder.js';
import { budgetCommand, rehearse, type NewProject } from './rehearse.js';
import { agentsOf, soloPolicy, type RunOptions } from './run-options.js';
import { watchProject } from './watch-project.js';

/**
 * `squados run --nats`: makes the log where there is none, records the project, follows what the services there make of it, and ends
 * as a run on a folder does.
 */
export const runOnNats = async (
  context: CliContext,
  files: readonly string[],
  options: RunOptions & { readonly nats: string },
): Promise<ExitCode> => {
  refuseElsewhere(options);
  const access = accessOf(options.nats);
  const read = await loadInput(context.cwd, files, options.lenient === true);
  const input = takingPart(read, agentsOf(options.agents));
  const wanted = projectOnNats(context, input, options);
  rehearse(wanted);
  const writer = await openNatsWriter(access);
  try {
    const state = stateOf(writer, wanted);
    if (state.kind === 'unfinished') await goOn(context, writer, { wanted, cards: state.at.view.total, options });
    else if (state.kind !== 'complete' && !(await begins(context, input, options))) return EXIT.stopped;
    else if (state.kind !== 'complete') await createProject({ project: wanted, input, state })(writer.source);
  } finally {
    await writer.close();
  }
  return watchProject(context, { ...options, project: input.project });
};

/** What is recorded of a new project; without a limit its services ask no model. */
export const projectOnNats = (
  { env }: Pick<CliContext, 'env'>,
  input: ProjectInput,
  options: Omit<RunOptions, 'nats'>,
): NewProject => {
  const author = authorOfServices(env, options);
  const policy = policyFor(author, soloPolicy(options));
  return { input, agents: agentsOf(options.agents), policy, by: actorOf(env), ...budgetOfAuthor(author) };
};

interface Further {
  readonly wanted: NewProject;
  readonly cards: number;
  readonly options: RunOptions;
}

/** A limit that stands is only changed where another one was asked for. */
const goOn = async (
  { terminal, env }: CliContext,
  { source }: FollowedFolder,
  { wanted, cards, options }: Further,
): Promise<void> => {
  terminal.err(`${authorLine(authorOfServices(env, options))}\ngoing on: ${cards} cards are recorded`);
  const stands = budget(source.fold.board, wanted.input.project)?.limits.some(({ scope }) => scope.kind === 'project');
  const command = options.budget === undefined && stands ? undefined : budgetCommand(wanted);
  const result = command && (await source.submit(command));
  if (result?.kind === 'rejected') throw new CliError(result.message, { code: result.reason, details: result.details });
};

/** What the log holds of this project. @throws CliError when it is another one of the same name. */
const stateOf = ({ source }: FollowedFolder, { input }: NewProject): FolderState => {
  const view = project(source.fold.board, input.project);
  const record = projectRecord(source.fold.catalog, input.project);
  if (view === undefined || record === undefined) return { kind: 'new' };
  const at = { view, record };
  if (!isSameInput(at, input))
    throw new CliError(`this log holds another project ${input.project}: ${record.started.title}`, {
      code: 'other-project',
      remedy: ['give this one another title, or a server (or account) of its own'],
    });
  if (view.total === 0) return { kind: 'begun' };
  return { kind: view.status === 'completed' ? 'complete' : 'unfinished', at };
};
