/** What a handler says about the work it was given. */
export class WorkAnswer {
  private constructor(
    readonly kind: 'done' | 'left' | 'again' | 'later' | 'for-newer',
    readonly afterMs = 0,
  ) {}

  /** Over, however it ended. */
  static readonly done = new WorkAnswer('done');
  /** Somebody else's: nothing is said, and it comes again when its lease is over. */
  static readonly left = new WorkAnswer('left');
  /** To be handed out again, later each time. */
  static readonly later = new WorkAnswer('later');
  /** Only a newer build can tell what it is. */
  static readonly forNewer = new WorkAnswer('for-newer');
  /** To be handed out again after a while; 0: at once. */
  static again(afterMs: number): WorkAnswer {
    return new WorkAnswer('again', afterMs);
  }
}

/** How a handler's time with a piece of work ended. */
export type Handling =
  | { readonly kind: 'answered'; readonly answer: WorkAnswer }
  | { readonly kind: 'threw' }
  /** The loop stops, the handler was told to, and said nothing about the work. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'lease-lost' };

export type Settlement =
  | { readonly kind: 'ack' }
  | { readonly kind: 'nak'; readonly delayMs: number }
  /** Somebody else's by now: nothing is said. */
  | { readonly kind: 'leave' };

export interface Outcome {
  readonly handling: Handling;
  /** 1 for the first delivery of the work. */
  readonly delivery: number;
}

const BASE_MS = 500;
const CAP_MS = 30_000;
const MOST_DOUBLINGS = 16;

/** The one place that decides what the claims are told about a piece of work. Never drops: what failed comes again, later each time. */
export const settlementOf = ({ handling, delivery }: Outcome): Settlement => {
  switch (handling.kind) {
    case 'answered':
      return answered(handling.answer, delivery);
    case 'threw':
      return later(delivery);
    case 'stopped':
      return { kind: 'nak', delayMs: 0 };
    case 'lease-lost':
      return { kind: 'leave' };
  }
};

const answered = ({ kind, afterMs }: WorkAnswer, delivery: number): Settlement => {
  switch (kind) {
    case 'done':
      return { kind: 'ack' };
    case 'left':
      return { kind: 'leave' };
    case 'again':
      return { kind: 'nak', delayMs: afterMs };
    case 'later':
      return later(delivery);
    case 'for-newer':
      return { kind: 'nak', delayMs: CAP_MS };
  }
};

const later = (delivery: number): Settlement => ({
  kind: 'nak',
  delayMs: Math.min(CAP_MS, BASE_MS * 2 ** Math.min(delivery - 1, MOST_DOUBLINGS)),
});
