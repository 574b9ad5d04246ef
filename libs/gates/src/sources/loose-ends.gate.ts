import type { Gate, Task } from '@squados/agent-runtime';
import { count, reportOf } from '../pool/report.js';
import { unsoundFiles } from '../pool/soundness.js';
import { failEarly, ofReport } from '../pool/verdict-of.js';
import { isCode, looseEndsIn } from './source-rules.js';

const COMMAND =
  'read every source file: unfinished work, hedging in comments, secrets, swallowed errors, checks told to look away';

/** Sources are read, not run: needs no toolchain and never refers. */
const ISOLATION = { level: 0, by: 'sources are read, not run' } as const;

const writesCode = ({ card }: Task): boolean => card.agent === 'backend' || card.agent === 'frontend';

/** All that the cards say: an author may quote them. */
const saidBy = ({ cards }: Task): string =>
  cards
    .flatMap((card) => [card.title, card.description, ...card.acceptanceCriteria])
    .join('\n')
    .toLowerCase();

/** Holds the engineers to code that is finished, says what fails, and keeps no secret. */
export const createLooseEndsGate = (): Gate => ({
  name: 'loose-ends',
  applies: (task) => (writesCode(task) ? 'required' : 'none'),
  run: ({ task, files }) => {
    const told = { command: COMMAND, isolation: ISOLATION };
    const sources = [...files].filter(([path]) => isCode(path));
    const unsound = unsoundFiles(sources.map(([path, text]) => ({ path, text })));
    if (unsound.length > 0) return Promise.resolve(failEarly(told, reportOf('files read', unsound)));
    const quoted = saidBy(task);
    const findings = sources.flatMap(([path, text]) => looseEndsIn(path, text, quoted));
    return Promise.resolve(ofReport(told, reportOf(`${count(sources.length, 'source file')} read`, findings)));
  },
});
