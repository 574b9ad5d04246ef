import type { RoleTools, Task } from '@squados/agent-runtime';
import type { Sandbox } from '../sandbox/index.js';
import type { Toolchains } from '../toolchains/index.js';
import { checkE2e } from './e2e/check-e2e.js';
import { checkEvidence } from './evidence-check.js';
import { isDue, QA_GATES, type QaChecks, type QaGateName, type QaResult } from './qa-result.js';
import { checkSecurity } from './security/check-security.js';
import { readSubject, type Subject } from './subject.js';

export interface QaCheckOptions {
  readonly sandbox: Sandbox;
  readonly toolchains: Toolchains;
}

/** Attempts whose results are remembered; more than run at a time. */
const REMEMBERED = 64;

/** Runs each attempt's checks once: keyed by project, card and attempt, for as long as the attempt can ask. */
export const createQaChecks = (options: QaCheckOptions): QaChecks => {
  const runs = new Map<string, Promise<readonly QaResult[]>>();
  return {
    run(task, tools) {
      const key = JSON.stringify([task.project.id, task.card.id, task.attempt]);
      const known = runs.get(key) ?? runAll(task, tools, options);
      runs.delete(key);
      runs.set(key, known);
      for (const old of [...runs.keys()].slice(0, -REMEMBERED)) runs.delete(old);
      known.catch(() => runs.delete(key));
      return known;
    },
  };
};

const runAll = async (task: Task, tools: RoleTools, options: QaCheckOptions): Promise<readonly QaResult[]> => {
  const subject = await readSubject({ task, tools });
  const results: QaResult[] = [];
  for (const gate of QA_GATES.filter((name) => isDue(name, task))) {
    tools.note(gate);
    results.push(await runOne(gate, { task, tools, subject, options }));
  }
  return results;
};

interface Run {
  readonly task: Task;
  readonly tools: RoleTools;
  readonly subject: Subject;
  readonly options: QaCheckOptions;
}

const runOne = async (gate: QaGateName, { task, tools, subject, options }: Run): Promise<QaResult> => {
  if (gate === 'security') return checkSecurity(subject, { ...options, signal: tools.signal });
  if (gate === 'e2e') return checkE2e(subject, { ...options, task, tools });
  return checkEvidence(gate, subject);
};
