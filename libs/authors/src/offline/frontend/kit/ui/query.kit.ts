import type { KitFile } from '../kit-file.js';

export const uiQuery: KitFile = {
  path: 'src/ui/query.ts',
  text: `/** Reads the parameters of a list from an address. What does not fit the contract is taken as not given. */
export const readPage = (query: URLSearchParams): number | undefined => {
  const page = Number(query.get('page') ?? '');
  return Number.isSafeInteger(page) && page >= 1 ? page : undefined;
};

export const readText = (query: URLSearchParams, name: string): string | undefined => query.get(name) || undefined;

export const readBoolean = (query: URLSearchParams, name: string): boolean | undefined => {
  const text = query.get(name);
  return text === 'true' || text === 'false' ? text === 'true' : undefined;
};

export const readChoice = <T extends string>(
  query: URLSearchParams,
  name: string,
  values: readonly T[],
): T | undefined => values.find((value) => value === query.get(name));

export const readNumber = (query: URLSearchParams, name: string): number | undefined => {
  const text = query.get(name) ?? '';
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
};
`,
};
