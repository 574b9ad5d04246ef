import { ownerOf, parseLane, type LaneCommit, type SquadEvent } from '@squados/contracts';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { OpenAttempts } from './open-attempts.js';
import { ProjectionLag, type Batch } from './projection-lag.js';

/** What an event says of its card; the other types change no card's course. */
const OUTCOMES: Partial<Record<SquadEvent['type'], string>> = {
  CardEnqueued: 'enqueued',
  CardStarted: 'started',
  CardCompleted: 'completed',
  CardFailed: 'failed',
  CardReleased: 'released',
  RetryScheduled: 'retried',
  CardDeadLettered: 'dead_lettered',
  CardSkipped: 'skipped',
};
const ENDS: ReadonlySet<string> = new Set(['CardCompleted', 'CardFailed', 'CardReleased']);
const WAIT_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 15, 60, 300, 1_800];
const DURATION_BUCKETS = [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900, 3_600];
const MS = 1_000;

/** One commit that this process had recorded. */
export interface Recorded {
  readonly lane: string;
  readonly events: readonly SquadEvent[];
}

/** An agent that has no owner's row gets no label of its own: labels stay few, whatever stands in a log. */
const agentOf = (lane: string): string => {
  const at = parseLane(lane);
  return at === undefined || at.kind === 'project' ? 'none' : (ownerOf(at.agent)?.agent ?? 'other');
};

/**
 * Counts what this process records, takes and folds. An event is counted by the one process whose append recorded it, so the sum over
 * all services is the truth, with any number of stand-bys and gateways folding along. No card and no project is ever a label.
 */
export class CardMetrics {
  private readonly cards: Counter<'agent' | 'outcome'>;
  private readonly events: Counter<'type'>;
  private readonly deadLetters: Counter<'agent' | 'reason'>;
  private readonly conflicts: Counter;
  private readonly wait: Histogram<'agent'>;
  private readonly duration: Histogram<'agent' | 'outcome'>;
  private readonly open = new OpenAttempts();
  private readonly lag: ProjectionLag;

  constructor(
    private readonly registry: Registry,
    now: () => number,
  ) {
    const registers = [registry];
    const named = (name: string, help: string) => ({ name: `squados_${name}`, help, registers });
    this.cards = new Counter({
      ...named('cards_total', 'Steps of cards that this process recorded'),
      labelNames: ['agent', 'outcome'],
    });
    this.events = new Counter({
      ...named('events_appended_total', 'Events that this process recorded'),
      labelNames: ['type'],
    });
    this.deadLetters = new Counter({
      ...named('dead_letters_total', 'Cards that this process dead-lettered'),
      labelNames: ['agent', 'reason'],
    });
    this.conflicts = new Counter(named('append_conflicts_total', 'Appends that another writer was ahead of'));
    this.wait = new Histogram({
      ...named('card_queue_wait_seconds', 'From enqueued to started'),
      labelNames: ['agent'],
      buckets: WAIT_BUCKETS,
    });
    this.duration = new Histogram({
      ...named('card_duration_seconds', 'From started to the end of the attempt'),
      labelNames: ['agent', 'outcome'],
      buckets: DURATION_BUCKETS,
    });
    this.lag = new ProjectionLag(registry, now);
  }

  appended({ lane, events }: Recorded): void {
    const agent = agentOf(lane);
    for (const event of events) {
      this.events.inc({ type: event.type });
      const outcome = OUTCOMES[event.type];
      if (outcome === undefined) continue;
      this.cards.inc({ agent, outcome });
      if (event.type === 'CardDeadLettered') this.deadLetters.inc({ agent, reason: event.data.reason });
      if (event.type === 'CardStarted') this.observe(this.open.started(lane, event), { agent });
      if (ENDS.has(event.type)) this.observeEnd(this.open.ended(lane, event), { agent, outcome });
    }
  }

  conflicted(): void {
    this.conflicts.inc();
  }

  /** A piece of work came into the hands of this process. */
  taken(commit: LaneCommit): void {
    this.open.taken(commit);
  }

  delivered(batch: Batch): void {
    this.lag.delivered(batch);
  }

  folded(batch: Batch): void {
    this.lag.folded(batch);
  }

  /** 1 while this process is certain that it leads; read when somebody asks. */
  leads(read: () => boolean): void {
    this.gauge('leader', 'Whether this orchestrator acts', () => Number(read()));
  }

  /** Cards that lie in the dead letters now, by this process's fold; read when somebody asks. */
  lying(read: () => number): void {
    this.gauge('dead_letters', 'Cards that lie in the dead letters', read);
  }

  private gauge(name: string, help: string, read: () => number): void {
    const registers = [this.registry];
    new Gauge({
      ...{ name: `squados_${name}`, help, registers },
      collect() {
        this.set(read());
      },
    });
  }

  private observe(waitMs: number | undefined, labels: { readonly agent: string }): void {
    if (waitMs !== undefined) this.wait.observe(labels, waitMs / MS);
  }

  private observeEnd(ranMs: number | undefined, labels: { readonly agent: string; readonly outcome: string }): void {
    if (ranMs !== undefined) this.duration.observe(labels, ranMs / MS);
  }
}
