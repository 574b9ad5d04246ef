import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { LONGEST_LINE } from './archive-format.js';

const READ_BYTES = 128 * 1024;

/** A file from its beginning on, hashed as it is consumed. Holds about one read of it. */
export class FileBytes {
  private readonly hash = createHash('sha256');
  private held: Buffer = Buffer.alloc(0);
  /** Bytes consumed. */
  at = 0;

  private constructor(private readonly file: FileHandle) {}

  static async open(path: string): Promise<FileBytes> {
    return new FileBytes(await open(path, 'r'));
  }

  /** Hash of what was consumed. */
  sum(): string {
    return this.hash.copy().digest('hex');
  }

  /** Up to the next line break, without it; undefined: the file ends before, or the line is longer than any of ours. */
  async line(): Promise<string | undefined> {
    while (!this.held.includes(10)) {
      if (this.held.length > LONGEST_LINE) return undefined;
      if (!(await this.fill())) return void this.take(this.held.length);
    }
    const line = this.take(this.held.indexOf(10) + 1);
    return line.toString('utf8', 0, line.length - 1);
  }

  /** At most so many bytes, at least one; none at the end of the file. */
  async some(most: number): Promise<Buffer> {
    if (this.held.length === 0) await this.fill();
    return this.take(Math.min(most, this.held.length));
  }

  /** Undefined: the file ends before. */
  async exactly(count: number): Promise<Buffer | undefined> {
    const parts: Buffer[] = [];
    for (let left = count; left > 0;) {
      const part = await this.some(left);
      if (part.length === 0) return undefined;
      parts.push(part);
      left -= part.length;
    }
    return Buffer.concat(parts);
  }

  close(): Promise<void> {
    return this.file.close();
  }

  private async fill(): Promise<boolean> {
    const { bytesRead, buffer } = await this.file.read(Buffer.alloc(READ_BYTES), 0, READ_BYTES);
    const more = buffer.subarray(0, bytesRead);
    this.held = this.held.length === 0 ? more : Buffer.concat([this.held, more]);
    return bytesRead > 0;
  }

  private take(count: number): Buffer {
    const taken = this.held.subarray(0, count);
    this.held = this.held.subarray(count);
    this.hash.update(taken);
    this.at += count;
    return taken;
  }
}
