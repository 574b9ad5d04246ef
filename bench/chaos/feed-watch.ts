/** Somebody who looks at the live page through one gateway, comes back whenever it was away, and remembers every line. */
import { request, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Member } from './fleet.js';

const AGAIN_MS = 300;
const ANSWER_MS = 10_000;

interface Session {
  readonly origin: string;
  readonly cookie: string;
}

interface Rows {
  readonly rows: readonly { readonly key: string }[];
}

export class FeedWatch {
  /** `<position>.<index>` of every line, in the order in which they came. */
  readonly keys: string[] = [];
  connections = 0;
  resets = 0;
  private last: string | undefined;
  private session: Session | undefined;
  private readonly stopping = new AbortController();
  private readonly watching: Promise<void>;

  constructor(private readonly gateway: Member) {
    this.watching = this.watch();
  }

  get name(): string {
    return this.gateway.name;
  }

  /** Everything up to here has been seen. */
  get position(): number {
    return Number(/:(\d+)$/.exec(this.last ?? '')?.[1] ?? 0);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.watching;
  }

  private async watch(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      await this.look().catch(() => undefined); // the gateway was away: come back
      await delay(AGAIN_MS);
    }
  }

  /** Says what a person would on the page; false: the gateway is away, or says no. */
  async command(body: object): Promise<boolean> {
    const { session } = this;
    if (session === undefined) return false;
    const { origin, cookie } = session;
    const headers = { cookie, origin, 'content-type': 'application/json', 'x-squados': '1' };
    const signal = AbortSignal.timeout(ANSWER_MS);
    const asked = { method: 'POST', headers, body: JSON.stringify(body), signal };
    return fetch(new URL('/api/commands', origin), asked).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  private async look(): Promise<void> {
    const { page } = this.gateway;
    if (page !== undefined) {
      this.gateway.page = undefined; // it opens once
      this.session = await this.entered(page);
    }
    if (this.session === undefined) return;
    const { origin, cookie } = this.session;
    const resume = this.last === undefined ? {} : { 'last-event-id': this.last };
    await this.read(await this.get(new URL('/api/feed', origin), { cookie, ...resume }));
  }

  private async entered(page: string): Promise<Session> {
    const entrance = await this.get(page, {});
    entrance.resume();
    return { origin: new URL(page).origin, cookie: entrance.headers['set-cookie']?.[0]?.split(';')[0] ?? '' };
  }

  private async read(feed: IncomingMessage): Promise<void> {
    this.connections++;
    let rest = '';
    feed.setEncoding('utf8');
    for await (const text of feed as AsyncIterable<string>) {
      const frames = (rest + text).split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) this.heard(frame);
    }
  }

  private heard(frame: string): void {
    if (frame.includes('event: reset')) this.resets++;
    const [, id] = /^id: (.*)$/m.exec(frame) ?? [];
    const [, data] = /^data: (.*)$/m.exec(frame) ?? [];
    if (id === undefined || data === undefined) return;
    for (const { key } of (JSON.parse(data) as Rows).rows) this.keys.push(key);
    this.last = id;
  }

  private get(url: string | URL, headers: Record<string, string>): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const asked = request(url, { headers, agent: false, signal: this.stopping.signal }, (answer) => {
        asked.setTimeout(0);
        if ((answer.statusCode ?? 0) < 400) return resolve(answer);
        answer.resume();
        reject(new Error(`the gateway answered ${answer.statusCode}`));
      });
      asked.setTimeout(ANSWER_MS, () => asked.destroy(new Error('the gateway gave no answer')));
      asked.once('error', reject);
      asked.end();
    });
  }
}
