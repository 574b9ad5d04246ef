/**
 * The file of an archived project: lines of JSON, each followed by the bytes that it announces and a line break.
 *
 * 1. The header says whose project of which log it is, up to which position.
 * 2. Then all artifacts, each under its hash; then all commits as they stood in the log, some hundred to a record, each with its hash:
 *    who restores in this order never has a commit that names bytes which are not there.
 * 3. The last line counts everything, and has the hash of all bytes before it.
 *
 * The same project gives the same bytes: there is no clock in it.
 */
export const ARCHIVE_VERSION = 1;

export interface ArchiveHeader {
  readonly squados: 'archive';
  readonly version: number;
  readonly project: string;
  readonly logId: string;
  readonly through: number;
}

export interface ArtifactHead {
  readonly record: 'artifact';
  readonly bytes: number;
  readonly sha256: string;
}

export interface CommitsHead {
  readonly record: 'commits';
  readonly bytes: number;
  readonly sha256: string;
  readonly count: number;
}

export interface ArchiveEnd {
  readonly record: 'end';
  readonly artifacts: number;
  readonly commits: number;
  readonly sha256: string;
}

export type RecordHead = ArtifactHead | CommitsHead | ArchiveEnd;

/** Longest line of the file. */
export const LONGEST_LINE = 64 * 1024;
/** Most bytes of one record of commits: a commit is at most a megabyte, and a record ends soon after its first one. */
export const MOST_COMMIT_BYTES = 64 * 1024 * 1024;

export const lineOf = (head: ArchiveHeader | RecordHead): Buffer => Buffer.from(`${JSON.stringify(head)}\n`);
