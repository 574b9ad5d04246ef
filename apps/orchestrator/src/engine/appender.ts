import {
  parseLane,
  stampEvent,
  traceparentOf,
  type DraftEvent,
  type LaneAppend,
  type SquadEvent,
} from '@squados/contracts';
import type { AppendResult, EventLog } from '@squados/event-log';

export interface AppenderOptions {
  readonly log: Pick<EventLog, 'append'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Draws a UUID. */
  readonly newId: () => string;
  /** Who is named as the writer. */
  readonly source: string;
}

/** The project's id, or `<project>/<card>`: what the envelope's subject says to people. */
export const subjectOf = (lane: string): string => {
  const at = parseLane(lane);
  if (at === undefined) return lane;
  return at.kind === 'project' ? at.project : `${at.project}/${at.card}`;
};

/** Gives drafts their ids and times and appends them; the only door from a decision to the log. */
export class Appender {
  constructor(private readonly options: AppenderOptions) {}

  append(append: LaneAppend): Promise<AppendResult> {
    const subject = subjectOf(append.lane);
    const events = append.events.map((draft) => this.#stamp(draft, subject));
    return this.options.log.append({ lane: append.lane, expected: append.expected, events });
  }

  #stamp(draft: DraftEvent, subject: string): SquadEvent {
    const { now, newId, source } = this.options;
    const id = newId();
    const traceparent = draft.type === 'CardEnqueued' ? traceparentOf(id) : undefined; // each attempt is a trace
    return stampEvent(draft, { id, time: new Date(now()).toISOString(), source, subject, traceparent });
  }
}
