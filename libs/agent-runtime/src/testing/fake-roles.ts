import { agentName, type AgentName } from '@squados/contracts';
import type { Files, Gate, Role, RoleResult, RoleTools, Task } from '../role.js';

export const written = (
  files: Record<string, string> = {},
  more: Partial<Extract<RoleResult, { kind: 'written' }>> = {},
): RoleResult => ({
  kind: 'written',
  files: new Map(Object.entries(files)) as Files,
  proposals: [],
  assumptions: [],
  ...more,
});

/** Writes nothing, checks nothing: what a bench runs. */
export const noopRole = (agent: AgentName | string = 'product'): Role => {
  const nothing: RoleResult = written();
  return { agent: agentName(agent), author: 'none', write: () => Promise.resolve(nothing), gates: [] };
};

export interface ScriptedRole extends Role {
  /** Every call so far, in order. */
  readonly calls: { readonly task: Task; readonly tools: RoleTools }[];
}

/** A role whose author does what the test says. */
export const scriptedRole = (
  write: (task: Task, tools: RoleTools) => Promise<RoleResult> | RoleResult,
  gates: readonly Gate[] = [],
): ScriptedRole => {
  const calls: ScriptedRole['calls'] = [];
  return {
    agent: agentName('product'),
    author: 'scripted',
    gates,
    calls,
    write: async (task, tools) => {
      calls.push({ task, tools });
      return write(task, tools);
    },
  };
};

type Answer = Awaited<ReturnType<Gate['run']>>;

/** A gate with a fixed answer; what is left out is a pass that nobody looked at closely. */
export const scriptedGate = (
  name: string,
  answer: Partial<Answer> | ((input: Parameters<Gate['run']>[0]) => Promise<Answer>) = {},
  applies: ReturnType<Gate['applies']> = 'required',
): Gate => {
  const base: Answer = {
    outcome: 'pass',
    command: name,
    summary: `${name} looked`,
    isolation: { level: 0, by: 'none' },
  };
  return {
    name,
    applies: () => applies,
    run: (input) => (typeof answer === 'function' ? answer(input) : Promise.resolve({ ...base, ...answer })),
  };
};
