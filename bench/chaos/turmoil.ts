/** What happens while the faults last: faults by the seed, cards that never run out, and people who pause and go on. */
import { setTimeout as delay } from 'node:timers/promises';
import { generator } from '../kills/seeded.js';
import type { ChaosPlan } from './chaos-plan.js';
import { faultsOf } from './faults.js';
import type { FeedWatch } from './feed-watch.js';
import type { Fleet } from './fleet.js';
import type { Injector } from './inject.js';
import { aLook, quiet } from './waiting.js';
import type { Writer } from './writer.js';

export interface TurmoilParts {
  readonly plan: ChaosPlan;
  readonly fleet: Fleet;
  readonly injector: Injector;
  readonly writer: Writer;
  readonly watches: readonly FeedWatch[];
}

const BETWEEN_COMMANDS_MS = [8_000, 20_000] as const;
const PAUSED_MS = 1_500;

export class Turmoil {
  /** Pauses and resumptions that a gateway carried out. */
  commands = 0;

  constructor(private readonly parts: TurmoilParts) {}

  /** Everything side by side, until the plan's time is over. @throws the signal's reason */
  async last(signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    const end = setTimeout(() => over.abort(), this.parts.plan.forMs);
    const unlink = (): void => over.abort();
    signal.addEventListener('abort', unlink, { once: true });
    const parts = [this.throwFaults(over.signal), this.keepBusy(over.signal), this.interfere(over.signal)];
    await Promise.all(parts).finally(() => {
      clearTimeout(end);
      signal.removeEventListener('abort', unlink);
    });
    signal.throwIfAborted();
  }

  private async throwFaults(over: AbortSignal): Promise<void> {
    const { plan, fleet, injector } = this.parts;
    const { seed, agents, choices, paceMs } = plan;
    const targets = {
      agents,
      members: fleet.members.map(({ name }) => name),
      workers: fleet.of('agent').map(({ name }) => name),
    };
    for (const { afterMs, fault } of faultsOf(seed, targets, { choices, paceMs })) {
      await quiet(afterMs, over);
      if (over.aborted) return;
      injector.inject(fault);
    }
  }

  private async keepBusy(over: AbortSignal): Promise<void> {
    const { plan, writer } = this.parts;
    while (!over.aborted) {
      if (writer.open.length < plan.slice / 2) await writer.addCards().catch(() => undefined); // the log is away: later
      await aLook(over);
    }
  }

  /** People pause and go on, each time through any gateway that answers. */
  private async interfere(over: AbortSignal): Promise<void> {
    const { plan, watches } = this.parts;
    const draw = generator(plan.seed + 1);
    const [least, most] = BETWEEN_COMMANDS_MS;
    const through = (): FeedWatch | undefined => watches[Math.floor(draw() * watches.length)];
    while (!over.aborted) {
      await quiet(least + draw() * (most - least), over);
      if (over.aborted || !(await through()?.command({ type: 'PauseProject', now: draw() < 0.3, reason: 'chaos' })))
        continue;
      this.commands++;
      await delay(PAUSED_MS);
      while (!over.aborted && !(await through()?.command({ type: 'ResumeProject', reason: 'chaos' })))
        await aLook(over);
      this.commands++;
    }
  }
}
