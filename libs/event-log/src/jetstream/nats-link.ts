/**
 * The one connection of a process to NATS. Owns: the connection, whether it is up, who wants to know. Doesn't own: what is sent.
 *
 * Invariants:
 * 1. While it is down nothing is handed to the client: what the client buffers is thrown away when it connects again, and nobody would know.
 * 2. It connects again for ever, until closed; `onUp` is told after each time, when subscriptions are in place.
 */
import { connect, errors, type NatsConnection, type Status } from '@nats-io/transport-node';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { setTimeout as delay } from 'node:timers/promises';
import { EventLogError } from '../errors.js';
import { messageOf } from '../error-facts.js';
import type { NatsAccess } from './nats-access.js';
import { Outbox, type Outgoing } from './outbox.js';
import { isNoResponders, SERVER_CODE, serverCodeOf } from './server-codes.js';

/** Told of what happens to the connection: for logs and metrics. */
export interface LinkObserver {
  down?(server: string): void;
  up?(server: string): void;
  /** The server refuses what we published or subscribed to. */
  violation?(subject: string, operation: 'publish' | 'subscription'): void;
}

export interface LinkOptions {
  readonly access: NatsAccess;
  /** Shown in the server's list of connections. */
  readonly name: string;
  /** How long the first connection is tried, in ms. */
  readonly connectMs: number;
  readonly observer?: LinkObserver;
}

const RECONNECT_MS = 100;
const PING_MS = 5_000;
const API_MS = 5_000;
const DRAIN_MS = 2_000;

type Violation = (subject: string) => void;

export class NatsLink {
  private up = true;
  private closing: Promise<void> | undefined;
  private readonly ups = new Set<() => void>();
  private readonly downs = new Set<() => void>();
  private readonly violations = new Set<Violation>();
  private readonly outbox = new Outbox((message) => this.publish(message));

  private constructor(
    readonly nc: NatsConnection,
    readonly jsm: JetStreamManager,
    private readonly observer: LinkObserver,
  ) {
    void this.watch();
  }

  /** @throws EventLogError `unreachable`, `access-refused` or `no-jetstream`; the message names the servers, never a password. */
  static async open(options: LinkOptions): Promise<NatsLink> {
    const nc = await connected(options);
    try {
      const jsm = await jetstreamManager(nc, { checkAPI: false, timeout: API_MS });
      await requireJetStream(jsm, options);
      return new NatsLink(nc, jsm, options.observer ?? {});
    } catch (error) {
      await nc.close();
      throw error;
    }
  }

  get isUp(): boolean {
    return this.up && this.closing === undefined;
  }

  get isClosed(): boolean {
    return this.closing !== undefined;
  }

  /** Sends with what else this turn of the event loop has to say, or says that it can't (invariant 1). May be lost with the connection. */
  send(...message: Outgoing): boolean {
    if (!this.canSend) return false;
    this.outbox.put(message);
    return true;
  }

  /** Calls back each time the connection is there again; answers how to stop it. */
  onUp(callback: () => void): () => void {
    this.ups.add(callback);
    return () => void this.ups.delete(callback);
  }

  /** Calls back each time the connection is lost; answers how to stop it. */
  onDown(callback: () => void): () => void {
    this.downs.add(callback);
    return () => void this.downs.delete(callback);
  }

  /** Calls back with the subject of a publish that the server refuses us; answers how to stop it. */
  onViolation(callback: Violation): () => void {
    this.violations.add(callback);
    return () => void this.violations.delete(callback);
  }

  /** Sends what is left, within a bound, and lets go. Idempotent. */
  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private get canSend(): boolean {
    return this.up && !this.nc.isClosed();
  }

  /** Invariant 1, for what was said before the connection was lost. */
  private publish(message: Outgoing): void {
    if (this.canSend) this.nc.publish(...message);
  }

  private async end(): Promise<void> {
    this.outbox.flush();
    if (this.up)
      await Promise.race([this.nc.flush().catch(() => undefined), delay(DRAIN_MS, undefined, { ref: false })]);
    await this.nc.close();
  }

  private async watch(): Promise<void> {
    for await (const status of this.nc.status()) this.note(status);
  }

  private note(status: Status): void {
    if (status.type === 'disconnect') this.wentDown(status.server);
    if (status.type === 'reconnect') this.cameUp(status.server);
    if (status.type === 'error' && status.error instanceof errors.PermissionViolationError)
      this.refused(status.error.subject, status.error.operation);
  }

  private wentDown(server: string): void {
    this.up = false;
    this.observer.down?.(server);
    for (const callback of [...this.downs]) callback();
  }

  private cameUp(server: string): void {
    this.up = true;
    this.observer.up?.(server);
    for (const callback of [...this.ups]) callback();
  }

  private refused(subject: string, operation: 'publish' | 'subscription'): void {
    this.observer.violation?.(subject, operation);
    if (operation === 'publish') for (const callback of [...this.violations]) callback(subject);
  }
}

const connected = async (options: LinkOptions): Promise<NatsConnection> => {
  const end = performance.now() + options.connectMs;
  for (;;) {
    try {
      return await connect(connectionOptions(options));
    } catch (error) {
      if (isRefusal(error)) throw accessRefused(options.access, error);
      if (performance.now() + RECONNECT_MS > end) throw unreachable(options, error);
    }
    await delay(RECONNECT_MS);
  }
};

const connectionOptions = ({ access, name, connectMs }: LinkOptions): Parameters<typeof connect>[0] => ({
  servers: [...access.servers],
  name,
  timeout: Math.max(connectMs, RECONNECT_MS),
  maxReconnectAttempts: -1,
  reconnectTimeWait: RECONNECT_MS,
  reconnectJitter: RECONNECT_MS,
  pingInterval: PING_MS,
  maxPingOut: 2,
  ignoreAuthErrorAbort: true, // credentials may be exchanged on the server first
  ...(access.tls ? { tls: {} } : {}),
  ...(access.user === undefined ? {} : { user: access.user, pass: access.password ?? '' }),
  ...(access.token === undefined ? {} : { token: access.token }),
});

/**
 * The server had no answer to its greeting in time, because the way to it hangs. The client takes that for refused credentials, and only
 * the server's words tell them apart (2.9 to 2.15).
 */
const isHalfGreeted = (error: unknown): boolean =>
  error instanceof errors.AuthorizationError && /authentication timeout/i.test(error.message);

const isRefusal = (error: unknown): boolean =>
  !isHalfGreeted(error) &&
  (error instanceof errors.AuthorizationError || error instanceof errors.UserAuthenticationExpiredError);

const accessRefused = ({ servers }: NatsAccess, cause: unknown): EventLogError =>
  new EventLogError(
    'access-refused',
    `NATS at ${servers.join(', ')} does not accept these credentials: check user and password, or the token`,
    { cause },
  );

const unreachable = ({ access, connectMs }: LinkOptions, cause: unknown): EventLogError => {
  const servers = access.servers.join(', ');
  const what = isHalfGreeted(cause)
    ? `NATS at ${servers} is there, but hears nothing from us within ${connectMs} ms (${messageOf(cause)}): check what lies between`
    : `no NATS server answered at ${servers} within ${connectMs} ms (${messageOf(cause)}): check the address, and that the server runs`;
  return new EventLogError('unreachable', what, { cause });
};

const LACKS: ReadonlySet<number> = new Set([
  SERVER_CODE.jetStreamNotEnabled,
  SERVER_CODE.jetStreamNotEnabledForAccount,
]);
const STARTING_TRIES = 20;

/** A server that is starting says for a moment that it has no JetStream; one that is stopped says nothing. */
const requireJetStream = async (jsm: JetStreamManager, options: LinkOptions): Promise<void> => {
  const end = performance.now() + options.connectMs;
  for (let tries = STARTING_TRIES; ;) {
    try {
      await jsm.getAccountInfo();
      return;
    } catch (error) {
      if (isUnanswered(error)) {
        if (performance.now() > end) throw unreachable(options, error);
      } else if (!lacksJetStream(error)) throw error;
      else if (tries-- === 0) throw noJetStream(options.access, error);
    }
    await delay(RECONNECT_MS);
  }
};

const isUnanswered = (error: unknown): boolean =>
  error instanceof errors.TimeoutError || error instanceof errors.ClosedConnectionError;

const lacksJetStream = (error: unknown): boolean => LACKS.has(serverCodeOf(error) ?? 0) || isNoResponders(error);

const noJetStream = ({ servers }: NatsAccess, cause: unknown): EventLogError =>
  new EventLogError(
    'no-jetstream',
    `NATS at ${servers.join(', ')} has no JetStream for this account: start nats-server with -js, or enable jetstream for the account`,
    { cause },
  );
