import { hashBytes } from '@squados/artifacts';
import type { Sha256 } from '@squados/contracts';
import type { ArtifactContent } from '@squados/artifacts';
import type { RawCommit } from '@squados/event-log';
import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { ARCHIVE_VERSION, lineOf, type ArchiveHeader } from './archive-format.js';
import { packCommits } from './commit-record.js';

const BREAK = Buffer.from('\n');
const RECORD_BYTES = 1024 * 1024;

/** Writes one archive from its header to its end. What it has not ended is no archive. */
export class ArchiveWriter {
  private readonly sum = createHash('sha256');
  private artifacts = 0;
  private commits = 0;
  private waiting: RawCommit[] = [];
  private waitingBytes = 0;

  private constructor(private readonly file: FileHandle) {}

  static async create(path: string, header: Omit<ArchiveHeader, 'squados' | 'version'>): Promise<ArchiveWriter> {
    const writer = new ArchiveWriter(await open(path, 'w', 0o600));
    const { project, logId, through } = header;
    await writer.write(lineOf({ squados: 'archive', version: ARCHIVE_VERSION, project, logId, through }));
    return writer;
  }

  async artifact(sha256: Sha256, { bytes, pieces }: ArtifactContent): Promise<void> {
    await this.write(lineOf({ record: 'artifact', bytes, sha256 }));
    for await (const piece of pieces) await this.write(piece);
    await this.write(BREAK);
    this.artifacts++;
  }

  async commit(commit: RawCommit): Promise<void> {
    this.waiting.push(commit);
    this.waitingBytes += commit.body.byteLength;
    if (this.waitingBytes >= RECORD_BYTES || this.waiting.length >= 1024) await this.flush();
  }

  /** Everything is on the disk when it resolves. */
  async end(): Promise<void> {
    await this.flush();
    const { artifacts, commits } = this;
    const sha256 = this.sum.copy().digest('hex');
    await this.write(lineOf({ record: 'end', artifacts, commits, sha256 }));
    await this.file.sync();
  }

  close(): Promise<void> {
    return this.file.close();
  }

  private async flush(): Promise<void> {
    if (this.waiting.length === 0) return;
    const packed = packCommits(this.waiting);
    const count = this.waiting.length;
    await this.write(lineOf({ record: 'commits', bytes: packed.length, sha256: hashBytes(packed), count }));
    await this.write(packed);
    await this.write(BREAK);
    this.commits += count;
    this.waiting = [];
    this.waitingBytes = 0;
  }

  private async write(bytes: Uint8Array): Promise<void> {
    this.sum.update(bytes);
    for (let at = 0; at < bytes.byteLength;) {
      const { bytesWritten } = await this.file.write(bytes, at);
      at += bytesWritten;
    }
  }
}
