import { attemptLane, parseLane, type LaneCommit, type SquadEvent, type SquadEventOf } from '@squados/contracts';

/** More than any process works on at a time; what was dropped without an end makes room here. */
const MOST = 1_024;

/** When the attempts in this process's hands were enqueued and started, by their own events' times. */
export class OpenAttempts {
  private readonly enqueuedAt = new Map<string, number>();
  private readonly startedAt = new Map<string, number>();

  taken({ lane, events }: LaneCommit): void {
    const at = parseLane(lane);
    const enqueued = events.findLast((event) => event.type === 'CardEnqueued');
    if (at?.kind !== 'decided' || enqueued === undefined) return;
    keep(this.enqueuedAt, attemptLane(at), Date.parse(enqueued.time));
  }

  /** Milliseconds that it waited; undefined when it was not taken here, or is taken over from another worker. */
  started(lane: string, event: SquadEventOf<'CardStarted'>): number | undefined {
    const [enqueued, started] = [this.enqueuedAt.get(lane), Date.parse(event.time)];
    this.enqueuedAt.delete(lane);
    keep(this.startedAt, lane, started);
    return enqueued === undefined || event.data.delivery > 1 ? undefined : Math.max(0, started - enqueued);
  }

  /** Milliseconds that it ran; undefined when it was not started here. */
  ended(lane: string, { time }: SquadEvent): number | undefined {
    const started = this.startedAt.get(lane);
    this.startedAt.delete(lane);
    return started === undefined ? undefined : Math.max(0, Date.parse(time) - started);
  }
}

const keep = (times: Map<string, number>, lane: string, ms: number): void => {
  times.delete(lane);
  times.set(lane, ms);
  const [oldest] = times.size > MOST ? times.keys() : [];
  if (oldest !== undefined) times.delete(oldest);
};
