const YAML_SERVER = /(?:^|\n)servers:\s*\n\s*-\s*url:\s*["']?([^"'\s]+)/;
const PATH = /^(?:\/[A-Za-z0-9._~-]+)+$/;

/** What our own contracts say. */
export const DEFAULT_API_BASE = '/api/v1';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const firstServer = (document: unknown): Readonly<Record<string, unknown>> => {
  const servers = isRecord(document) ? document['servers'] : undefined;
  const first: unknown = Array.isArray(servers) ? servers[0] : undefined;
  return isRecord(first) ? first : {};
};

const filledIn = (url: string, variables: unknown): string =>
  url.replace(/\{([^{}]+)\}/g, (_all, name: string) => {
    const variable = isRecord(variables) && Object.hasOwn(variables, name) ? variables[name] : undefined;
    return isRecord(variable) ? String(variable['default'] ?? '') : '';
  });

const pathOf = (url: string): string => {
  try {
    const path = new URL(url, 'http://server').pathname.replace(/\/+$/, '');
    return PATH.test(path) ? path : DEFAULT_API_BASE;
  } catch {
    return DEFAULT_API_BASE;
  }
};

/**
 * Path below which a service of this OpenAPI document answers, without a slash at its end: that of the first server, its variables by their
 * defaults. The default where none is named, where it is the root (there lies the page), and where it is hostile.
 */
export const apiBaseOf = (document: unknown): string => {
  const { url, variables } = firstServer(document);
  return pathOf(typeof url === 'string' ? filledIn(url, variables) : '');
};

/** The same of a document's text, JSON or YAML as our authors write it. */
export const contractBase = (text: string): string => {
  if (!text.trimStart().startsWith('{')) return pathOf(YAML_SERVER.exec(text)?.[1] ?? '');
  try {
    return apiBaseOf(JSON.parse(text));
  } catch {
    return DEFAULT_API_BASE;
  }
};
