/**
 * What tells somebody to stop, once. Its AbortSignal is made when it is asked for: a signal with a listener costs more than all else
 * that is held for a piece of work, and most work ends without anybody having looked at it.
 */
export class LateSignal {
  private readonly callbacks = new Set<() => void>();
  private controller: AbortController | undefined;
  private why: Error | undefined;

  /** Why it was aborted; undefined while it wasn't. */
  get reason(): Error | undefined {
    return this.why;
  }

  get aborted(): boolean {
    return this.why !== undefined;
  }

  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController();
      if (this.why !== undefined) this.controller.abort(this.why);
    }
    return this.controller.signal;
  }

  /** The first reason counts. */
  abort(reason: Error): void {
    if (this.why !== undefined) return;
    this.why = reason;
    this.controller?.abort(reason);
    for (const callback of [...this.callbacks]) callback();
  }

  /** As `onAbort` does for an AbortSignal. */
  onAbort(callback: () => void): () => void {
    if (this.why !== undefined) {
      callback();
      return () => undefined;
    }
    const once = (): void => {
      this.callbacks.delete(once);
      callback();
    };
    this.callbacks.add(once);
    return () => void this.callbacks.delete(once);
  }
}
