const SECRET_NAME = /key|token|secret|passw|credential|auth|cookie|dsn|private/i;
const MIN_SECRET_LENGTH = 6;
const USER_INFO = /:\/\/([^\s/@]+)@/g;

/** User names are no secrets: of `user:password` the password counts, of `token` the whole. */
const secretsOfUrls = (value: string): string[] =>
  [...value.matchAll(USER_INFO)]
    .map(([, info = '']) => info.slice(info.indexOf(':') + 1))
    .flatMap((s) => [s, decoded(s)]);

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** As it stands between the quotes of a JSON line. */
const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/**
 * Takes out of a finished log line the values of variables that are named like secrets, and the passwords and tokens of addresses
 * in any variable.
 */
export const secretScrub = (env: Readonly<Record<string, string | undefined>>): ((line: string) => string) => {
  const secrets = new Map<string, string>();
  for (const [name, value = ''] of Object.entries(env)) {
    if (SECRET_NAME.test(name) && value.length >= MIN_SECRET_LENGTH) secrets.set(inJson(value), name);
    for (const secret of secretsOfUrls(value)) if (secret !== '') secrets.set(inJson(secret), name);
  }
  const longestFirst = [...secrets].sort(([a], [b]) => b.length - a.length);
  return (line) => longestFirst.reduce((rest, [secret, name]) => rest.replaceAll(secret, `[${name}]`), line);
};
