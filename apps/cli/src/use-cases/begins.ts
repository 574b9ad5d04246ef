import { authorLine, authorOf, authorOfServices } from '../author/author-setup.js';
import type { CliContext } from '../cli-context.js';
import { CliError } from '../cli-error.js';
import type { ProjectInput } from '../input/project-input.js';
import { gatesHere } from '../solo/gates-here.js';
import { confirm } from '../terminal/confirm.js';
import { previewLines } from '../views/preview.js';
import type { RunOptions } from './run-options.js';

/** Services on servers have their own. */
const writerOf = ({ env }: CliContext, options: RunOptions): Parameters<typeof authorLine>[0] =>
  options.nats === undefined ? authorOf(env, options) : authorOfServices(env, options);

/** Shows what was found; true when the run shall begin. @throws CliError where nobody can be asked. */
export const begins = async (context: CliContext, input: ProjectInput, options: RunOptions): Promise<boolean> => {
  const { terminal } = context;
  if (!options.json) {
    terminal.err(authorLine(writerOf(context, options)));
    for (const line of previewLines(
      input,
      (await gatesHere()).map(({ name, says }) => `${name}: ${says}`),
      terminal.columns,
    ))
      terminal.err(line);
  }
  if (options.yes) return true;
  if (input.kind === 'backlog' && terminal.canAsk === false && input.leftOut.length === 0) return true;
  if (terminal.canAsk) return confirm('Begin?');
  throw new CliError('this is no terminal, so nobody can be asked whether to begin', {
    code: 'needs-yes',
    remedy: ['add --yes'],
  });
};
