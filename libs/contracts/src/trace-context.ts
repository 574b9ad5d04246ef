/** A UUID drawn at random, in one piece: 122 random bits, never all zero. */
const UUID = /^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})$/;
const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

const hexOf = (uuid: string): string | undefined => UUID.exec(uuid)?.slice(1).join('');

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
  TRACEPARENT.exec(traceparent ?? '')?.[1];
