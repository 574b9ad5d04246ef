import type { LaneCommit } from '@squados/contracts';
import type { Clock } from '../engine/clock.port.js';
import type { EngineLogger } from '../engine/engine-logger.port.js';
import type { FoldObserver } from '../engine/fold-observer.js';
import type { FoldView } from '../engine/fold.js';
import { replaceFile } from './atomic-file.js';
import { Debounce } from './debounce.js';

export interface BacklogKeeperOptions {
  readonly file: string;
  /** The project of the fold as the file's text; undefined while there is none. */
  readonly render: (fold: FoldView) => string | undefined;
  readonly clock: Clock;
  readonly logger: EngineLogger;
  /** Milliseconds between a change and its writing; default 200. */
  readonly delayMs?: number;
}

/** Keeps `backlog_master.json` current: some time after a change, and at the end. Readers never see half a file. */
export class BacklogKeeper implements FoldObserver {
  readonly #debounce: Debounce;
  #fold: FoldView | undefined;
  #written: string | undefined;

  constructor(private readonly options: BacklogKeeperOptions) {
    const { clock, delayMs = 200 } = options;
    this.#debounce = new Debounce({ clock, delayMs, work: () => this.#write() });
  }

  folded(_commit: LaneCommit, _fold: FoldView): void {
    if (this.#fold) this.#debounce.ask();
  }

  headReached(fold: FoldView): void {
    this.#fold = fold;
    this.#debounce.ask();
  }

  close(): Promise<void> {
    return this.#debounce.finish();
  }

  async #write(): Promise<void> {
    const text = this.#fold && this.options.render(this.#fold);
    if (text === undefined || text === this.#written) return;
    try {
      await replaceFile(this.options.file, text);
      this.#written = text;
    } catch (error) {
      this.options.logger.warn(
        { err: String(error), file: this.options.file },
        'backlog_master.json could not be written; the log has everything',
      );
    }
  }
}
