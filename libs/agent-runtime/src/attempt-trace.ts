import { traceIdOf, traceparentOf, type SquadEventOf } from '@squados/contracts';

/** The trace that an attempt belongs to; of a log from before traces were recorded, the same one that a new build would have drawn. */
export const traceOf = ({ id, traceparent }: SquadEventOf<'CardEnqueued'>): string | undefined =>
  traceparent ?? traceparentOf(id);

export const traceField = (enqueued: SquadEventOf<'CardEnqueued'>): { readonly trace_id?: string } => {
  const id = traceIdOf(traceOf(enqueued));
  return id === undefined ? {} : { trace_id: id };
};
