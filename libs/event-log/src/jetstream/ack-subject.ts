/** What the server says about a delivered message, in the subject that answers go to. */
export interface Delivered {
  /** Place in the stream. */
  readonly sequence: number;
  /** Place among everything this consumer delivered, redeliveries counted: a jump tells of a lost message. */
  readonly consumerSequence: number;
  /** 1 for the first delivery of this message. */
  readonly delivery: number;
  /** Messages that match and come after this one, at the time of sending. */
  readonly pending: number;
}

/** `$JS.ACK.<stream>.<consumer>.` before the numbers, or with domain and account since 2.8's second form. */
const SHORT = 9;
const NUMBERS_AT = { short: 4, long: 6 } as const;

/** Reads `$JS.ACK.…<delivery>.<sequence>.<consumer sequence>.<time>.<pending>[.<token>]`. Undefined for any other subject. */
export const parseAckSubject = (subject: string): Delivered | undefined => {
  if (!subject.startsWith('$JS.ACK.')) return undefined;
  const tokens = subject.split('.');
  const from = tokens.length <= SHORT ? NUMBERS_AT.short : NUMBERS_AT.long;
  const delivery = Number(tokens[from]);
  const sequence = Number(tokens[from + 1]);
  const consumerSequence = Number(tokens[from + 2]);
  const pending = Number(tokens[from + 4]);
  const areNumbers =
    Number.isSafeInteger(delivery) &&
    Number.isSafeInteger(sequence) &&
    Number.isSafeInteger(consumerSequence) &&
    Number.isSafeInteger(pending);
  return areNumbers ? { sequence, consumerSequence, delivery, pending } : undefined;
};
