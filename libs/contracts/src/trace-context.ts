/** A UUID drawn at random, in one piece: 122 random bits, never all zero. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

// Places instead of groups: every event of an attempt comes through here, and a match that is kept in pieces costs twice as much.
const hexOf = (uuid: string): string | undefined =>
  UUID.test(uuid)
    ? uuid.slice(0, 8) + uuid.slice(9, 13) + uuid.slice(14, 18) + uuid.slice(19, 23) + uuid.slice(24)
    : undefined;

/**
 * W3C `traceparent` of the event with this id: it goes on with the trace of the one that caused it, else begins its own. Trace and
 * span are made of the events' ids, so that an append that is repeated repeats them, and nothing more has to be drawn. Undefined for
 * an id that is no UUID.
 */
export const traceparentOf = (id: string, cause?: string): string | undefined => {
  const own = hexOf(id);
  if (own === undefined) return undefined;
  return `00-${traceIdOf(cause) ?? own}-${own.slice(16)}-01`;
};

/** The trace that a `traceparent` belongs to; undefined for what is none. */
export const traceIdOf = (traceparent: string | undefined): string | undefined =>
  traceparent !== undefined && TRACEPARENT.test(traceparent) ? traceparent.slice(3, 35) : undefined;
