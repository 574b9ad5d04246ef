/**
 * Publishes commits and collects the server's answers. Owns: one reply inbox for all, and what is not answered yet.
 * Doesn't own: the connection, what an answer means for the log.
 *
 * Invariants:
 * 1. What was published is in `waiting` until exactly one of: answer, refusal, abort, end of patience, close.
 * 2. Sending the same message again is harmless: its lane's expectation lets it in once. So everything that waits is sent again
 *    after each reconnect, and after RESEND_MS without an answer, in the order in which it came.
 */
import { createInbox, headers, type Msg, type MsgHdrs, type Subscription } from '@nats-io/transport-node';
import { LOG_STREAM, type Lane, type Revision } from '@squados/contracts';
import { EventLogError } from '../errors.js';
import { onAbort } from '../on-abort.js';
import type { NatsLink } from './nats-link.js';
import { noAnswer } from './patience.js';
import { isNotNow } from './server-codes.js';

export interface Message {
  readonly lane: Lane;
  readonly expected: Revision;
  readonly body: Uint8Array;
  /** Types of the events, for readers that need not decode all. */
  readonly types: string;
}

export type PublishAnswer =
  | { readonly kind: 'stored'; readonly sequence: number }
  | { readonly kind: 'refused'; readonly code: number; readonly description: string };

interface Waiting {
  readonly message: Message;
  readonly headers: MsgHdrs;
  readonly since: number;
  sentAt: number;
  /** The server's last word on it was that no stream takes it. */
  isUnheard: boolean;
  readonly resolve: (answer: PublishAnswer) => void;
  readonly reject: (error: unknown) => void;
}

const RESEND_MS = 2_000;
const SWEEP_MS = 250;
/** Server 2.9 to 2.15: no stream takes the subject, or JetStream is not ready. */
const NO_RESPONDERS = 503;

export class Publisher {
  private readonly waiting = new Map<string, Waiting>();
  private readonly inbox: string;
  private readonly subscription: Subscription;
  private readonly stops: readonly (() => void)[];
  private sweep: NodeJS.Timeout | undefined;
  private drained: (() => void) | undefined;
  private count = 0;

  /** `patienceMs`: how long a message waits for its answer, over all times it is sent. */
  constructor(
    private readonly link: NatsLink,
    private readonly patienceMs: number,
  ) {
    this.inbox = `${createInbox()}.`;
    this.subscription = link.nc.subscribe(`${this.inbox}*`, { callback: (_, answer) => this.answered(answer) });
    this.stops = [link.onUp(() => this.sendAll()), link.onViolation((subject) => this.forbidden(subject))];
  }

  /** @throws the signal's reason; EventLogError `unreachable`, `log-missing`, `access-refused` or `closed`: it may have been stored all the same */
  publish(message: Message, signal?: AbortSignal): Promise<PublishAnswer> {
    return new Promise((resolve, reject) => {
      const token = (this.count++).toString(36);
      const unlink = signal ? onAbort(signal, () => this.settle(token)?.reject(signal.reason)) : () => undefined;
      const now = performance.now();
      this.waiting.set(token, {
        message,
        headers: headersOf(message),
        since: now,
        sentAt: now,
        isUnheard: false,
        resolve: (answer) => (unlink(), resolve(answer)),
        reject: (error) => (unlink(), reject(error as Error)),
      });
      this.send(token);
      this.sweep ??= setInterval(() => this.sweepUp(), SWEEP_MS);
    });
  }

  /** Waits for the answers that are due, at most `boundMs`; whoever is still waiting then is told `closed`. */
  async close(boundMs: number): Promise<void> {
    if (this.waiting.size > 0) await this.untilDrained(boundMs);
    clearInterval(this.sweep);
    for (const stop of this.stops) stop();
    this.subscription.unsubscribe();
    for (const token of [...this.waiting.keys()]) this.settle(token)?.reject(cutOff());
  }

  private untilDrained(boundMs: number): Promise<void> {
    return new Promise((resolve) => {
      const bound = setTimeout(resolve, boundMs);
      this.drained = () => (clearTimeout(bound), resolve());
    });
  }

  private send(token: string): void {
    const entry = this.waiting.get(token);
    if (entry === undefined) return;
    entry.sentAt = performance.now();
    const { message } = entry;
    this.link.send(message.lane, message.body, { headers: entry.headers, reply: this.inbox + token });
  }

  private sendAll(): void {
    for (const token of [...this.waiting.keys()]) this.send(token);
  }

  private answered(answer: Msg): void {
    const token = answer.subject.slice(this.inbox.length);
    if (answer.headers?.code === NO_RESPONDERS) return this.unheard(token); // the sweep sends it again
    const parsed = parseAnswer(answer.data);
    if (parsed.kind === 'refused' && isNotNow(parsed.code)) return;
    this.settle(token)?.resolve(parsed);
  }

  private unheard(token: string): void {
    const entry = this.waiting.get(token);
    if (entry) entry.isUnheard = true;
  }

  private forbidden(subject: string): void {
    for (const [token, { message }] of [...this.waiting])
      if (message.lane === subject) this.settle(token)?.reject(notAllowed(subject));
  }

  /** Invariant 1: takes it out; undefined when somebody else did. */
  private settle(token: string): Waiting | undefined {
    const entry = this.waiting.get(token);
    this.waiting.delete(token);
    if (this.waiting.size === 0) this.idle();
    return entry;
  }

  private idle(): void {
    clearInterval(this.sweep);
    this.sweep = undefined;
    this.drained?.();
  }

  private sweepUp(): void {
    const now = performance.now();
    for (const [token, { since, sentAt, isUnheard }] of [...this.waiting]) {
      if (now - since > this.patienceMs)
        this.settle(token)?.reject(isUnheard ? noStream(this.patienceMs) : unanswered(this.patienceMs));
      else if (now - sentAt > RESEND_MS) this.send(token);
    }
  }
}

const headersOf = ({ expected, types }: Message): MsgHdrs => {
  const all = headers();
  all.set('Nats-Expected-Last-Subject-Sequence', String(expected));
  all.set('Squad-Types', types);
  return all;
};

const decoder = new TextDecoder();

const parseAnswer = (data: Uint8Array): PublishAnswer => {
  const { seq, error } = JSON.parse(decoder.decode(data)) as {
    readonly seq?: number;
    readonly error?: { readonly err_code?: number; readonly description?: string };
  };
  if (error === undefined && seq !== undefined) return { kind: 'stored', sequence: seq };
  return { kind: 'refused', code: error?.err_code ?? 0, description: error?.description ?? 'no reason given' };
};

const unanswered = (ms: number): EventLogError => noAnswer({ what: 'an append, which may be stored or not,', ms });

const noStream = (ms: number): EventLogError =>
  new EventLogError(
    'log-missing',
    `no stream took an append for ${ms} ms: ${LOG_STREAM} was deleted, or JetStream is off since the server's disk was full; look into the server's log, restore the stream, then append the same commit again`,
  );

const cutOff = (): EventLogError =>
  new EventLogError('closed', 'the log was closed before the server answered: the append may be stored or not');

const notAllowed = (subject: string): EventLogError =>
  new EventLogError(
    'access-refused',
    `NATS does not let this user publish to ${subject}: give its role the permission, or stop answering for others`,
  );
