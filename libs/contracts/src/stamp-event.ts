import { EVENT_VERSIONS, type DraftEvent, type SquadEvent } from './events.js';

/** What a draft lacks: drawn and read outside of the domain, once per event, and kept over retries of its append. */
export interface EventStamp {
  /** UUID. */
  readonly id: string;
  /** RFC 3339, UTC, milliseconds. */
  readonly time: string;
  /** Who writes it: `orchestrator`, `agent-product/<worker>`, `cli`, … */
  readonly source: string;
  /** The project's id, or `<project>/<card>`. */
  readonly subject: string;
  readonly correlationid?: string | undefined;
  readonly causationid?: string | undefined;
  readonly traceparent?: string | undefined;
}

/** Makes an event of a draft, in the type's current version. Pure: id and time come in. */
export const stampEvent = (draft: DraftEvent, stamp: EventStamp): SquadEvent => {
  const { id, source, subject, time, traceparent, correlationid, causationid } = stamp;
  return {
    specversion: '1.0',
    id,
    source,
    type: draft.type,
    version: EVENT_VERSIONS[draft.type],
    subject,
    time,
    data: draft.data,
    ...(traceparent !== undefined && { traceparent }),
    ...(correlationid !== undefined && { correlationid }),
    ...(causationid !== undefined && { causationid }),
  } as SquadEvent;
};
