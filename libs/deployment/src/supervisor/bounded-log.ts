import { createWriteStream, existsSync, renameSync, statSync, type WriteStream } from 'node:fs';

const MAX_BYTES = 5 * 1024 * 1024;
const TAIL_CHARS = 4_000;

/** A process's output: kept in a file that is set aside once it has grown to 5 MB, and the last of it in memory for whoever asks why. */
export class BoundedLog {
  private stream: WriteStream;
  private bytes: number;
  private last = '';

  constructor(private readonly file: string) {
    this.bytes = existsSync(file) ? statSync(file).size : 0;
    this.stream = this.open();
  }

  write(chunk: Buffer): void {
    this.last = `${this.last}${chunk.toString('utf8')}`.slice(-TAIL_CHARS);
    this.bytes += chunk.byteLength;
    if (this.bytes > MAX_BYTES) this.setAside(chunk.byteLength);
    this.stream.write(chunk);
  }

  tail(): string {
    return this.last;
  }

  close(): Promise<void> {
    return new Promise((resolve) => (this.stream.destroyed ? resolve() : this.stream.end(() => resolve())));
  }

  private setAside(next: number): void {
    this.stream.end();
    renameSync(this.file, `${this.file}.1`);
    this.stream = this.open();
    this.bytes = next;
  }

  /** A disk that takes no more loses lines here; the product goes on. */
  private open(): WriteStream {
    const stream = createWriteStream(this.file, { flags: 'a', mode: 0o600 });
    stream.on('error', () => stream.destroy());
    return stream;
  }
}
