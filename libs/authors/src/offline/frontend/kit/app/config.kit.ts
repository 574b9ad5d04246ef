import type { KitFile } from '../kit-file.js';

export const appConfig: KitFile = {
  path: 'src/app/config.ts',
  text: `import type { Fetch } from '../api/http';

/** Where the API is and who calls it. */
export interface Config {
  /** Without a slash at its end. */
  readonly apiBase: string;
  readonly token?: string;
}

/** Same origin, behind a proxy: what holds when nobody says otherwise. */
export const DEFAULT_API_BASE = '/api/v1';

const filled = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const configOf = (given: Readonly<Record<string, unknown>>, builtIn: string | undefined): Config => {
  const apiBase = filled(given.apiBase) ?? filled(builtIn) ?? DEFAULT_API_BASE;
  const token = filled(given.token);
  return { apiBase: apiBase.replace(/\\/+$/, ''), ...(token === undefined ? {} : { token }) };
};

/**
 * Reads \`config.json\` beside index.html: \`{ "apiBase": "...", "token": "..." }\`, both optional. Without the file, or without
 * \`apiBase\` in it, the address that was built in counts (\`VITE_API_BASE\`), then \`/api/v1\`.
 */
export const loadConfig = async (fetch: Fetch, builtIn?: string): Promise<Config> => {
  try {
    const response = await fetch('config.json', { method: 'GET', headers: { Accept: 'application/json' } });
    const given: unknown = response.status === 200 ? await response.json() : {};
    return configOf(typeof given === 'object' && given !== null ? { ...given } : {}, builtIn);
  } catch {
    return configOf({}, builtIn);
  }
};
`,
};
