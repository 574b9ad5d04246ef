/**
 * Reads an archive from its header to its end, checking everything. Owns: the file while it is read, one piece of it in memory.
 *
 * Invariants:
 * 1. What a record holds was counted and hashed before it counts; the last line is checked against every byte before it.
 * 2. Whatever is wrong is told with the file, the byte and the record where it was found.
 */
import type { RawCommit } from '@squados/event-log';
import { projectId, sha256, type ProjectId, type Sha256 } from '@squados/contracts';
import { createHash } from 'node:crypto';
import { CliError } from '../cli-error.js';
import {
  ARCHIVE_VERSION,
  lineOf,
  MOST_COMMIT_BYTES,
  type ArchiveEnd,
  type ArchiveHeader,
  type ArtifactHead,
  type CommitsHead,
  type RecordHead,
} from './archive-format.js';
import { asUnreadable } from '../input/input-file.js';
import { FileBytes } from './file-bytes.js';
import { unpackCommits } from './commit-record.js';

export type ArchivePart =
  | { readonly kind: 'header'; readonly header: ArchiveHeader; readonly project: ProjectId }
  /** `pieces` is to be read before the next part is asked for. */
  | { readonly kind: 'artifact'; readonly hash: Sha256; readonly pieces: AsyncIterable<Uint8Array> }
  | { readonly kind: 'commits'; readonly commits: readonly RawCommit[] }
  | { readonly kind: 'end'; readonly end: ArchiveEnd; readonly sha256: Sha256 };

/** @throws CliError for a file that is no whole archive of this version, naming the place; what the system says of the file */
export async function* readArchive(path: string): AsyncGenerator<ArchivePart> {
  let file: FileBytes | undefined;
  try {
    file = await FileBytes.open(path);
    yield* new ArchiveReader(path, file).parts();
  } catch (error) {
    throw asUnreadable(path, error);
  } finally {
    await file?.close();
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isHash = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

type Fields = Readonly<Record<string, unknown>>;
const isEnd = (value: Fields): boolean =>
  value['record'] === 'end' && isCount(value['artifacts']) && isCount(value['commits']);
const isRecord = ({ record, bytes, sha256: hash, count }: Fields): boolean =>
  isCount(bytes) && isHash(hash) && (record === 'artifact' || (record === 'commits' && isCount(count)));

class ArchiveReader {
  private record = 0;
  private artifacts = 0;
  private commits = 0;
  private lastPosition = 0;

  constructor(
    private readonly path: string,
    private readonly file: FileBytes,
  ) {}

  async *parts(): AsyncGenerator<ArchivePart> {
    const header = await this.header();
    yield { kind: 'header', header, project: projectId(header.project) };
    for (;;) {
      this.record++;
      const before = this.file.sum();
      const head = await this.head();
      if (head.record === 'end') return yield await this.end(head, before);
      if (head.record === 'commits') yield { kind: 'commits', commits: await this.commitsOf(head, header) };
      else yield* this.artifact(head);
      await this.expectBreak();
    }
  }

  private async header(): Promise<ArchiveHeader> {
    const value = await this.json();
    if (!isObject(value) || value['squados'] !== 'archive') throw this.other();
    if (value['version'] !== ARCHIVE_VERSION) throw this.foreign(value['version']);
    const { project, logId, through } = value;
    if (typeof project !== 'string' || typeof logId !== 'string' || !isCount(through))
      throw this.wrong('its header is damaged');
    return { squados: 'archive', version: ARCHIVE_VERSION, project, logId, through };
  }

  private async head(): Promise<RecordHead> {
    const value = await this.json();
    if (isObject(value) && (isEnd(value) || isRecord(value))) return value as unknown as RecordHead;
    throw this.wrong('it does not say what it is');
  }

  private async *artifact(head: ArtifactHead): AsyncGenerator<ArchivePart> {
    const pieces = this.pieces(head);
    yield { kind: 'artifact', hash: sha256(head.sha256), pieces };
    for await (const _rest of pieces); // of what nobody wanted to read
    this.artifacts++;
  }

  private async *pieces({ bytes, sha256: hash }: ArtifactHead): AsyncGenerator<Uint8Array> {
    const sum = createHash('sha256');
    for (let left = bytes; left > 0;) {
      const piece = await this.file.some(left);
      if (piece.length === 0) throw this.cut();
      sum.update(piece);
      left -= piece.length;
      yield piece;
    }
    if (sum.digest('hex') !== hash) throw this.wrong(`artifact ${hash} holds other bytes`);
  }

  private async commitsOf(head: CommitsHead, { through }: ArchiveHeader): Promise<readonly RawCommit[]> {
    if (head.bytes > MOST_COMMIT_BYTES) throw this.wrong('it claims to be larger than any record is');
    const bytes = await this.file.exactly(head.bytes);
    if (bytes === undefined) throw this.cut();
    if (createHash('sha256').update(bytes).digest('hex') !== head.sha256)
      throw this.wrong(`commits ${this.commits + 1} to ${this.commits + head.count} are not as they were written`);
    const commits = unpackCommits(bytes);
    if (commits?.length !== head.count || !this.isInOrder(commits, through))
      throw this.wrong('its commits are damaged');
    this.commits += commits.length;
    return commits;
  }

  private isInOrder(commits: readonly RawCommit[], through: number): boolean {
    return commits.every(({ position }) => {
      const isNext = position > this.lastPosition && position <= through;
      this.lastPosition = position;
      return isNext;
    });
  }

  private async end(end: ArchiveEnd, before: string): Promise<ArchivePart> {
    const isWhole = end.artifacts === this.artifacts && end.commits === this.commits && end.sha256 === before;
    if (!isWhole) throw this.wrong('what stands before it was changed');
    if ((await this.file.some(1)).length > 0) throw this.wrong('more follows after it');
    return { kind: 'end', end, sha256: sha256(this.file.sum()) };
  }

  /** Written anew it has to be the same line: nothing in it may be something else than it seems. */
  private async json(): Promise<unknown> {
    const line = await this.file.line();
    if (line === undefined) throw this.record > 0 ? this.cut() : this.other();
    try {
      const value: unknown = JSON.parse(line);
      if (lineOf(value as RecordHead).equals(Buffer.from(`${line}\n`))) return value;
    } catch {
      // told below, as for any other line
    }
    throw this.record === 0 ? this.other() : this.wrong('it does not say what it is');
  }

  private async expectBreak(): Promise<void> {
    const [byte] = await this.file.some(1);
    if (byte === undefined) throw this.cut();
    if (byte !== 10) throw this.wrong('it is longer than it says');
  }

  private other(): CliError {
    return new CliError(`${this.path}: this is no archive of SquadOS`, { code: 'not-an-archive' });
  }

  private foreign(version: unknown): CliError {
    return new CliError(
      `${this.path}: this archive is of version ${JSON.stringify(version)}, this build reads ${ARCHIVE_VERSION}`,
      { code: 'archive-version', remedy: ['use the version of squados that wrote it, or a newer one'] },
    );
  }

  private cut(): CliError {
    return new CliError(
      `${this.path}: the file ends at byte ${this.file.at}, in the middle of record ${this.record}: it was cut off`,
      { code: 'archive-damaged', remedy: REMEDY },
    );
  }

  private wrong(what: string): CliError {
    return new CliError(`${this.path}: record ${this.record}, before byte ${this.file.at}: ${what}`, {
      code: 'archive-damaged',
      remedy: REMEDY,
    });
  }
}

const REMEDY = ['take another copy of this file; nothing was written'];
