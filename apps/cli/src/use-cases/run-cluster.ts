import { budget, project, type ProjectView } from '@squados/board';
import type { ProjectId } from '@squados/contracts';
import type { NatsAccess } from '@squados/event-log/jetstream';
import { followNats, type FollowedFolder } from '@squados/portal-gateway';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { CliContext } from '../cli-context.js';
import { fleetPlanOf } from '../cluster/fleet-plan.js';
import { authorLine, authorOf, budgetOfAuthor, policyFor } from '../author/author-setup.js';
import { requirePricedIn } from '../author/open-dress.js';
import { Fleet } from '../cluster/fleet.js';
import { startLocalNats } from '../cluster/local-nats.js';
import { accessOf } from '../cluster/nats-place.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { loadInput } from '../input/load-input.js';
import { usd } from '../terminal/usd.js';
import { actorOf } from './actor.js';
import { createProject } from './create-project.js';
import { rehearse, type NewProject } from './rehearse.js';
import { agentsOf, soloPolicy, type RunOptions } from './run-options.js';
import { untilStopped } from './until-stopped.js';

export interface ClusterOptions extends Pick<
  RunOptions,
  'data' | 'exit' | 'strict' | 'lenient' | 'profile' | 'backend' | 'author' | 'budget' | 'model'
> {
  /** `frontend=3,backend=2`. */
  readonly agents?: string;
  /** Servers that run already; absent: one of our own. */
  readonly nats?: string;
}

/** `squados cluster`: a fleet of processes on one NATS server, with a project in it where files are given. */
export const runCluster = async (
  context: CliContext,
  files: readonly string[],
  options: ClusterOptions,
): Promise<ExitCode> => {
  const plan = fleetPlanOf(options.agents);
  if (options.nats !== undefined) accessOf(options.nats);
  const author = authorOf(context.env, options);
  await requirePricedIn(author);
  const input = files.length > 0 ? await newProject(context, files, options) : undefined;
  const folder = resolve(context.cwd, options.data ?? join('.squados', 'cluster'));
  const stop = untilStopped();
  const server = await serverOf(options, folder, context.env);
  try {
    const fleet = new Fleet({
      plan,
      folder,
      env: { ...fleetEnv(context.env, options), NATS_URL: server.url },
      say: context.terminal.err,
    });
    context.terminal.err(authorLine(author));
    context.terminal.err(`${fleet.size} services on ${server.shown}; their logs: ${join(folder, 'logs')}`);
    return await withFleet(fleet, {
      ...{ context, input, access: accessOf(server.url), signal: stop.signal },
      exits: options.exit === true,
    });
  } finally {
    await server.stop();
    stop.release();
  }
};

/** What the command line says about authors, as the services read it. */
const fleetEnv = (env: NodeJS.ProcessEnv, { author, model }: ClusterOptions): NodeJS.ProcessEnv => ({
  ...env,
  ...(author !== undefined && { SQUADOS_AUTHOR: author }),
  ...(model !== undefined && { SQUADOS_MODELS: model.join(',') }),
});

const serverOf = async ({ nats }: ClusterOptions, folder: string, env: NodeJS.ProcessEnv) => {
  if (nats !== undefined) return { url: nats, shown: 'the named servers', stop: () => Promise.resolve() };
  const local = await startLocalNats(join(folder, 'nats'), env);
  return { ...local, shown: local.url };
};

const withFleet = async (fleet: Fleet, run: Attendance): Promise<ExitCode> => {
  try {
    run.context.terminal.err(`health and metrics of each: ${await fleet.start()}`);
    return await attend(run);
  } finally {
    run.context.terminal.err('stopping: open attempts are handed back');
    await fleet.stop();
  }
};

const newProject = async (
  context: CliContext,
  files: readonly string[],
  options: ClusterOptions,
): Promise<NewProject> => {
  const input = await loadInput(context.cwd, files, options.lenient === true);
  const author = authorOf(context.env, options);
  const policy = policyFor(author, soloPolicy(options));
  const by = actorOf(context.env);
  const made = { input, agents: agentsOf(undefined), policy, by, ...budgetOfAuthor(author) };
  rehearse(made);
  return made;
};

interface Attendance {
  readonly context: CliContext;
  readonly input: NewProject | undefined;
  readonly access: NatsAccess;
  readonly signal: AbortSignal;
  readonly exits: boolean;
}

/** Records the project, then waits for its end, or for Ctrl-C. */
const attend = async (run: Attendance): Promise<ExitCode> => {
  const followed = await followNats({ access: run.access, name: 'squados cluster' });
  try {
    if (run.input)
      await createProject({ project: run.input, input: run.input.input, state: { kind: 'new' } })(followed.source);
    const id = run.exits ? run.input?.input.project : undefined;
    return id === undefined ? await untilAborted(run.signal) : await untilOver(followed, id, run);
  } finally {
    await followed.close();
  }
};

const untilAborted = async (signal: AbortSignal): Promise<ExitCode> => {
  while (!signal.aborted) await delay(LOOK_MS);
  return EXIT.stopped;
};

const LOOK_MS = 250;
const OVER: ReadonlySet<string> = new Set(['completed', 'stopped', 'undecidable']);
/** A project in which nothing moves for so long waits for people. */
const QUIET_MS = 5_000;

const untilOver = async (
  { source }: FollowedFolder,
  id: ProjectId,
  { signal, context }: Attendance,
): Promise<ExitCode> => {
  let movedAt = performance.now();
  for (; !signal.aborted; await delay(LOOK_MS)) {
    const view = project(source.fold.board, id);
    if (view === undefined) continue;
    if (!view.settled || view.total === 0) movedAt = performance.now();
    if (OVER.has(view.status) || performance.now() - movedAt > QUIET_MS)
      return told(context, view, budget(source.fold.board, id)?.spent.nanoUsd);
  }
  return EXIT.stopped;
};

const told = ({ terminal }: CliContext, { id, status, byState }: ProjectView, spent = 0): ExitCode => {
  terminal.out(`${id}: ${status}, ${JSON.stringify(byState)}${spent > 0 ? `, ${usd(spent)} for models` : ''}`);
  return status === 'completed' ? EXIT.done : EXIT.deadLetters;
};
