import type { KitFile } from '../kit-file.js';

export const apiHttp: KitFile = {
  path: 'src/api/http.ts',
  text: `import { problemOf, type ApiProblem } from './problem';

/** One call, named by the contract's own path template: \`/books/{id}\`. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Values for the \`{names}\` in the path. */
  readonly params?: Readonly<Record<string, string>>;
  /** Undefined and empty values are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** ETag that was read; the server refuses the call when the row has changed since. */
  readonly ifMatch?: string | undefined;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** What came of a call. It never throws for what a server or a network may do. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T; readonly etag: string | undefined }
  | { readonly ok: false; readonly problem: ApiProblem };

/** The API as the rest of the application sees it. */
export interface Http {
  send<T>(call: Call): Promise<Answer<T>>;
}

/** A row as it was read: which one, and the ETag that it had. */
export interface Version {
  readonly id: string;
  readonly etag: string | undefined;
}

/** One page of a list, as every list of the contract answers. Pages count from 1. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly page: number;
  readonly size: number;
  readonly total: number;
}

interface Received {
  readonly status: number;
  readonly headers: Pick<Headers, 'get'>;
  json(): Promise<unknown>;
}

/** The part of \`window.fetch\` that is used here. */
export type Fetch = (
  url: string,
  init: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body?: string;
    readonly signal?: AbortSignal;
  },
) => Promise<Received>;

export interface HttpOptions {
  /** Address of the API without a slash at its end: \`/api/v1\`. */
  readonly apiBase: string;
  /** Sent as a bearer token; without one the header is left out. */
  readonly token?: string | undefined;
  readonly fetch: Fetch;
}

const NO_CONTENT = 204;
const FIRST_ERROR = 400;

const pathOf = ({ path, params = {} }: Call): string =>
  path.replace(/\\{(\\w+)\\}/g, (_placeholder, name: string) => encodeURIComponent(params[name] ?? ''));

const queryOf = ({ query = {} }: Call): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') search.set(name, String(value));
  const text = search.toString();
  return text === '' ? '' : \`?\${text}\`;
};

const headersOf = (call: Call, token: string | undefined): Record<string, string> => ({
  Accept: 'application/json, application/problem+json',
  ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
  ...(call.ifMatch === undefined ? {} : { 'If-Match': call.ifMatch }),
  ...(token === undefined ? {} : { Authorization: \`Bearer \${token}\` }),
});

const failed = <T>(problem: ApiProblem): Answer<T> => ({ ok: false, problem });

/** A body that is no JSON says nothing; the status still does. */
const bodyOf = async (response: Received): Promise<unknown> => {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
};

const answerOf = async <T>(response: Received): Promise<Answer<T>> => {
  if (response.status >= FIRST_ERROR) return failed(problemOf(response.status, await bodyOf(response)));
  const value = response.status === NO_CONTENT ? undefined : await response.json();
  // The contract vouches for the shape: this is the one place where its types meet bytes.
  return { ok: true, value: value as T, etag: response.headers.get('ETag') ?? undefined };
};

/** A client of the API over \`fetch\`. */
export const createHttp = ({ apiBase, token, fetch }: HttpOptions): Http => ({
  async send<T>(call: Call): Promise<Answer<T>> {
    try {
      const response = await fetch(\`\${apiBase}\${pathOf(call)}\${queryOf(call)}\`, {
        method: call.method,
        headers: headersOf(call, token),
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
        ...(call.signal === undefined ? {} : { signal: call.signal }),
      });
      return await answerOf<T>(response);
    } catch {
      return failed({ kind: call.signal?.aborted === true ? 'aborted' : 'unreachable' });
    }
  },
});
`,
};
