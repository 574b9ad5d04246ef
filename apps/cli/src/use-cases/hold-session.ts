import type { GatePool } from '@squados/gates';
import { rm } from 'node:fs/promises';
import type { CliContext } from '../cli-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { startSolo, type Solo } from '../solo/start-solo.js';
import { firstProject } from '../views/project-of.js';
import { runReporter, type RunReporter } from '../views/run-reporter.js';
import { interrupted, summaryLines, summaryOf } from '../views/summary.js';
import { interrupts, type Interrupts } from './interrupts.js';
import { pageOf, tellPage } from './live-page.js';
import { ProductTeller } from './product-teller.js';
import { outcomeOf } from './run-outcome.js';
import { concurrencyOf } from './run-options.js';
import type { Session } from './session.js';
import { UntilOver } from './until-over.js';

export interface HeldSession extends Session {
  /** Belongs to whoever made it. */
  readonly pool: GatePool;
}

/** Runs orchestrator and agents on a folder until the project is over (`--exit`), Ctrl-C, or a failure; then sums up. */
export const holdSession = async (context: CliContext, session: HeldSession): Promise<ExitCode> => {
  const { folder, options } = session;
  const concurrency = concurrencyOf(options.concurrency);
  const reporter = runReporter(context.terminal, options.json === true);
  const until = new UntilOver();
  const product = new ProductTeller();
  const signals = interrupts((text) => {
    reporter.end();
    context.terminal.err(text);
  });
  try {
    const solo = await opened(session, () =>
      startSolo({
        folder,
        pool: session.pool,
        concurrency,
        observers: [reporter, until, product],
        env: context.env,
        ...(session.author && { author: session.author }),
        ...pageOf(context, options),
      }),
    );
    if (solo.page) tellPage(context, solo.page, reporter);
    if (options.exit !== true) tellProduct(product, solo, reporter);
    const ended = await stay({ solo, session, signals, until });
    reporter.end();
    return sumUp({ context, session, solo, ended });
  } finally {
    reporter.end(); // also after a failure: the cursor comes back
    signals.release();
  }
};

/** In the background: a product that takes its time holds up nothing. */
const tellProduct = (product: ProductTeller, { deployer, fold }: Solo, reporter: Pick<RunReporter, 'say'>): void => {
  const signal = AbortSignal.timeout(PRODUCT_MS);
  product.watch({ deployer, fold, signal, say: (line) => reporter.say(line) }).catch((error: unknown) => {
    reporter.say(`the product could not be looked at: ${error instanceof Error ? error.message : String(error)}`);
  });
};

const PRODUCT_MS = 180_000;

type Ended = 'over' | 'stopped';

const opened = async (session: Session, start: () => Promise<Solo>): Promise<Solo> => {
  try {
    return await start();
  } catch (error) {
    if (session.cleanUp) await rm(session.folder.root, { recursive: true, force: true });
    throw error;
  }
};

const stay = async (run: {
  readonly solo: Solo;
  readonly session: HeldSession;
  readonly signals: Interrupts;
  readonly until: UntilOver;
}): Promise<Ended> => {
  const { solo, session, signals, until } = run;
  let recorded = session.onStarted === undefined;
  try {
    await session.onStarted?.(solo);
    recorded = true;
    const over = session.options.exit ? until.over.then((): Ended => 'over') : new Promise<never>(() => undefined);
    return await Promise.race([over, signals.first.then((): Ended => 'stopped'), solo.failed]);
  } finally {
    await solo.stop();
    if (!recorded && session.cleanUp) await rm(session.folder.root, { recursive: true, force: true });
  }
};

const sumUp = (run: {
  readonly context: CliContext;
  readonly session: HeldSession;
  readonly solo: Solo;
  readonly ended: Ended;
}): ExitCode => {
  const { context, session, solo, ended } = run;
  const at = firstProject(solo.fold);
  const { terminal } = context;
  if (at === undefined) return ended === 'stopped' ? EXIT.stopped : EXIT.done;
  const whole = summaryOf(solo.fold, at, session.folder);
  const summary = ended === 'stopped' ? interrupted(whole, at) : whole;
  if (session.options.json) terminal.out(JSON.stringify(summary, undefined, 2));
  else for (const line of summaryLines(summary, session.folder, terminal.palette)) terminal.out(line);
  if (ended === 'stopped') return EXIT.stopped;
  return outcomeOf({ tally: summary.tally, status: at.view.status, strict: session.options.strict === true });
};
