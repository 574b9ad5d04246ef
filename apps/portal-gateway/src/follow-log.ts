import type { EventLog } from '@squados/event-log';
import type { FoldProgress, LogFold } from '@squados/orchestrator';
import type { GatewayObserver } from './gateway-observer.js';

export interface Folding {
  readonly log: EventLog;
  readonly fold: LogFold;
  readonly observer: GatewayObserver;
  /** Told how far the fold is, for who waits for its own commands. */
  readonly progress?: FoldProgress;
  readonly signal: AbortSignal;
}

/** Folds a log until the signal aborts. `head`: the fold has reached the head once. `ended` rejects when the log can't be read any more. */
export const folding = (parts: Folding): { readonly head: Promise<void>; readonly ended: Promise<void> } => {
  let reached = (): void => undefined;
  const head = new Promise<void>((resolve) => (reached = resolve));
  return { head, ended: foldAll(parts, () => reached()) };
};

const foldAll = async ({ log, fold, observer, progress, signal }: Folding, reached: () => void): Promise<void> => {
  let isLive = false;
  for await (const batch of log.follow({ after: fold.position, signal })) {
    for (const commit of batch.commits) {
      fold.apply(commit);
      observer.folded(commit, fold);
    }
    fold.passed(batch.position);
    progress?.reached(batch.position);
    if (!batch.atHead || isLive) continue;
    isLive = true;
    observer.headReached?.(fold);
    reached();
  }
};
