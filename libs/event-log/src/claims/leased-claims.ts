import type { AgentName, Position } from '@squados/contracts';
import { EventLogError } from '../errors.js';
import type { EventLog } from '../event-log.port.js';
import type { WorkClaim, WorkSource } from '../work-claim.port.js';
import { AgentQueue } from './agent-queue.js';

/**
 * Claims in the memory of the process that owns the log: a dead process takes its leases with it. Provisioned again after a
 * restart, work that was settled before may be delivered once more; the attempt lane tells its worker so.
 */
export class LeasedClaims implements WorkClaim {
  private readonly queues = new Map<AgentName, AgentQueue>();
  private closed = false;

  constructor(private readonly log: Pick<EventLog, 'follow'>) {}

  async provision(agent: AgentName, after: Position): Promise<void> {
    this.queue(agent).start(after);
  }

  async open(options: Parameters<WorkClaim['open']>[0]): Promise<WorkSource> {
    if (!(options.leaseMs > 0)) throw new RangeError(`leaseMs must be above 0, not ${options.leaseMs}`);
    return new QueueSource(this.queue(options.agent), options.leaseMs);
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const queue of this.queues.values()) queue.close();
    this.queues.clear();
  }

  private queue(agent: AgentName): AgentQueue {
    if (this.closed)
      throw new EventLogError('closed', `the claims were closed: no work for ${agent}; open the log again`);
    const queue = this.queues.get(agent) ?? new AgentQueue(this.log, agent);
    this.queues.set(agent, queue);
    return queue;
  }
}

/** One worker's door to its agent's queue. What it took outlives it: until settled, or until the lease ends. */
class QueueSource implements WorkSource {
  private readonly closing = new AbortController();

  constructor(
    private readonly queue: AgentQueue,
    private readonly leaseMs: number,
  ) {}

  async take(max: number, signal: AbortSignal): ReturnType<WorkSource['take']> {
    if (!(max >= 1)) throw new RangeError(`take at least 1 piece of work, not ${max}`);
    return this.queue.take({ max, leaseMs: this.leaseMs }, [signal, this.closing.signal]);
  }

  async close(): Promise<void> {
    this.closing.abort();
  }
}
