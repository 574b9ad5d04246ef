import { createAgentRuntime, type AgentRuntime, type AgentRuntimeOptions } from './agent-runtime.js';
import type { Role } from './role.js';

/** What whoever mounts an agent gives it: everything but the role. */
export interface AgentServiceOptions extends Omit<AgentRuntimeOptions, 'role'> {
  /** How long a stop lets open attempts end before they are handed back. */
  readonly graceMs: number;
  /** Puts something over the role: another author, a judge. */
  readonly dress?: (role: Role) => Role;
}

/** A runtime whose grace is settled: what an application starts and stops. */
export interface AgentService {
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly handle: AgentRuntime['handle'];
  readonly running: AgentRuntime['running'];
}

export const agentService = (role: Role, { graceMs, dress, ...options }: AgentServiceOptions): AgentService => {
  const runtime = createAgentRuntime({ ...options, role: dress ? dress(role) : role });
  return {
    start: () => runtime.start(),
    stop: () => runtime.stop({ graceMs }),
    handle: (work, signal, nearlyDone) => runtime.handle(work, signal, nearlyDone),
    get running() {
      return runtime.running;
    },
  };
};
