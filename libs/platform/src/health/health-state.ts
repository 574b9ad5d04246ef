export interface HealthReport {
  /** The process itself works; never asks anything outside of it. */
  readonly live: boolean;
  /** Every part is ready to do its work. */
  readonly ready: boolean;
  readonly parts: Readonly<Record<string, { readonly ready: boolean; readonly detail: string }>>;
}

/** What a process knows of its own condition. Parts report; probes read. A part that hasn't reported yet isn't ready. */
export class HealthState {
  private readonly parts = new Map<string, { readonly ready: boolean; readonly detail: string }>();
  private stopping = false;

  /** Names what must be ready before the process is. */
  expect(...names: readonly string[]): void {
    for (const name of names)
      if (!this.parts.has(name)) this.parts.set(name, { ready: false, detail: 'has not reported yet' });
  }

  report(name: string, ready: boolean, detail = ''): void {
    this.parts.set(name, { ready, detail });
  }

  /** From now on not ready, whatever the parts say: nobody shall send work here. */
  beginStop(): void {
    this.stopping = true;
  }

  read(): HealthReport {
    const all = [...this.parts.values()].every((part) => part.ready);
    return { live: true, ready: all && !this.stopping, parts: Object.fromEntries(this.parts) };
  }
}
