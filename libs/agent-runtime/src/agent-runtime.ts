import { randomUUID } from 'node:crypto';
import type { ArtifactStore } from '@squados/artifacts';
import { ownerOf } from '@squados/contracts';
import type { EventLog, Work, WorkClaim, WorkSource } from '@squados/event-log';
import { assignmentOf } from './assignment-of.js';
import { followAttempts } from './attempt-follower.js';
import { AttemptRun } from './attempt-run.js';
import { pause, systemClock, type Clock } from './clock.port.js';
import { createScrub, messageOf, nameOf, type Scrub } from './describe-error.js';
import type { Role } from './role.js';
import { silentLogger, type RuntimeLogger } from './runtime-logger.port.js';
import type { AttemptNote, RuntimeParts } from './runtime-parts.js';
import type { TaskSource } from './task-source.port.js';

export interface AgentRuntimeOptions {
  readonly role: Role;
  readonly log: EventLog;
  /** Provisioned for the role's agent before `start`. */
  readonly claims: WorkClaim;
  readonly tasks: TaskSource;
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
 * An agent's living part: takes work, runs attempts, reports. Owns its work source, its follower and its runs; the log, the claims
 * and the store belong to whoever composed it.
 *
 * 1. Never more runs than `concurrency`; work is only taken for free slots.
 * 2. A run leaves `runs` when it is settled, whatever happened in it.
 * 3. After `stop` began nothing is taken; what a take under way still brings is handed back.
 * 4. `stop` ends in bounded time, and calling it again is the same stop.
 */
type State =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running';
      readonly source: WorkSource;
      readonly taking: AbortController;
      readonly following: AbortController;
      readonly loops: Promise<unknown>;
    }
  | { readonly kind: 'stopping'; readonly done: Promise<void> };

export interface AgentRuntime {
  /** Begins to take work. @throws Error when started before. */
  start(): Promise<void>;
  /** Takes no more, lets runs end for `graceMs`, hands back what is still open. */
  stop(options: { readonly graceMs: number }): Promise<void>;
  /** Attempts that run now. */
  readonly running: number;
}

const RETAKE_MS = 1_000;
const UNREADABLE_NAK_MS = 30_000;
/** After the grace: for recording the hand-backs. */
const RELEASE_MS = 5_000;

class PullingAgentRuntime implements AgentRuntime {
  private state: State = { kind: 'idle' };
  private readonly runs = new Map<AttemptRun, Promise<void>>();
  private slotFreed: () => void = () => undefined;

  constructor(
    private readonly parts: RuntimeParts,
    private readonly options: Pick<AgentRuntimeOptions, 'claims' | 'concurrency'>,
  ) {}

  get running(): number {
    return this.runs.size;
  }

  async start(): Promise<void> {
    if (this.state.kind !== 'idle') throw new Error(`agent ${this.parts.role.agent}: started twice`);
    const { log, role, worker, leaseMs, clock, logger } = this.parts;
    const after = await log.head();
    const source = await this.options.claims.open({ agent: role.agent, worker, leaseMs });
    const [taking, following] = [new AbortController(), new AbortController()];
    const onCommits: Parameters<typeof followAttempts>[0]['onCommits'] = (commits) => {
      for (const commit of commits) for (const run of this.runs.keys()) run.observe(commit);
    };
    const filter = { agent: role.agent, kind: 'attempt' as const };
    const follow = followAttempts({ log, filter, after, signal: following.signal, clock, logger, onCommits });
    this.state = {
      kind: 'running',
      source,
      taking,
      following,
      loops: Promise.all([follow, this.takeLoop(source, taking.signal)]),
    };
    logger.info({ agent_name: role.agent, worker, concurrency: this.options.concurrency }, 'agent started');
  }

  stop({ graceMs }: { readonly graceMs: number }): Promise<void> {
    if (this.state.kind === 'stopping') return this.state.done;
    const done = this.state.kind === 'idle' ? Promise.resolve() : this.shutDown(this.state, graceMs);
    this.state = { kind: 'stopping', done };
    return done;
  }

  private async shutDown(was: Extract<State, { kind: 'running' }>, graceMs: number): Promise<void> {
    was.taking.abort();
    this.slotFreed();
    await this.drained(graceMs);
    for (const run of this.runs.keys()) run.abort('stopping');
    await this.drained(RELEASE_MS);
    was.following.abort();
    await was.source.close();
    await Promise.race([was.loops, pause(this.parts.clock, RELEASE_MS)]);
    this.parts.logger.info({ agent_name: this.parts.role.agent, left: this.runs.size }, 'agent stopped');
  }

  private async drained(ms: number): Promise<void> {
    if (ms <= 0) return;
    const bound = new AbortController();
    await Promise.race([Promise.all(this.runs.values()), pause(this.parts.clock, ms, bound.signal)]);
    bound.abort();
  }

  private async takeLoop(source: WorkSource, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const free = this.options.concurrency - this.runs.size;
      if (free <= 0) await this.freeSlot();
      else if (!(await this.takeSome(source, free, signal))) return;
    }
  }

  /** False: the source is closed. */
  private async takeSome(source: WorkSource, free: number, signal: AbortSignal): Promise<boolean> {
    try {
      const works = await source.take(free, signal);
      for (const work of works) await this.assign(work, signal);
      return works.length > 0;
    } catch (error) {
      this.parts.logger.error(
        {
          agent_name: this.parts.role.agent,
          'err.type': nameOf(error),
        },
        `taking work failed, trying again: ${messageOf(error)}`,
      );
      await pause(this.parts.clock, RETAKE_MS, signal);
      return true;
    }
  }

  private async assign(work: Work, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return work.nak(0);
    const reading = assignmentOf(work, this.parts.role.agent);
    if (reading.kind === 'assignment') {
      this.launch(new AttemptRun(this.parts, reading.assignment));
      return;
    }
    this.parts.logger.warn(
      {
        agent_name: this.parts.role.agent,
        stream_seq: work.commit.position,
      },
      `work put aside: ${reading.reason}`,
    );
    await (reading.kind === 'unreadable' ? work.nak(UNREADABLE_NAK_MS) : work.ack());
  }

  /** Invariant 2. */
  private launch(run: AttemptRun): void {
    const ended = run.run().finally(() => {
      this.runs.delete(run);
      this.slotFreed();
    });
    this.runs.set(run, ended);
  }

  private freeSlot(): Promise<void> {
    return new Promise((resolve) => {
      this.slotFreed = resolve;
    });
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
  return new PullingAgentRuntime(partsOf(options, owner.folder), options);
};

const partsOf = (options: AgentRuntimeOptions, folder: string): RuntimeParts => {
  const { role, log, tasks, artifacts, worker, leaseMs } = options;
  return {
    ...{ role, folder, log, tasks, artifacts, worker, leaseMs },
    clock: options.clock ?? systemClock,
    newId: options.newId ?? randomUUID,
    logger: options.logger ?? silentLogger,
    scrub: options.scrub ?? createScrub(process.env),
    stepEvents: options.stepEvents ?? true,
    announce: options.announce ?? 'started-first',
    note: options.onNote ?? ((): void => undefined),
  };
};
