/** How a handler's time with a piece of work ended. */
export type Handling =
  /** It returned; what it answered says whether the work is done. */
  | { readonly kind: 'returned'; readonly answer: 'done' | 'settled' }
  | { readonly kind: 'threw' }
  /** No handler is registered for any event of the commit. */
  | { readonly kind: 'no-handler' }
  /** The transport stops, and the handler was told to. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'lease-lost' };

export type Settlement =
  | { readonly kind: 'ack' }
  | { readonly kind: 'nak'; readonly delayMs: number }
  /** Somebody else's by now, or settled by the handler: nothing is said. */
  | { readonly kind: 'leave' };

export interface Outcome {
  readonly handling: Handling;
  /** 1 for the first delivery of the work. */
  readonly delivery: number;
}

const BASE_MS = 500;
const CAP_MS = 30_000;

/** The one place that decides what the log is told about a piece of work. Never drops: what failed comes again, later each time. */
export const settlementOf = ({ handling, delivery }: Outcome): Settlement => {
  switch (handling.kind) {
    case 'returned':
      return handling.answer === 'done' ? { kind: 'ack' } : { kind: 'leave' };
    case 'threw':
      return { kind: 'nak', delayMs: Math.min(CAP_MS, BASE_MS * 2 ** Math.min(delivery - 1, 16)) };
    case 'no-handler':
      return { kind: 'nak', delayMs: CAP_MS }; // a newer build may have one
    case 'stopped':
      return { kind: 'nak', delayMs: 0 };
    case 'lease-lost':
      return { kind: 'leave' };
  }
};
