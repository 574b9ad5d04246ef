import type { Gate } from '@squados/agent-runtime';
import { isDue, QA_GATES, type QaChecks, type QaGateName } from './qa-result.js';

/** The six gates of the quality owner; report and verdicts speak of the same run. */
export const createQaGates = ({ checks }: { readonly checks: QaChecks }): readonly Gate[] =>
  QA_GATES.map((name) => gateOf(name, checks));

const gateOf = (name: QaGateName, checks: QaChecks): Gate => ({
  name: `qa-${name}`,
  applies: (task) => (isDue(name, task) ? 'required' : 'none'),
  async run({ task, tools }) {
    const result = (await checks.run(task, tools)).find((one) => one.gate === name);
    if (!result) throw new Error(`the checks gave no result for ${name}`);
    return result.blames.length > 0 ? { ...result.verdict, blames: result.blames } : result.verdict;
  },
});
