/** Longest message of a failure in the log. */
export const MAX_MESSAGE = 4_000;

const SECRET_NAME = /key|token|secret|passw|credential|auth|cookie|dsn|private/i;
const MIN_SECRET_LENGTH = 6;
/** Shapes of credentials that need no variable's name to be known as such. */
const SECRET_SHAPES =
  /\b(?:sk-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|xox[a-z]-[A-Za-z0-9-]{10,})|\bBearer\s+[A-Za-z0-9._~+/-]{12,}=*|(?<=:\/\/[^\s/:@]{1,64}:)[^\s/@]{3,}(?=@)/g;

/** Takes the values of secret-looking variables, and what looks like a credential, out of a text. */
export type Scrub = (text: string) => string;

export const createScrub = (env: Readonly<Record<string, string | undefined>>): Scrub => {
  const secrets = Object.entries(env)
    .filter(
      (pair): pair is [string, string] => SECRET_NAME.test(pair[0]) && (pair[1]?.length ?? 0) >= MIN_SECRET_LENGTH,
    )
    .sort((a, b) => b[1].length - a[1].length);
  return (text) => {
    const named = secrets.reduce((rest, [name, value]) => rest.replaceAll(value, `[${name}]`), text);
    return named.replace(SECRET_SHAPES, '[redacted]');
  };
};

/** At most `max` characters, saying that something was cut off; never a half surrogate pair. */
export const clip = (text: string, max: number): string => {
  if (text.length <= max) return text;
  const end = max - 1;
  const cut = /[\uD800-\uDBFF]$/.test(text.slice(0, end)) ? end - 1 : end;
  return `${text.slice(0, cut)}…`;
};

const isErrorLike = (error: unknown): error is { name?: unknown; message: unknown; stack?: unknown } =>
  typeof error === 'object' && error !== null && 'message' in error;

export const messageOf = (error: unknown): string => {
  if (!isErrorLike(error)) return String(error);
  return typeof error.message === 'string' && error.message !== ''
    ? error.message
    : String(error.name ?? 'error without a message');
};

export const nameOf = (error: unknown): string =>
  isErrorLike(error) && typeof error.name === 'string' ? error.name : typeof error;

const FRAME = /\(?((?:file:\/\/)?[^\s()]+\.[cm]?[jt]sx?):(\d+):\d+\)?$/;

/** File and line of the innermost frame of our own code: no package, no runtime internals. */
export const placeOf = (error: unknown): string | undefined => {
  const stack = isErrorLike(error) && typeof error.stack === 'string' ? error.stack : '';
  for (const line of stack.split('\n')) {
    const frame = FRAME.exec(line.trim());
    if (frame && !/node:|node_modules/.test(line)) return `${shortPath(frame[1] as string)}:${frame[2]}`;
  }
  return undefined;
};

/** The last three segments: enough to find the file, nothing of the machine's folders. */
const shortPath = (path: string): string =>
  path
    .replace(/^file:\/\//, '')
    .split('/')
    .slice(-3)
    .join('/');
