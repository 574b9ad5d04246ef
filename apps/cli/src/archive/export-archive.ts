import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { StreamingArtifactStore } from '@squados/artifacts';
import type { Position, ProjectId, Sha256 } from '@squados/contracts';
import type { RawLog } from '@squados/event-log';
import { CliError } from '../cli-error.js';
import type { ArchiveHeader } from './archive-format.js';
import { readArchive } from './archive-reader.js';
import { ArchiveWriter } from './archive-writer.js';
import { ArtifactNames, type NamedArtifacts } from './named-artifacts.js';

/** What is to go into a file. */
export interface Exported {
  readonly project: ProjectId;
  readonly logId: string;
  readonly through: Position;
  readonly raw: RawLog;
  readonly artifacts: StreamingArtifactStore;
  /** Go on although artifacts are lost. */
  readonly force: boolean;
}

/** A file that was read back from its first byte to its last. */
export interface ArchiveFacts {
  readonly header: ArchiveHeader;
  readonly commits: number;
  readonly artifacts: number;
  /** Of the whole file. */
  readonly sha256: Sha256;
}

/** @throws CliError as `readArchive` */
export const examineArchive = async (path: string): Promise<ArchiveFacts> => {
  let header: ArchiveHeader | undefined;
  for await (const part of readArchive(path)) {
    if (part.kind === 'header') header = part.header;
    if (part.kind === 'end' && header !== undefined) return { header, ...part.end, sha256: part.sha256 };
  }
  throw new CliError(`${path}: this archive has no end`, { code: 'archive-damaged' });
};

/**
 * Writes a project into a file and reads that back; the file has its name only when it is sound and on the disk.
 * @throws CliError when artifacts are lost, or what was written is not what is read
 */
export const exportArchive = async (path: string, exported: Exported): Promise<ArchiveFacts> => {
  const draft = `${path}.part`;
  try {
    const commits = await write(draft, exported);
    const facts = await examineArchive(draft);
    if (facts.commits !== commits) throw unlike(path, `${facts.commits} commits are in it, ${commits} were to be`);
    await rename(draft, path);
    await syncFolder(dirname(path));
    return facts;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
};

const write = async (path: string, { raw, artifacts, force, ...header }: Exported): Promise<number> => {
  const names = new ArtifactNames();
  for await (const page of raw.read(header)) for (const commit of page) names.note(commit);
  const { there, lost } = await names.find(artifacts);
  if (lost.size > 0 && !force) throw lostArtifacts(lost);
  const writer = await ArchiveWriter.create(path, header);
  let commits = 0;
  try {
    for (const hash of there) await writer.artifact(hash, await artifacts.read(hash));
    for await (const page of raw.read(header))
      for (const commit of page) {
        await writer.commit(commit);
        commits++;
      }
    await writer.end();
  } finally {
    await writer.close();
  }
  return commits;
};

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
};

const lostArtifacts = (lost: NamedArtifacts['lost']): CliError =>
  new CliError(`${lost.size} artifacts of this project are lost: nothing was archived`, {
    code: 'artifacts-lost',
    details: [...lost].slice(0, 20).map(([hash, at]) => `${hash}, named by the commit at position ${at}`),
    remedy: ['restore them into the artifact store, or archive without them: --force'],
  });

const unlike = (path: string, what: string): CliError =>
  new CliError(`${path}: the file was written and reads back otherwise: ${what}`, {
    code: 'archive-unlike',
    remedy: ['check the disk, then do it again; the log is as it was'],
  });
