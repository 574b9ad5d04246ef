import type { KitFile } from '../kit-file.js';

export const testingFakeServer: KitFile = {
  path: 'src/testing/fake-server.ts',
  text: `import type { Fetch } from '../api/http';

/** A call as the server saw it. */
export interface SeenCall {
  readonly method: string;
  /** With the query: \`/api/books?page=2\`. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What the server answers. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly etag?: string;
}

type Handler = Reply | ((call: SeenCall) => Reply | Promise<Reply>);

/** A server in memory: answers what it was told to, and remembers what it was asked. */
export class FakeServer {
  readonly calls: SeenCall[] = [];
  readonly #handlers = new Map<string, Handler>();

  /** From now on answers \`method path\` (without query) like this. */
  on(method: string, path: string, handler: Handler): this {
    this.#handlers.set(\`\${method} \${path}\`, handler);
    return this;
  }

  /** Calls of one method, oldest first. */
  seen(method: string, path: string): readonly SeenCall[] {
    return this.calls.filter((call) => call.method === method && call.url.split('?')[0] === path);
  }

  readonly fetch: Fetch = async (url, { method, headers, body, signal }) => {
    const call: SeenCall = { method, url, headers, body: body === undefined ? undefined : JSON.parse(body) };
    this.calls.push(call);
    const handler = this.#handlers.get(\`\${method} \${url.split('?')[0] ?? ''}\`) ?? { status: 404 };
    const reply = typeof handler === 'function' ? await handler(call) : handler;
    signal?.throwIfAborted();
    return {
      status: reply.status,
      headers: { get: (name) => (name === 'ETag' ? (reply.etag ?? null) : null) },
      json: () => (reply.body === undefined ? Promise.reject(new SyntaxError('no body')) : Promise.resolve(reply.body)),
    };
  };
}

/** One page that holds these rows. */
export const pageOf = (items: readonly unknown[], total = items.length): Reply => ({
  status: 200,
  body: { items, page: 1, size: 20, total },
});
`,
};
