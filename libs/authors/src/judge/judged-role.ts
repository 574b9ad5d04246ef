import type { Rejected, Role, RoleResult, RoleTools, Task } from '@squados/agent-runtime';
import type { ClaudeRole } from '../claude/index.js';
import { createJudgeGate } from './judge-gate.js';

/** A Claude role whose work is judged after its gates; the judge's calls are on the attempt's account. */
export class JudgedRole implements Role {
  readonly author = 'claude';
  readonly gates: Role['gates'];

  constructor(
    private readonly role: ClaudeRole,
    scrub: (text: string) => string,
  ) {
    const deskOf = (task: Task) => role.workOf(task)?.desk;
    const authorOf = (task: Task) => role.workOf(task)?.model;
    const focusOf = (task: Task): readonly string[] => role.workOf(task)?.session.ownPaths ?? [];
    this.gates = [...role.gates, createJudgeGate({ deskOf, authorOf, focusOf, scrub })];
  }

  get agent(): Role['agent'] {
    return this.role.agent;
  }

  write(task: Task, tools: RoleTools): Promise<RoleResult> {
    return this.role.write(task, tools);
  }

  revise(task: Task, tools: RoleTools, rejected: Rejected): Promise<RoleResult | undefined> {
    return this.role.revise(task, tools, rejected);
  }
}
