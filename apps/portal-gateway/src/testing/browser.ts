import { request, type IncomingHttpHeaders } from 'node:http';
import { FeedReader } from './feed-reader.js';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  json<T>(): T;
}

export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** One request as it stands; nothing is added but what is said. */
export const ask = (base: string, path: string, { method = 'GET', headers = {}, body }: Asking = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request(new URL(path, base), { method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8');
        const { statusCode: status = 0, headers: told } = response;
        resolve({ status, headers: told, text, json: <T>() => JSON.parse(text) as T });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });

/** Somebody with a session, as the page asks. */
export class Browser {
  private constructor(
    readonly base: string,
    readonly cookie: string,
  ) {}

  static async cameBy(link: string): Promise<Browser> {
    const { origin, pathname, search } = new URL(link);
    const answer = await ask(origin, pathname + search);
    const [cookie = ''] = answer.headers['set-cookie'] ?? [];
    return new Browser(origin, cookie.split(';')[0] ?? '');
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return ask(this.base, path, { headers: { cookie: this.cookie, ...headers } });
  }

  post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const own = { cookie: this.cookie, 'content-type': 'application/json', 'x-squados': '1', origin: this.base };
    return ask(this.base, path, { method: 'POST', headers: { ...own, ...headers }, body: JSON.stringify(body) });
  }

  feed(token?: string): FeedReader {
    return new FeedReader(this.base, {
      cookie: this.cookie,
      ...(token === undefined ? {} : { 'last-event-id': token }),
    });
  }
}
