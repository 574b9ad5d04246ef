/**
 * A bell that one waiter hangs up. Ringing it while nobody waits is remembered until `hush`, so that the order
 * "hush, look, wait" can't miss what arrives between the look and the wait.
 */
export class Bell {
  private rung = false;
  private wake: (() => void) | undefined;

  readonly ring = (): void => {
    this.rung = true;
    this.wake?.();
  };

  hush(): void {
    this.rung = false;
  }

  /** Resolves at the next ring; at once when it rang since the last `hush`. */
  wait(): Promise<void> {
    if (this.rung) return Promise.resolve();
    return new Promise((resolve) => {
      this.wake = () => {
        this.wake = undefined;
        resolve();
      };
    });
  }
}

/** All bells of one log: rung together when something was stored or the log closes. */
export class Belfry {
  private readonly bells = new Set<Bell>();

  hang(): Bell {
    const bell = new Bell();
    this.bells.add(bell);
    return bell;
  }

  takeDown(bell: Bell): void {
    this.bells.delete(bell);
  }

  ringAll(): void {
    for (const bell of this.bells) bell.ring();
  }
}
