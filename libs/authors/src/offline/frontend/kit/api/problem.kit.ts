import type { KitFile } from '../kit-file.js';

export const apiProblem: KitFile = {
  path: 'src/api/problem.ts',
  text: `/** One complaint of the server about one field, in the server's words. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

interface Explained {
  /** What the server says about this very case; absent when it says nothing. */
  readonly detail?: string;
  readonly errors: readonly FieldError[];
}

/** What can go wrong with a call, told apart by what the person in front of the page can do about it. */
export type ApiProblem =
  /** 400, 422: the data break a rule. */
  | ({ readonly kind: 'invalid' } & Explained)
  /** 409: the current state forbids it (a repeated value, a row in use, a transition that is not open). */
  | ({ readonly kind: 'conflict' } & Explained)
  /** 412: somebody else changed the row since it was read. */
  | { readonly kind: 'stale' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'forbidden' }
  /** No answer at all: no network, or no server. */
  | { readonly kind: 'unreachable' }
  /** The caller gave up; nobody waits for this answer. */
  | { readonly kind: 'aborted' }
  | { readonly kind: 'failed'; readonly status: number; readonly detail?: string };

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isFieldError = (value: unknown): value is FieldError =>
  isRecord(value) && typeof value.field === 'string' && typeof value.message === 'string';

const detailOf = (body: unknown): { readonly detail?: string } => {
  if (!isRecord(body)) return {};
  const detail = body.detail ?? body.title;
  return typeof detail === 'string' && detail !== '' ? { detail } : {};
};

const explained = (body: unknown): Explained => ({
  ...detailOf(body),
  errors: isRecord(body) && Array.isArray(body.errors) ? body.errors.filter(isFieldError) : [],
});

/**
 * The problem that an answer stands for.
 * @param status HTTP status, 400 or above
 * @param body the parsed problem+json (RFC 9457); anything else is taken as saying nothing
 */
export const problemOf = (status: number, body: unknown): ApiProblem => {
  switch (status) {
    case 400:
    case 422:
      return { kind: 'invalid', ...explained(body) };
    case 401:
      return { kind: 'unauthorized' };
    case 403:
      return { kind: 'forbidden' };
    case 404:
      return { kind: 'missing' };
    case 409:
      return { kind: 'conflict', ...explained(body) };
    case 412:
      return { kind: 'stale' };
    default:
      return { kind: 'failed', status, ...detailOf(body) };
  }
};
`,
};
