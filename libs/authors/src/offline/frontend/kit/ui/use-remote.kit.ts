import type { KitFile } from '../kit-file.js';

export const uiUseRemote: KitFile = {
  path: 'src/ui/use-remote.ts',
  text: `import { useCallback, useEffect, useState } from 'react';
import type { Answer } from '../api/http';
import type { ApiProblem } from '../api/problem';

/** Asks the API for something. Keep its identity (\`useCallback\`): a new one means a new question. */
export type Load<T> = (signal: AbortSignal) => Promise<Answer<T>>;

/** Something that is asked for: not there yet, there, or refused. */
export type Remote<T> =
  /** \`previous\` is what was last shown here, for a view that would rather show that than nothing. */
  | { readonly status: 'loading'; readonly previous: T | undefined }
  | { readonly status: 'ready'; readonly value: T; readonly etag: string | undefined }
  | { readonly status: 'failed'; readonly problem: ApiProblem };

interface Settled<T> {
  readonly load: Load<T>;
  readonly round: number;
  readonly answer: Answer<T>;
}

const remoteOf = <T>(answer: Answer<T>): Remote<T> =>
  answer.ok
    ? { status: 'ready', value: answer.value, etag: answer.etag }
    : { status: 'failed', problem: answer.problem };

/** Loads, and loads again when \`load\` changes or \`reload\` is called. An answer that nobody waits for is aborted. */
export const useRemote = <T>(load: Load<T>): readonly [remote: Remote<T>, reload: () => void] => {
  const [round, setRound] = useState(0);
  const [settled, setSettled] = useState<Settled<T>>();
  useEffect(() => {
    const controller = new AbortController();
    void load(controller.signal).then((answer) => {
      if (!controller.signal.aborted) setSettled({ load, round, answer });
    });
    return () => {
      controller.abort();
    };
  }, [load, round]);
  const reload = useCallback(() => {
    setRound((n) => n + 1);
  }, []);
  const isCurrent = settled?.load === load && settled.round === round;
  if (isCurrent) return [remoteOf(settled.answer), reload];
  return [{ status: 'loading', previous: settled?.answer.ok ? settled.answer.value : undefined }, reload];
};
`,
};
