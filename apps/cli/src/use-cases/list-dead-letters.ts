import { card } from '@squados/board';
import type { CliContext } from '../cli-context.js';
import { failureLines, failureOf } from '../views/first-failure.js';
import { commandName } from '../terminal/command-name.js';
import { shellQuote } from '../views/shell-quote.js';
import { readProject } from './with-reader.js';

/** Prints every dead letter with its failure; answers how many there are. */
export const listDeadLetters = async (
  context: CliContext,
  options: { readonly data?: string; readonly json?: boolean },
): Promise<number> => {
  const { fold, at, folder } = await readProject(context, options.data);
  const dead = [...at.record.cards.values()].filter(
    (record) => card(fold.board, at.view.id, record.spec.id)?.state === 'DEAD_LETTERED',
  );
  const failures = dead.map(failureOf);
  const { terminal } = context;
  if (options.json) terminal.out(JSON.stringify({ project: at.view.id, deadLetters: failures }, undefined, 2));
  else if (failures.length === 0) terminal.out('no dead letters');
  else {
    for (const failure of failures) for (const line of failureLines(failure, terminal.palette)) terminal.out(line);
    terminal.err(
      `\nanother try: ${commandName()} retry <card> --data ${shellQuote(folder.root)}   (or --dead for all ${failures.length})`,
    );
  }
  return failures.length;
};
