import { openFileArtifactStore, type StreamingArtifactStore } from '@squados/artifacts';
import type { Sha256 } from '@squados/contracts';
import type { RawCommit, RestoreCommits } from '@squados/event-log';
import { restoreEmbeddedLog } from '@squados/event-log/embedded';
import { join, resolve } from 'node:path';
import { readArchive, type ArchivePart } from '../archive/archive-reader.js';
import { examineArchive, type ArchiveFacts } from '../archive/export-archive.js';
import type { CliContext } from '../cli-context.js';
import { CliError } from '../cli-error.js';
import { DATA_HOME, dataFolderAt, slug } from '../solo/data-folder.js';
import { counted } from '../terminal/counted.js';
import { commandName } from '../terminal/command-name.js';
import { shellQuote } from '../views/shell-quote.js';

export interface RestoreOptions {
  readonly data?: string;
  readonly nats?: string;
  readonly json?: boolean;
}

/** Where a project is restored to; it ends with `close`. */
interface Target {
  /** The option that names it to other commands. */
  readonly option: string;
  readonly artifacts: StreamingArtifactStore;
  readonly restore: RestoreCommits;
  close(): Promise<void>;
}

/** The whole file is checked before anything is written. Artifacts come first, so that no commit names bytes that are not there. */
export const restoreProject = async (context: CliContext, name: string, options: RestoreOptions): Promise<void> => {
  const file = resolve(context.cwd, name);
  if (options.data !== undefined && options.nats !== undefined)
    throw new CliError('give --data or --nats, not both', { code: 'usage' });
  const facts = await examineArchive(file);
  const target = await (options.nats === undefined
    ? folderAt(context, options.data, facts)
    : serverAt(options.nats, facts));
  try {
    await target.restore(commitsOf(file, target.artifacts));
  } finally {
    await target.close();
  }
  tell(context, { facts, option: target.option, json: options.json === true });
};

const folderAt = async ({ cwd }: CliContext, data: string | undefined, { header }: ArchiveFacts): Promise<Target> => {
  const folder = dataFolderAt(resolve(cwd, data ?? join(DATA_HOME, slug(header.project))));
  const artifacts = await openFileArtifactStore(folder.artifacts);
  return {
    option: `--data ${shellQuote(folder.root)}`,
    artifacts,
    restore: restoreEmbeddedLog(folder.root),
    close: () => Promise.resolve(),
  };
};

/** Loaded only where a server is named. */
const serverAt = async (url: string, { header }: ArchiveFacts): Promise<Target> => {
  const { accessOf, openNatsTarget } = await import('../cluster/nats-place.js');
  const { root, ...target } = await openNatsTarget(accessOf(url));
  return { ...target, option: `--nats ${shellQuote(root)} --project ${shellQuote(header.project)}` };
};

async function* commitsOf(file: string, artifacts: StreamingArtifactStore): AsyncGenerator<readonly RawCommit[]> {
  for await (const part of readArchive(file)) {
    if (part.kind === 'artifact') await keep(part, artifacts);
    if (part.kind === 'commits') yield part.commits;
  }
}

const keep = async (
  { hash, pieces }: Extract<ArchivePart, { kind: 'artifact' }>,
  artifacts: StreamingArtifactStore,
): Promise<void> => {
  if (await artifacts.has(hash)) return;
  let isRead = false;
  await artifacts.write(hash, () => {
    if (isRead) throw wentAway(hash);
    isRead = true;
    return pieces;
  });
};

const wentAway = (hash: Sha256): CliError =>
  new CliError(`the server went away in the middle of artifact ${hash}`, {
    code: 'unreachable',
    remedy: ['restore again: it goes on with what is missing'],
  });

const tell = (
  { terminal }: CliContext,
  told: { readonly facts: ArchiveFacts; readonly option: string; readonly json: boolean },
): void => {
  const { header, commits, artifacts } = told.facts;
  if (told.json) return terminal.out(JSON.stringify({ project: header.project, commits, artifacts }, undefined, 2));
  terminal.out(`restored ${header.project}: ${counted(commits, 'commit')} and ${counted(artifacts, 'artifact')}`);
  terminal.out(`  check it  ${commandName()} events --verify ${told.option}`);
  terminal.out(`  look      ${commandName()} status ${told.option}`);
};
