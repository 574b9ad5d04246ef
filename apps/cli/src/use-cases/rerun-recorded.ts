import type { ProjectRecord } from '@squados/board';
import { START, type Command, type ProjectId, type Sha256, type SquadEvent } from '@squados/contracts';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CliContext } from '../cli-context.js';
import { CliError } from '../cli-error.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { dataFolderAt } from '../solo/data-folder.js';
import { counted } from '../terminal/counted.js';
import { compareRuns, deliveredIn, type Delivered } from './compare-runs.js';
import type { ProjectTarget } from './create-project.js';
import { readProject, withReader } from './with-reader.js';

const MOST_NAMED = 20;

interface Options {
  readonly data?: string;
  readonly json?: boolean;
  readonly into?: string;
}

interface Recording {
  readonly root: string;
  readonly commands: readonly Command[];
  readonly inputs: readonly Uint8Array[];
  readonly delivered: ReadonlyMap<string, Delivered>;
}

/**
 * Runs a project once more in a folder of its own: the same start, the same imported cards, answers of models from the first run's
 * log. Then every card's files are compared. Interventions of people are not repeated.
 */
export const rerunRecorded = async (context: CliContext, options: Options): Promise<ExitCode> => {
  const recording = await readRecording(context, options.data);
  const folder = dataFolderAt(
    options.into === undefined ? `${recording.root}-rerun` : resolve(context.cwd, options.into),
  );
  if (existsSync(folder.root))
    throw new CliError(`${folder.root} is there already`, {
      code: 'other-project',
      remedy: ['name another with --into'],
    });
  const { runSession } = await import('./run-session.js');
  const code = await runSession(context, {
    folder,
    cleanUp: true,
    options: { exit: true, page: false, ...(options.json === undefined ? {} : { json: options.json }) },
    author: { kind: 'recorded', folder: recording.root },
    onStarted: (target) => repeat(recording, target),
  });
  return compared(context, { code, before: recording.delivered, folder: folder.root });
};

const readRecording = (context: CliContext, named: string | undefined): Promise<Recording> =>
  withReader(context, { ...(named === undefined ? {} : { data: named }) }, async ({ folder, log, artifacts }) => {
    const { at } = await readProject(context, { data: folder.root });
    const commands: Command[] = [];
    for await (const page of log.read({ after: START }))
      for (const event of page.flatMap(({ events }) => events))
        if (event.type !== 'Unknown') commands.push(...commandOf(event, at.view.id));
    const inputs = await Promise.all(inputHashes(at.record).map((hash) => artifacts.get(hash)));
    return { root: folder.root, commands, inputs, delivered: deliveredIn(at.record) };
  });

const inputHashes = ({ started, cards }: ProjectRecord): readonly Sha256[] => {
  const documents = (started.source?.documents ?? []).map(({ sha256 }) => sha256);
  const attached = [...cards.values()].flatMap(({ spec }) => (spec.attachments ?? []).map(({ sha256 }) => sha256));
  return [...new Set([...documents, ...attached])];
};

/** What people and importers began the run with. */
const commandOf = (event: SquadEvent, project: ProjectId): readonly Command[] => {
  if (event.type === 'ProjectStarted') return [{ type: 'StartProject', project, ...event.data }];
  if (event.type !== 'CardsAdded' || event.data.origin.kind === 'proposal') return [];
  const { origin, cards } = event.data;
  return [{ type: 'AddCards', project, cards, by: origin.by, kind: origin.kind }];
};

const repeat = async ({ commands, inputs }: Recording, target: ProjectTarget): Promise<void> => {
  for (const bytes of inputs) await target.artifacts.put(bytes);
  for (const command of commands) {
    const result = await target.submit(command);
    if (result.kind === 'rejected')
      throw new CliError(result.message, { code: result.reason, details: result.details });
  }
};

const compared = async (
  context: CliContext,
  run: { readonly code: ExitCode; readonly before: ReadonlyMap<string, Delivered>; readonly folder: string },
): Promise<ExitCode> => {
  const { terminal } = context;
  const { at } = await readProject(context, { data: run.folder });
  const { same, measured, different, unlikeGates } = compareRuns(run.before, deliveredIn(at.record));
  terminal.err(`${same} of ${counted(run.before.size, 'card')} byte-equal to the recorded run`);
  if (measured.length > 0)
    terminal.err(`measured anew, with the same outcomes: ${measured.slice(0, MOST_NAMED).join(', ')}`);
  if (different.length > 0) terminal.err(`different: ${different.slice(0, MOST_NAMED).join(', ')}`);
  if (unlikeGates.length > 0)
    terminal.err(
      `gates that ran in one of the two runs only: ${unlikeGates.slice(0, MOST_NAMED).join(', ')}; with the same toolchains the answers fit (squados doctor)`,
    );
  return different.length > 0 && run.code === EXIT.done ? EXIT.input : run.code;
};
