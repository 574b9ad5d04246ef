/**
 * A lease in a key-value bucket whose entries end by themselves. Owns: the bucket's one key while it leads, two timers. Doesn't own: the
 * connection.
 *
 * Invariants:
 * 1. `leads` counts from when the last renewal that the server confirmed was sent, by a clock that no adjustment moves. A process
 *    that was stopped for a minute wakes up knowing that it leads no more.
 * 2. SURE_MS is below the time that the server waits: by then nobody else can have the lease.
 * 3. Whenever `leads` turns true, `onGain` is told, also after a renewal that was late for this process and in time for the server: who
 *    found `leads` false meanwhile waits for it.
 * 4. One question to the server at a time. Calling `stop` twice is safe; it gives the lease back, so that another takes over at once.
 */
import { Kvm, type KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Leadership } from './leadership.port.js';

const BUCKET = 'squad-leader';
const KEY = 'orchestrator';
/** How long the server keeps a lease that is not renewed. */
const TTL_MS = 3_000;
const SURE_MS = 2_000;
const RENEW_MS = 1_000;
/** How often one that does not lead tries. */
const TRY_MS = 250;

type State =
  | { readonly kind: 'standing-by' }
  | { readonly kind: 'leading'; readonly revision: number; readonly renewedAt: number }
  | { readonly kind: 'stopped' };

export interface LeaseOptions {
  /** Written into the lease, for people. */
  readonly holder: string;
  readonly told: (leads: boolean) => void;
}

export class KvLease implements Leadership {
  private state: State = { kind: 'standing-by' };
  private readonly gains = new Set<() => void>();
  private timer: NodeJS.Timeout | undefined;
  private asking: Promise<void> = Promise.resolve();

  private constructor(
    private readonly kv: KV,
    private readonly options: LeaseOptions,
  ) {}

  /** Makes the bucket, or opens the one that is there, and begins to try. @throws what the server refused with */
  static async open(connection: NatsConnection, options: LeaseOptions): Promise<KvLease> {
    const kv = await new Kvm(connection).create(BUCKET, { ttl: TTL_MS, history: 1, description: 'SquadOS leader' });
    const lease = new KvLease(kv, options);
    lease.next(0);
    return lease;
  }

  /** Invariants 1 and 2. */
  get leads(): boolean {
    return this.state.kind === 'leading' && performance.now() - this.state.renewedAt < SURE_MS;
  }

  onGain(callback: () => void): void {
    this.gains.add(callback);
    if (this.leads) callback();
  }

  async stop(): Promise<void> {
    const was = this.state;
    this.state = { kind: 'stopped' };
    clearTimeout(this.timer);
    await this.asking;
    if (was.kind === 'leading') await this.kv.delete(KEY, { previousSeq: was.revision }).catch(() => undefined);
  }

  private next(ms: number): void {
    if (this.state.kind === 'stopped') return;
    this.timer = setTimeout(() => {
      this.asking = this.round();
    }, ms);
  }

  private async round(): Promise<void> {
    const sentAt = performance.now();
    try {
      const revision = await this.ask();
      this.held(revision, sentAt);
    } catch {
      this.lost();
    }
    this.next(this.state.kind === 'leading' ? RENEW_MS : TRY_MS);
  }

  /** `create` wins a lease that nobody has, `update` keeps the one that is ours; both fail when somebody else was there. */
  private ask(): Promise<number> {
    const { holder } = this.options;
    return this.state.kind === 'leading'
      ? this.kv.update(KEY, holder, this.state.revision)
      : this.kv.create(KEY, holder);
  }

  private held(revision: number, renewedAt: number): void {
    if (this.state.kind === 'stopped') return;
    const isNew = this.state.kind === 'standing-by';
    const wasSure = this.leads;
    this.state = { kind: 'leading', revision, renewedAt };
    if (isNew) this.options.told(true);
    if (!wasSure) for (const callback of this.gains) callback();
  }

  /** One failed renewal may be a lost answer; the lease is given up only when another may have it. */
  private lost(): void {
    if (this.state.kind !== 'leading' || performance.now() - this.state.renewedAt < TTL_MS) return;
    this.state = { kind: 'standing-by' };
    this.options.told(false);
  }
}
