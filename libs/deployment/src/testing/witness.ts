import { createServer, type Server, type Socket } from 'node:net';

/** A process of a test, as its connection tells of it: it dies, the connection closes. */
export interface Seen {
  /** The first line that it said. */
  readonly said: string;
  readonly gone: Promise<void>;
}

/** Hears processes come and go without looking for them again and again. */
export class Witness {
  readonly #server: Server;
  readonly #seen: Seen[] = [];
  #waiting: (() => void)[] = [];

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => this.#hear(socket));
  }

  static async open(): Promise<Witness> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Witness(server);
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** The `n`-th process (from 1) that said something beginning with `word`. */
  async saw(word: string, n = 1): Promise<Seen> {
    for (;;) {
      const found = this.#seen.filter(({ said }) => said.startsWith(word))[n - 1];
      if (found) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  count(word: string): number {
    return this.#seen.filter(({ said }) => said.startsWith(word)).length;
  }

  close(): void {
    this.#server.close();
  }

  #hear(socket: Socket): void {
    let text = '';
    const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      const before = text.includes('\n');
      text += chunk.toString('utf8');
      if (before || !text.includes('\n')) return;
      this.#seen.push({ said: text.slice(0, text.indexOf('\n')), gone });
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }
}

/** For a program of a test: says `word` and its process id to the witness, and stays connected for as long as it lives. */
export const presence = (word: string, port = 'process.env.WITNESS'): string =>
  `require('net').connect(+${port}, '127.0.0.1').write('${word} ' + process.pid + '\\n');`;
