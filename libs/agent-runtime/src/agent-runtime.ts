import { randomUUID } from 'node:crypto';
import type { ArtifactStore } from '@squados/artifacts';
import { ownerOf, type Lane, type LaneCommit } from '@squados/contracts';
import { WorkAnswer, WorkLoop, type AnySignal, type EventLog, type Work, type WorkClaim } from '@squados/event-log';
import { assignmentOf, type Reading } from './assignment-of.js';
import { followAttempts, type Following } from './attempt-follower.js';
import { AttemptRun } from './attempt-run.js';
import type { WatchCommits } from './catalog-follower.js';
import { pause, systemClock, type Clock } from './clock.port.js';
import { createScrub, messageOf, nameOf, type Scrub } from './describe-error.js';
import type { Role } from './role.js';
import { silentLogger, type RuntimeLogger } from './runtime-logger.port.js';
import type { AttemptNote, RuntimeParts } from './runtime-parts.js';
import type { TaskSource } from './task-source.port.js';

export interface AgentRuntimeOptions {
  readonly role: Role;
  readonly log: EventLog;
  /** Provisioned for the role's agent before `start`. Absent: work comes through `handle`, from a transport. */
  readonly claims?: WorkClaim;
  readonly tasks: TaskSource;
  /** Of somebody in this process who follows the log anyway; absent: the runtime follows its agent's attempts itself. */
  readonly watch?: WatchCommits;
  readonly artifacts: ArtifactStore;
  /** Name of this worker, unique among those of its agent. */
  readonly worker: string;
  /** Attempts at a time. */
  readonly concurrency: number;
  readonly leaseMs: number;
  readonly clock?: Clock;
  readonly newId?: () => string;
  readonly logger?: RuntimeLogger;
  /** Takes secrets out of texts on their way to the log; the default knows those of the environment. */
  readonly scrub?: Scrub;
  /** Whether CardStepped{verifying} is recorded; default true. */
  readonly stepEvents?: boolean;
  /**
   * `started-first` (default): CardStarted is in the log before the role is called. `with-end`: CardStarted goes out with the
   * attempt's end, one append less; only for roles without paid calls or outside effects (DESIGN §4).
   */
  readonly announce?: 'started-first' | 'with-end';
  readonly onNote?: (note: AttemptNote) => void;
}

/**
 * An agent's living part: runs attempts, reports. Owns its follower, its runs and, with claims, the loop that takes work; the log,
 * the claims and the store belong to whoever composed it.
 *
 * 1. A run leaves `runs` when it has answered, whatever happened in it.
 * 2. `stop` ends in bounded time, and calling it again is the same stop. With a transport, that one is closed first.
 */
type State =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running';
      readonly loop: WorkLoop | undefined;
      readonly following: Following;
    }
  | { readonly kind: 'stopping'; readonly done: Promise<void> };

export interface AgentRuntime {
  /** Begins to follow the attempts and, with claims, to take work. @throws Error when started before. */
  start(): Promise<void>;
  /** Works off one piece, and answers what is to become of it. Never rejects. `nearlyDone` is called when only the log has to take its end. */
  handle(work: Work, signal: AnySignal, nearlyDone?: () => void): Promise<WorkAnswer>;
  /** Takes no more, lets runs end for `graceMs`, hands back what is still open. */
  stop(options: { readonly graceMs: number }): Promise<void>;
  /** Attempts that run now. */
  readonly running: number;
}

const STOP_MS = 5_000;

/** Runs under way, by the lane of their attempt: each commit is shown to those that it may end. */
class Runs {
  private readonly byLane = new Map<Lane, AttemptRun[]>();
  size = 0;

  add(run: AttemptRun): void {
    this.size++;
    this.byLane.set(run.attemptLane, [...(this.byLane.get(run.attemptLane) ?? []), run]);
  }

  delete(run: AttemptRun): void {
    this.size--;
    const others = this.byLane.get(run.attemptLane)?.filter((other) => other !== run) ?? [];
    if (others.length > 0) this.byLane.set(run.attemptLane, others);
    else this.byLane.delete(run.attemptLane);
  }

  observe(commits: readonly LaneCommit[]): void {
    for (const commit of commits) for (const run of this.byLane.get(commit.lane) ?? []) run.observe(commit);
  }
}

class LivingAgent implements AgentRuntime {
  private state: State = { kind: 'idle' };
  private readonly runs = new Runs();

  constructor(
    private readonly parts: RuntimeParts,
    private readonly options: Pick<AgentRuntimeOptions, 'claims' | 'watch' | 'concurrency' | 'leaseMs'>,
  ) {}

  get running(): number {
    return this.state.kind === 'running' && this.state.loop ? this.state.loop.running : this.runs.size;
  }

  async start(): Promise<void> {
    const { role, worker, logger } = this.parts;
    if (this.state.kind !== 'idle') throw new Error(`agent ${role.agent}: started twice`);
    const following = await this.follow();
    this.state = { kind: 'running', loop: await this.takeWork(), following };
    logger.info({ agent_name: role.agent, worker, concurrency: this.options.concurrency }, 'agent started');
  }

  async handle(work: Work, signal: AnySignal, nearlyDone?: () => void): Promise<WorkAnswer> {
    const reading = assignmentOf(work, this.parts.role.agent);
    if (reading.kind !== 'assignment') return this.putAside(work, reading);
    const run = new AttemptRun(this.parts, reading.assignment);
    this.runs.add(run);
    const answer = await run.run(signal, nearlyDone);
    this.runs.delete(run); // invariant 1
    return answer;
  }

  stop({ graceMs }: { readonly graceMs: number }): Promise<void> {
    if (this.state.kind === 'stopping') return this.state.done;
    const done = this.state.kind === 'idle' ? Promise.resolve() : this.shutDown(this.state, graceMs);
    this.state = { kind: 'stopping', done };
    return done;
  }

  /** Invariant 2. */
  private async shutDown(was: Extract<State, { kind: 'running' }>, graceMs: number): Promise<void> {
    await was.loop?.close({ graceMs });
    await Promise.race([was.following.stop(), pause(this.parts.clock, STOP_MS)]);
    this.parts.logger.info({ agent_name: this.parts.role.agent, left: this.runs.size }, 'agent stopped');
  }

  private async follow(): Promise<Following> {
    const { log, role, clock, logger } = this.parts;
    const onCommits = (commits: readonly LaneCommit[]): void => this.runs.observe(commits);
    const { watch } = this.options;
    if (watch) {
      const unwatch = watch(onCommits);
      return { stop: async () => unwatch() };
    }
    const filter = { agent: role.agent, kind: 'attempt' as const };
    return followAttempts({ log, filter, after: await log.head(), clock, logger, onCommits });
  }

  private async takeWork(): Promise<WorkLoop | undefined> {
    const { claims, concurrency, leaseMs } = this.options;
    const { role, worker, clock, logger } = this.parts;
    if (claims === undefined) return undefined;
    return WorkLoop.open({
      ...{ claims, concurrency, leaseMs, worker, agent: role.agent },
      handle: (work, signal, nearlyDone) => this.handle(work, signal, nearlyDone),
      timer: (ms, call) => clock.after(ms, call),
      trouble: (what, error) =>
        logger.error({ agent_name: role.agent, 'err.type': nameOf(error) }, `${what}: ${messageOf(error)}`),
    });
  }

  private putAside({ commit }: Work, { kind, reason }: Exclude<Reading, { kind: 'assignment' }>): WorkAnswer {
    const fields = { agent_name: this.parts.role.agent, position: commit.position };
    this.parts.logger.warn(fields, `work put aside: ${reason}`);
    return kind === 'unreadable' ? WorkAnswer.forNewer : WorkAnswer.done;
  }
}

/**
 * The runtime that all agent owners share: claim → execute → verify → evaluate → report.
 * @throws Error for an agent without an owner's row, and for numbers that make no sense
 */
export const createAgentRuntime = (options: AgentRuntimeOptions): AgentRuntime => {
  const owner = ownerOf(options.role.agent);
  if (!owner)
    throw new Error(
      `agent ${options.role.agent} is not in AGENT_OWNERS (libs/contracts/src/agents.ts): add its row first`,
    );
  if (!(options.concurrency >= 1))
    throw new Error(`agent ${options.role.agent}: concurrency must be at least 1, not ${options.concurrency}`);
  if (!(options.leaseMs >= 30))
    throw new Error(`agent ${options.role.agent}: leaseMs must be at least 30, not ${options.leaseMs}`);
  return new LivingAgent(partsOf(options, owner.folder), options);
};

const partsOf = (options: AgentRuntimeOptions, folder: string): RuntimeParts => {
  const { role, log, tasks, artifacts, worker } = options;
  return {
    ...{ role, folder, log, tasks, artifacts, worker },
    clock: options.clock ?? systemClock,
    newId: options.newId ?? randomUUID,
    logger: options.logger ?? silentLogger,
    scrub: options.scrub ?? createScrub(process.env),
    stepEvents: options.stepEvents ?? true,
    announce: options.announce ?? 'started-first',
    note: options.onNote ?? ((): void => undefined),
  };
};
