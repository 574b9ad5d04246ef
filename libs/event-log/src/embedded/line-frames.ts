/** Longest JSON text in one line; a longer one is announced by its size, so that a stream without line ends is cut off early. */
export const MAX_LINE_BYTES = 1024 * 1024;
/** Longest announced text: an import of a whole backlog. */
export const MAX_ANNOUNCED_BYTES = 64 * 1024 * 1024;

const NEWLINE = 0x0a;
const ANNOUNCEMENT = /^#(\d{1,9})$/;

/** One message as sent: `<json>\n`, or for a long one `#<bytes>\n<json>\n`. */
export const toFrame = (value: unknown): Buffer => {
  const json = Buffer.from(`${JSON.stringify(value ?? null)}\n`);
  return json.length > MAX_LINE_BYTES ? Buffer.concat([Buffer.from(`#${json.length}\n`), json]) : json;
};

/** What came in so far of one message. Feed it until it answers. */
export class FrameReader {
  private chunks: Buffer[] = [];
  private size = 0;
  private announced: number | undefined;

  /** The message's text once it is whole, undefined before. @throws RangeError when it is longer than allowed. */
  push(chunk: Buffer): string | undefined {
    this.chunks.push(chunk);
    this.size += chunk.length;
    if (this.announced !== undefined) return this.announcedText(this.announced);
    const line = this.line(chunk);
    if (line === undefined) return undefined;
    const announcement = ANNOUNCEMENT.exec(line);
    return announcement ? this.begin(Number(announcement[1]), line.length + 1) : line;
  }

  private line(chunk: Buffer): string | undefined {
    const at = chunk.indexOf(NEWLINE);
    if ((at < 0 ? this.size : this.size - chunk.length + at) > MAX_LINE_BYTES) throw tooLong(MAX_LINE_BYTES);
    if (at < 0) return undefined;
    return Buffer.concat(this.chunks).toString('utf8', 0, this.size - chunk.length + at);
  }

  private begin(bytes: number, skip: number): string | undefined {
    if (bytes > MAX_ANNOUNCED_BYTES) throw tooLong(MAX_ANNOUNCED_BYTES);
    const rest = Buffer.concat(this.chunks).subarray(skip);
    this.chunks = [rest];
    this.size = rest.length;
    this.announced = bytes;
    return this.announcedText(bytes);
  }

  private announcedText(bytes: number): string | undefined {
    if (this.size < bytes) return undefined;
    return Buffer.concat(this.chunks).toString('utf8', 0, bytes);
  }
}

const tooLong = (limit: number): RangeError => new RangeError(`the message is longer than ${limit} bytes`);
