import { archivedProjects, project as projectView, type ArchivedRecord } from '@squados/board';
import {
  position,
  projectId,
  projectLane,
  START,
  type DraftEvent,
  type LaneCommit,
  type Position,
  type ProjectId,
} from '@squados/contracts';
import { Appender } from '@squados/orchestrator';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { examineArchive, exportArchive, type ArchiveFacts, type Exported } from '../archive/export-archive.js';
import type { CliContext } from '../cli-context.js';
import { CliError } from '../cli-error.js';
import { requireFree } from '../solo/control.js';
import { counted } from '../terminal/counted.js';
import { commandName } from '../terminal/command-name.js';
import { archivedError } from '../views/project-of.js';
import { shellQuote } from '../views/shell-quote.js';
import { actorOf } from './actor.js';
import { isOnNats, placeOption, type PlaceOptions } from './place.js';
import { readFold } from './read-fold.js';
import { withReader, type Reading } from './with-reader.js';

export interface ArchiveOptions extends PlaceOptions {
  readonly to: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

interface Archiving {
  readonly reading: Reading;
  readonly id: ProjectId;
  readonly file: string;
  readonly force: boolean;
  readonly context: CliContext;
}

interface Archived {
  readonly facts: ArchiveFacts;
  readonly purged: number;
  /** Commits that came after the file was written; they stay in the log. */
  readonly late: number;
}

/**
 * Export, verify, record, purge. Each step stands on the one before, and what is repeated does no harm: a file that is there and whole is
 * taken as it is, an export writes the same bytes again, the record is the last word on the project's lane, and only what the file
 * holds is purged.
 */
export const archiveProject = (context: CliContext, name: string, options: ArchiveOptions): Promise<void> =>
  withReader(context, { ...options, project: name }, async (reading) => {
    const file = resolve(context.cwd, options.to);
    const archiving = { reading, id: projectId(name), file, force: options.force === true, context };
    if (!isOnNats(reading.folder)) await requireFree(reading.folder);
    tell(archiving, await archived(archiving), options.json === true);
  });

const archived = async (archiving: Archiving): Promise<Archived> => {
  const { reading, id } = archiving;
  const fold = await readFold(reading.log);
  const record = archivedProjects(fold.catalog).get(id);
  if (record !== undefined) return goOn(archiving, record);
  const view = projectView(fold.board, id);
  if (view === undefined) throw unknown(archiving);
  if (!view.settled && !archiving.force) throw unsettled(archiving);
  const through = await lastOf(archiving);
  const facts = await fileOf(archiving, through);
  await putDown(archiving, facts);
  return purge(archiving, facts);
};

/** The record stands: somebody was cut off before the purge, or all is done. */
const goOn = async (archiving: Archiving, record: ArchivedRecord): Promise<Archived> => {
  const through = position(record.through);
  if (!existsSync(archiving.file) && !(await isThere(archiving, through)))
    throw archivedError(archiving.reading.folder.root, archiving.id, record);
  const facts = await fileOf(archiving, through);
  if (facts.sha256 !== record.sha256) throw otherFile(archiving, record);
  return purge(archiving, facts);
};

const fileOf = async (archiving: Archiving, through: Position): Promise<ArchiveFacts> => {
  const { reading, id, file, force } = archiving;
  const { log, raw, artifacts } = reading;
  const exported: Exported = { project: id, logId: log.logId, through, raw, artifacts, force };
  if (!existsSync(file)) return exportArchive(file, exported);
  const facts = await examineArchive(file);
  const { header } = facts;
  const isOurs = header.project === id && header.logId === log.logId && header.through === through;
  if (!isOurs) throw taken(file);
  return facts;
};

/** Says on the project's lane that it lies in the file. @throws CliError when the project went on since the file was written */
const putDown = async (archiving: Archiving, facts: ArchiveFacts): Promise<void> => {
  const { reading, id, context, file, force } = archiving;
  const { header, commits, artifacts, sha256 } = facts;
  if (!force && (await after(archiving, header.through)).length > 0) throw wentOn(archiving);
  const lane = projectLane(id);
  const last = await reading.log.last(lane);
  if (last === undefined || last.position > header.through) throw wentOn(archiving);
  const data = { by: actorOf(context.env), file: basename(file), sha256, through: header.through, commits, artifacts };
  const event: DraftEvent = { type: 'ProjectArchived', data };
  const appender = new Appender({ log: reading.log, newId: randomUUID, now: () => Date.now(), source: 'cli' });
  const result = await appender.append({ lane, expected: last.revision, events: [event] });
  if (result.kind === 'conflict') throw wentOn(archiving);
  if (result.kind === 'refused') throw new CliError(result.message, { code: result.code });
};

const purge = async (archiving: Archiving, facts: ArchiveFacts): Promise<Archived> => {
  const { reading, id } = archiving;
  const through = position(facts.header.through);
  const purged = await reading.raw.purge({ project: id, through });
  const late = (await after(archiving, through)).filter(({ events }) => events[0]?.type !== 'ProjectArchived');
  return { facts, purged, late: late.length };
};

const after = async ({ reading, id }: Archiving, through: number): Promise<readonly LaneCommit[]> => {
  const found: LaneCommit[] = [];
  for await (const page of reading.log.read({ after: position(through), filter: { project: id } })) found.push(...page);
  return found;
};

const isThere = async ({ reading, id }: Archiving, through: Position): Promise<boolean> => {
  for await (const _page of reading.raw.read({ project: id, through })) return true;
  return false;
};

const lastOf = async ({ reading, id }: Archiving): Promise<Position> => {
  let last = START;
  for await (const page of reading.raw.read({ project: id, through: await reading.log.head() }))
    last = page.at(-1)?.position ?? last;
  return last;
};

const tell = ({ context, file, id }: Archiving, { facts, purged, late }: Archived, json: boolean): void => {
  const { terminal } = context;
  const { commits, artifacts, sha256 } = facts;
  if (json) {
    const told = { project: id, file, sha256, commits, artifacts, purged, late };
    return terminal.out(JSON.stringify(told, undefined, 2));
  }
  terminal.out(`archived ${id}: ${counted(commits, 'commit')} and ${counted(artifacts, 'artifact')} in ${file}`);
  terminal.out(`  sha256   ${sha256}`);
  terminal.out(`  purged   ${counted(purged, 'commit')} from the log`);
  if (late > 0) terminal.err(`${counted(late, 'commit')} came after the file was written; they stay in the log`);
  terminal.out(`  restore  ${commandName()} restore ${shellQuote(file)} --data <folder>`);
};

const unknown = ({ reading, id }: Archiving): CliError =>
  new CliError(`${reading.folder.root}: there is no project ${JSON.stringify(id)} here`, { code: 'unknown-project' });

const unsettled = ({ reading, id }: Archiving): CliError =>
  new CliError(`project ${id} is not settled: cards are ready, under way, or wait for their time`, {
    code: 'not-settled',
    remedy: [
      `let it come to its end, or pause it: ${commandName()} pause ${placeOption(reading.folder)}`,
      'or archive it as it is: --force',
    ],
  });

const wentOn = ({ file }: Archiving): CliError =>
  new CliError('the project went on while it was archived: nothing was purged', {
    code: 'contended',
    remedy: [`remove ${shellQuote(file)} and do it again, when nothing works on the project`],
  });

const taken = (file: string): CliError =>
  new CliError(`${file}: there is an archive of something else, or of an earlier state`, {
    code: 'file-exists',
    remedy: ['name another file with --to'],
  });

const otherFile = ({ id, file }: Archiving, record: ArchivedRecord): CliError =>
  new CliError(`${file}: this is not the file that project ${id} was archived into: nothing was purged`, {
    code: 'other-file',
    details: [`recorded: ${record.file}, SHA-256 ${record.sha256}`],
    remedy: ['name that file with --to'],
  });
