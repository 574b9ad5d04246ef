/**
 * Keeps the durable of one agent where it was provisioned. Owns: a timer, the last floor it saw. Doesn't own: the durable's settings.
 *
 * Invariants:
 * 1. A durable that was deleted is made again behind everything that was settled in order, as last seen: work may come once more, none is lost.
 * 2. One look at a time; none after `stop`.
 * 3. One that was altered so that it would lose work is told of at every look, and never counted by: its floor means nothing.
 */
import { position, type Position } from '@squados/contracts';
import type { NatsLink } from './nats-link.js';
import { findWork, provisionWork, requireSafeWork } from './provision-work.js';
import type { WorkWishes } from './work-settings.js';

export interface KeeperOptions {
  readonly checkMs: number;
  readonly wishes: WorkWishes;
  /** Told when the durable is gone and is made again, or cannot be. */
  readonly trouble?: (what: string, error?: unknown) => void;
}

export class WorkKeeper {
  private readonly timer: NodeJS.Timeout;
  private readonly stopping = new AbortController();
  private floor: Position;
  private looking = false;

  constructor(
    private readonly link: NatsLink,
    private readonly options: KeeperOptions,
  ) {
    this.floor = options.wishes.after;
    this.timer = setInterval(() => void this.look(), options.checkMs);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
    this.stopping.abort();
  }

  private async look(): Promise<void> {
    if (this.looking || !this.link.isUp) return;
    this.looking = true;
    try {
      await this.check();
    } catch (error) {
      if (!this.stopping.signal.aborted) this.options.trouble?.('its durable cannot be looked after', error);
    } finally {
      this.looking = false;
    }
  }

  private async check(): Promise<void> {
    const { wishes, checkMs, trouble } = this.options;
    const patience = { what: `the work of ${wishes.agent}`, ms: checkMs, signal: this.stopping.signal };
    const found = await findWork(this.link, wishes.agent, patience);
    if (found !== undefined) {
      requireSafeWork(found, wishes.agent);
      this.floor = position(Math.max(this.floor, found.ack_floor.stream_seq));
      return;
    }
    trouble?.(`its durable is gone: it is made again after position ${this.floor}`);
    await provisionWork(this.link, { ...wishes, after: this.floor }, patience);
  }
}
