import { openSync, writeSync } from 'node:fs';
import type { LogObserver, NewCommit } from '@squados/event-log';

/** What a process was told is in the log: on file before the process goes on, so that a SIGKILL takes nothing of it back. */
export class Witness {
  private readonly file: number;

  constructor(path: string) {
    this.file = openSync(path, 'a');
  }

  /** One line per event: its id, then its lane. */
  stored({ lane, events }: Pick<NewCommit, 'lane' | 'events'>): void {
    writeSync(this.file, events.map(({ id }) => `${id} ${lane}\n`).join(''));
  }
}

const nothing = (): void => undefined;

/** For a log that is watched by the witness alone. */
export const observerOf = (witness: Witness): LogObserver => ({
  ...{ conflicted: nothing, delivered: nothing, folded: nothing, taken: nothing },
  appended: (commit) => witness.stored(commit),
});

/** Lets the witness hear what a service's own metrics hear: its composition stays as it is. */
export const overhear = (cards: Pick<LogObserver, 'appended'>, witness: Witness): void => {
  const appended = cards.appended.bind(cards);
  cards.appended = (commit) => {
    witness.stored(commit);
    appended(commit);
  };
};
