import type { Gate, Role } from '@squados/agent-runtime';
import { noopRole, scriptedGate } from '@squados/agent-runtime/testing';
import { AGENT } from './graph.js';

/** An agent that writes nothing and whose one gate passes, and the pauses between its cards. */
export class WatchedRole {
  readonly role: Role;
  private endedAt: number | undefined;
  private gaps: number[] = [];

  constructor() {
    const idle = noopRole(AGENT);
    const gate: Gate = scriptedGate('bench');
    this.role = {
      ...idle,
      gates: [gate],
      write: async (task, tools) => {
        if (this.endedAt !== undefined) this.gaps.push(performance.now() - this.endedAt);
        const result = await idle.write(task, tools);
        this.endedAt = performance.now();
        return result;
      },
    };
  }

  /** Milliseconds from the end of one card's work to the beginning of the next one's; begins anew. */
  takeGaps(): readonly number[] {
    const taken = this.gaps;
    this.gaps = [];
    this.endedAt = undefined;
    return taken;
  }
}
