/** What the log says of a run, read without the board. */
import { START, type LaneCommit, type Sha256, type SquadEvent } from '@squados/contracts';
import type { EventLog } from '@squados/event-log';

export class FleetFacts {
  /** `<position>.<index>` of every event. */
  readonly keys: string[] = [];
  commits = 0;
  readonly cards = new Set<string>();
  completed = 0;
  /** Outcome → how many verdicts. */
  readonly verdicts = new Map<string, number>();
  /** `gate: outcome` → how many, of those that did not pass. */
  readonly doubts = new Map<string, number>();
  /** Who worked: `agent-backend/…`. */
  readonly writers = new Set<string>();
  /** Everything that was delivered. */
  readonly artifacts = new Set<Sha256>();

  static async of(log: EventLog): Promise<FleetFacts> {
    const facts = new FleetFacts();
    for await (const page of log.read({ after: START })) for (const commit of page) facts.add(commit);
    return facts;
  }

  private add({ position, events }: LaneCommit): void {
    this.commits++;
    for (const [index, event] of events.entries()) {
      this.keys.push(`${position}.${index}`);
      if (event.type !== 'Unknown') this.onEvent(event);
    }
  }

  private onEvent(event: SquadEvent): void {
    this.writers.add(event.source);
    if (event.type === 'CardsAdded') for (const { id } of event.data.cards) this.cards.add(id);
    if (event.type === 'VerdictRecorded') this.judged(event.data.verdict);
    if (event.type !== 'CardCompleted') return;
    this.completed++;
    for (const hash of Object.values(event.data.manifest)) this.artifacts.add(hash);
  }

  private judged({ gate, outcome }: { readonly gate: string; readonly outcome: string }): void {
    this.verdicts.set(outcome, (this.verdicts.get(outcome) ?? 0) + 1);
    const doubt = `${gate}: ${outcome}`;
    if (outcome !== 'pass') this.doubts.set(doubt, (this.doubts.get(doubt) ?? 0) + 1);
  }
}
