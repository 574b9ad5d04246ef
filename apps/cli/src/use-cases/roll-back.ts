import { reach } from '@squados/board';
import type { CliContext } from '../cli-context.js';
import { CliError } from '../cli-error.js';
import { EXIT } from '../exit-codes.js';
import { confirm } from '../terminal/confirm.js';
import { printable } from '../terminal/sanitize.js';
import { actorOf } from './actor.js';
import { requireCard } from './require-card.js';
import { submit } from './submit.js';
import { readProject } from './with-reader.js';
import type { PlaceOptions } from './place.js';

export interface RollBackOptions extends PlaceOptions {
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly reason: string;
}

/** Shows the reach, asks, records it with what was shown: should the reach differ by then, it is refused. */
export const rollBack = async (context: CliContext, id: string, options: RollBackOptions): Promise<void> => {
  const { folder, fold, at } = await readProject(context, options);
  const { id: card } = requireCard(fold, at, id);
  const shown = reach(fold.board, at.view.id, card);
  const { terminal } = context;
  if (!options.json) terminal.err(`goes back to the start: ${printable(shown.join(', '))}`);
  if (!options.yes && !(await agreed(context)))
    throw new CliError('not rolled back', { exitCode: EXIT.stopped, code: 'declined' });
  const by = actorOf(context.env);
  const result = await submit(folder, {
    type: 'RollBack',
    project: at.view.id,
    card,
    by,
    reason: options.reason,
    shown,
  });
  if (options.json) terminal.out(JSON.stringify({ project: at.view.id, reach: shown, ...result }, undefined, 2));
  else terminal.out(`rolled back ${shown.length} cards`);
};

const agreed = (context: CliContext): Promise<boolean> => {
  if (context.terminal.canAsk) return confirm('Roll back?');
  throw new CliError('this is no terminal, so nobody can be asked', { remedy: ['add --yes'], code: 'needs-yes' });
};
