import { START } from '@squados/contracts';
import type { FollowBatch } from '@squados/event-log';
import { LogFold } from '@squados/orchestrator';
import type { CliContext } from '../cli-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { requireProject } from '../views/project-of.js';
import { runReporter, type RunReporter } from '../views/run-reporter.js';
import { summaryLines, summaryOf } from '../views/summary.js';
import { interrupts } from './interrupts.js';
import { isOver, outcomeOf } from './run-outcome.js';
import { withReader, type Reading } from './with-reader.js';
import type { PlaceOptions } from './place.js';

export interface WatchOptions extends PlaceOptions {
  readonly json?: boolean;
  readonly exit?: boolean;
  /** A waived gate counts against it. */
  readonly strict?: boolean;
}

/** Follows a project that other processes run; ends at Ctrl-C, or with `--exit` when the project is over. */
export const watchProject = (context: CliContext, options: WatchOptions): Promise<ExitCode> =>
  withReader(context, options, async (reading) => {
    const stop = new AbortController();
    const signals = interrupts(() => undefined);
    void signals.first.then(() => stop.abort());
    try {
      return await follow({ context, options, reading, stop });
    } finally {
      signals.release();
    }
  });

const follow = async (watch: {
  readonly context: CliContext;
  readonly options: WatchOptions;
  readonly reading: Reading;
  readonly stop: AbortController;
}): Promise<ExitCode> => {
  const { context, options, reading, stop } = watch;
  const fold = new LogFold();
  const reporter = runReporter(context.terminal, options.json === true);
  const eye = new Eye(fold, reporter);
  for await (const batch of reading.log.follow({ after: START, signal: stop.signal })) {
    eye.see(batch);
    if (options.exit && eye.isLive && isOver(fold)) stop.abort();
  }
  reporter.end();
  return ended(watch, fold);
};

/** Folds what goes by and has it told, once the history is over. */
class Eye {
  isLive = false;

  constructor(
    private readonly fold: LogFold,
    private readonly reporter: RunReporter,
  ) {}

  see(batch: FollowBatch): void {
    for (const commit of batch.commits) {
      this.fold.apply(commit);
      this.reporter.folded(commit, this.fold);
    }
    if (batch.atHead && !this.isLive) this.reporter.headReached?.(this.fold);
    this.isLive ||= batch.atHead;
  }
}

const ended = (
  {
    context,
    options,
    reading,
  }: { readonly context: CliContext; readonly options: WatchOptions; readonly reading: Reading },
  fold: LogFold,
): ExitCode => {
  const at = requireProject(fold, reading.folder.root);
  const summary = summaryOf(fold, at, reading.folder);
  const { terminal } = context;
  if (options.json) terminal.out(JSON.stringify(summary, undefined, 2));
  else for (const line of summaryLines(summary, reading.folder, terminal.palette)) terminal.out(line);
  return isOver(fold)
    ? outcomeOf({ tally: summary.tally, status: at.view.status, strict: options.strict === true })
    : EXIT.stopped;
};
