/** Where the servers are and who we are to them. */
export interface NatsAccess {
  /** `host:port`, at least one. */
  readonly servers: readonly string[];
  readonly tls: boolean;
  readonly user?: string;
  readonly password?: string;
  readonly token?: string;
}

export type NatsUrlResult =
  { readonly kind: 'access'; readonly access: NatsAccess } | { readonly kind: 'invalid'; readonly reason: string };

const DEFAULT_PORT = '4222';
const EXAMPLE = 'nats://127.0.0.1:4222';

const invalid = (reason: string): NatsUrlResult => ({ kind: 'invalid', reason: `${reason}, such as ${EXAMPLE}` });

const asUrl = (part: string): URL | undefined => {
  const text = /^[a-z]+:\/\//i.test(part) ? part : `nats://${part}`;
  return URL.canParse(text) ? new URL(text) : undefined;
};

const isServer = (url: URL | undefined): url is URL =>
  url !== undefined &&
  ['nats:', 'tls:'].includes(url.protocol) &&
  url.hostname !== '' &&
  ['', '/'].includes(url.pathname) &&
  url.search === '' &&
  url.hash === '';

/** A name with a password is a user; a name alone is a token. */
const identityOf = ({ username, password }: URL): Pick<NatsAccess, 'user' | 'password' | 'token'> => {
  if (username === '') return {};
  const name = decodeURIComponent(username);
  return password === '' ? { token: name } : { user: name, password: decodeURIComponent(password) };
};

/** One server or several separated by commas: `[nats|tls]://[user:password@|token@]host[:port]`. The reason never repeats a password. */
export const parseNatsUrl = (text: string): NatsUrlResult => {
  const urls = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(asUrl);
  if (urls.length === 0) return invalid('it names no server: give an address');
  if (!urls.every(isServer))
    return invalid('it is no address of a NATS server: give nats:// or tls:// with host and port');
  const [first] = urls;
  return {
    kind: 'access',
    access: {
      servers: urls.map(({ hostname, port }) => `${hostname}:${port || DEFAULT_PORT}`),
      tls: urls.some(({ protocol }) => protocol === 'tls:'),
      ...(first ? identityOf(first) : {}),
    },
  };
};
