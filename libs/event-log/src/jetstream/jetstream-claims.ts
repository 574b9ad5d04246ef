import type { AgentName, Position } from '@squados/contracts';
import { EventLogError } from '../errors.js';
import type { WorkClaim, WorkSource } from '../work-claim.port.js';
import type { KnownCommits } from './known-commits.js';
import type { NatsLink } from './nats-link.js';
import { provisionWork } from './provision-work.js';
import { WorkKeeper } from './work-keeper.js';
import { JetStreamWorkSource } from './work-source.js';

export interface ClaimOptions {
  /** How long the server waits for a sign of life of a process before it gives its work to another, in ms. */
  readonly ackWaitMs: number;
  readonly watchdogMs: number;
  /** How often the process that provisioned an agent looks whether its durable is still there, in ms. */
  readonly checkMs: number;
  readonly patienceMs: number;
  readonly known: KnownCommits;
  readonly trouble?: (agent: AgentName, what: string, error?: unknown) => void;
}

/**
 * Claims on the log's stream: one durable consumer per agent, shared by its workers. A lease is kept here, in the process that
 * holds the piece; the server's `ack_wait` covers the process, which shows signs of life while it holds something.
 */
export class JetStreamClaims implements WorkClaim {
  private readonly keepers = new Map<AgentName, WorkKeeper>();
  private readonly sources = new Set<JetStreamWorkSource>();
  private readonly closing = new AbortController();

  constructor(
    private readonly link: NatsLink,
    private readonly options: ClaimOptions,
  ) {}

  /** @throws EventLogError `unsafe-settings` for a durable that would lose work, `unreachable`, `closed` */
  async provision(agent: AgentName, after: Position): Promise<void> {
    this.requireOpen(agent);
    const { ackWaitMs, patienceMs, checkMs, trouble } = this.options;
    const wishes = { agent, after, ackWaitMs };
    const patience = { what: `the work of ${agent}`, ms: patienceMs, signal: this.closing.signal };
    await provisionWork(this.link, wishes, patience);
    if (this.keepers.has(agent) || this.closing.signal.aborted) return;
    const told = trouble && ((what: string, error?: unknown) => trouble(agent, what, error));
    this.keepers.set(agent, new WorkKeeper(this.link, { checkMs, wishes, ...(told ? { trouble: told } : {}) }));
  }

  async open({ agent, leaseMs }: Parameters<WorkClaim['open']>[0]): Promise<WorkSource> {
    if (!(leaseMs > 0)) throw new RangeError(`leaseMs must be above 0, not ${leaseMs}`);
    this.requireOpen(agent);
    const { watchdogMs, known } = this.options;
    const source = new JetStreamWorkSource(this.link, { agent, leaseMs, watchdogMs, known });
    this.sources.add(source);
    return source;
  }

  async close(): Promise<void> {
    this.closing.abort(closedClaims('their agents'));
    for (const keeper of this.keepers.values()) keeper.stop();
    const sources = [...this.sources];
    await Promise.all(sources.map((source) => source.close()));
    for (const source of sources) source.abandon();
    this.sources.clear();
  }

  private requireOpen(agent: AgentName): void {
    if (this.closing.signal.aborted) throw closedClaims(agent);
  }
}

const closedClaims = (agent: string): EventLogError =>
  new EventLogError('closed', `the claims were closed: no work for ${agent}; open the log again`);
