import { useEffect, useState } from 'react';
import type { Problem } from '@squados/portal-gateway/wire';
import { ProblemError } from '../api/api.js';

export type Loaded<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'loaded'; readonly value: T }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** Loads anew whenever the key changes; while it does, what was there stays. Another subject begins empty. */
export const useLoaded = <T>(
  load: (signal: AbortSignal) => Promise<T>,
  { subject, key }: { readonly subject: string; readonly key: string },
): Loaded<T> => {
  const [state, setState] = useState<{ readonly subject: string; readonly loaded: Loaded<T> }>();
  useEffect(() => {
    const stop = new AbortController();
    const settle = (loaded: Loaded<T>): void => {
      if (!stop.signal.aborted) setState({ subject, loaded });
    };
    load(stop.signal).then(
      (value) => settle({ kind: 'loaded', value }),
      (error: unknown) => settle({ kind: 'failed', problem: asProblem(error) }),
    );
    return () => stop.abort();
  }, [subject, key]);
  return state?.subject === subject ? state.loaded : { kind: 'loading' };
};

export const asProblem = (error: unknown): Problem =>
  error instanceof ProblemError
    ? error.problem
    : { type: 'about:blank', code: 'bug', status: 0, title: String(error), details: [], remedy: [] };
