import { claimStart, project, projects } from '@squados/board';
import type { Command, LaneCommit, Position } from '@squados/contracts';
import { onAbort, type AnySignal, type FollowBatch } from '@squados/event-log';
import { Appender } from './appender.js';
import type { EngineOptions, EngineTrouble, SubmitResult } from './engine.types.js';
import { FoldProgress } from './fold-progress.js';
import { LogFold, type FoldView } from './fold.js';
import { Planner } from './planner.js';
import { SnapshotPace } from './snapshot-pace.js';
import { submitCommand } from './submit-command.js';
import { WakeUp } from './wake-up.js';

interface Parts {
  readonly fold: LogFold;
  readonly planner: Planner;
  readonly appender: Appender;
  readonly pace: SnapshotPace;
}

type EngineState =
  | { readonly kind: 'new' }
  | { readonly kind: 'running'; readonly parts: Parts; readonly stop: AbortController; readonly loops: Promise<void> }
  | { readonly kind: 'stopped'; readonly parts: Parts };

/**
 * The orchestrator: follows the log, decides, appends. Owns its fold and the two loops (fold, plan); the log, the claims
 * and the observers' files belong to whoever made them.
 *
 * Invariants:
 * 1. No effect (append, webhook, file) before the fold has reached the head once: a restart never acts on half a history.
 * 2. The fold never waits for an append, a file or a webhook; everything that waits, waits for the fold.
 * 3. Each agent's consumer is provisioned after the rebuild and before the first decision.
 * 4. A project with an event that this build can't read is left alone by the board, and said once.
 * 5. What breaks a loop ends the engine: `onFailure` hears it, nothing is decided on a stale fold.
 */
export class OrchestratorEngine {
  readonly #progress = new FoldProgress();
  readonly #wake = new WakeUp();
  readonly #undecidable = new Set<string>();
  #state: EngineState = { kind: 'new' };
  #submitting: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: EngineOptions) {}

  /** Board and catalog as of now. @throws Error before `start` has been called. */
  get fold(): FoldView {
    return this.#parts().fold;
  }

  get trouble(): EngineTrouble | undefined {
    return this.#state.kind === 'running' ? this.#state.parts.planner.trouble : undefined;
  }

  /** Folds to the head, provisions the claims, then begins to decide. Rejects when the log can't be read. */
  async start(): Promise<void> {
    if (this.#state.kind !== 'new') return;
    const parts = this.#assemble((await this.options.snapshots?.load()) ?? new LogFold());
    const stop = new AbortController();
    let headReached = (): void => undefined;
    const head = new Promise<void>((resolve) => (headReached = resolve));
    const folding = this.#follow({ parts, signal: stop.signal, headReached });
    this.#state = { kind: 'running', parts, stop, loops: folding };
    await Promise.race([head, folding]);
    await this.#begin(parts, stop, folding);
  }

  /** Resolves once the fold holds everything up to a position. @throws when aborted, or when the engine ended before. */
  async caughtUp(at: Position, signal: AnySignal): Promise<void> {
    if (this.fold.position >= at && !signal.aborted) return;
    const aborted = abortOf(signal);
    await Promise.race([this.#progress.until(at), aborted.promise]);
    aborted.release();
    if (signal.aborted) throw signal.reason;
    if (this.fold.position < at) throw new Error('the orchestrator ended before it had folded this position');
  }

  /** One at a time, each decided on a fold that shows the one before. @throws Error before `start` or after `stop`. */
  submit(command: Command): Promise<SubmitResult> {
    const { fold, appender } = this.#parts();
    const parts = { fold, appender, progress: this.#progress };
    const result = this.#submitting.then(() => submitCommand(parts, command));
    this.#submitting = result.catch(() => undefined);
    return result;
  }

  /** Ends both loops, lets the observers finish, keeps a snapshot. Calling it twice is safe; the log stays open. */
  async stop(): Promise<void> {
    if (this.#state.kind !== 'running') return;
    const { parts, stop, loops } = this.#state;
    this.#state = { kind: 'stopped', parts };
    stop.abort();
    this.#progress.end();
    await loops.catch(() => undefined);
    await this.#submitting;
    await Promise.all((this.options.observers ?? []).map((observer) => observer.close?.()));
    await parts.pace.finish(parts.fold);
  }

  #assemble(fold: LogFold): Parts {
    const { log, clock, newId } = this.options;
    const appender = new Appender({ log, newId, source: 'orchestrator', now: () => clock.now() });
    const { options } = this;
    const planner = new Planner({ options, fold, appender, progress: this.#progress, wake: this.#wake });
    const pace = new SnapshotPace(options.snapshots, () => options.leadership?.leads ?? true);
    return { fold, planner, appender, pace };
  }

  async #begin(parts: Parts, stop: AbortController, folding: Promise<void>): Promise<void> {
    const { observers, agents, claims } = this.options;
    for (const agent of agents) await claims.provision(agent, claimStart(parts.fold.board, agent)); // invariant 3
    for (const observer of observers ?? []) observer.headReached?.(parts.fold); // invariant 1
    const loops = Promise.all([folding, parts.planner.run(stop.signal)]).then(() => undefined);
    loops.catch((error: unknown) => this.#failed(error, stop));
    if (this.#state.kind === 'running') this.#state = { kind: 'running', parts, stop, loops };
    this.options.leadership?.onGain(() => this.#wake.ring());
    this.#wake.ring();
  }

  async #follow(run: { parts: Parts; signal: AbortSignal; headReached: () => void }): Promise<void> {
    const { log } = this.options;
    for await (const batch of log.follow({ after: run.parts.fold.position, signal: run.signal })) {
      this.#foldBatch(run.parts, batch);
      if (batch.atHead) run.headReached();
      if (batch.commits.length > 0) this.#wake.ring();
    }
  }

  #foldBatch({ fold, pace }: Parts, batch: FollowBatch): void {
    const observers = this.options.observers ?? [];
    for (const commit of batch.commits) {
      fold.apply(commit);
      for (const observer of observers) observer.folded(commit, fold);
      if (commit.events.some((event) => event.type === 'Unknown')) this.#tellUnreadable(commit, fold);
    }
    fold.passed(batch.position);
    pace.folded(batch, fold);
    this.#progress.reached(batch.position);
  }

  #tellUnreadable({ lane, position: at }: LaneCommit, fold: FoldView): void {
    this.options.logger.warn({ lane, position: at }, 'the log holds something there that this version cannot read');
    for (const id of projects(fold.board)) {
      if (project(fold.board, id)?.status !== 'undecidable' || this.#undecidable.has(id)) continue;
      this.#undecidable.add(id);
      this.options.logger.error(
        { project: id },
        'the log holds events that this version cannot read: nothing is decided',
      ); // invariant 4
    }
  }

  #failed(error: unknown, stop: AbortController): void {
    stop.abort(); // invariant 5
    this.#progress.end();
    this.options.logger.error({ err: String(error) }, 'the orchestrator stopped on a failure');
    this.options.onFailure?.(error);
  }

  #parts(): Parts {
    if (this.#state.kind === 'new') throw new Error('the orchestrator has not been started');
    return this.#state.parts;
  }
}

const abortOf = (signal: AnySignal): { readonly promise: Promise<void>; readonly release: () => void } => {
  let release = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    release = onAbort(signal, resolve);
  });
  return { promise, release };
};
