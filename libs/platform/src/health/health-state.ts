export interface HealthReport {
  /** The process itself works; never asks anything outside of it. */
  readonly live: boolean;
  /** Every part has been ready at once, at least one time. */
  readonly started: boolean;
  /** Every part is ready to do its work, and nobody told the process to stop. */
  readonly ready: boolean;
  readonly stopping: boolean;
  readonly parts: Readonly<Record<string, { readonly ready: boolean; readonly detail: string }>>;
}

/** What a process knows of its own condition. Parts report; probes read. A part that hasn't reported yet isn't ready. */
export class HealthState {
  private readonly parts = new Map<string, { readonly ready: boolean; readonly detail: string }>();
  private started = false;
  private stopping = false;

  /** Names what must be ready before the process is. */
  expect(...names: readonly string[]): void {
    for (const name of names)
      if (!this.parts.has(name)) this.parts.set(name, { ready: false, detail: 'has not reported yet' });
  }

  report(name: string, ready: boolean, detail = ''): void {
    this.parts.set(name, { ready, detail });
    this.started ||= this.isWhole;
  }

  /** From now on not ready, whatever the parts say: nobody shall send work here. */
  beginStop(): void {
    this.stopping = true;
  }

  read(): HealthReport {
    const { started, stopping } = this;
    const ready = this.isWhole && !stopping;
    return { live: true, started, ready, stopping, parts: Object.fromEntries(this.parts) };
  }

  private get isWhole(): boolean {
    return [...this.parts.values()].every((part) => part.ready);
  }
}
