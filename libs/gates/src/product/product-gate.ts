import type { Gate, GateInput, Task } from '@squados/agent-runtime';
import { prefixOf } from '@squados/contracts';
import type { CheckReport } from '../pool/job.js';
import { ofReport } from '../pool/verdict-of.js';

const IN_PROCESS = { level: 0, by: 'read as text in this process; nothing was executed' } as const;

export interface ProductCheck {
  readonly name: string;
  readonly command: string;
  applies(task: Task): 'required' | 'advisory' | 'none';
  check(input: GateInput): CheckReport | Promise<CheckReport>;
}

/** A product gate: reads what was written and answers with what it found; it starts no process. */
export const productGate = ({ name, command, applies, check }: ProductCheck): Gate => ({
  name,
  applies,
  run: async (input) => ofReport({ command, isolation: IN_PROCESS }, await check(input)),
});

export const isProductCard = (task: Task): boolean => task.card.agent === 'product';
export const isEpic = (task: Task): boolean =>
  prefixOf(task.card.id) === 'EPIC' || task.card.type?.toLowerCase() === 'epic';
