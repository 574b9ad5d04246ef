import type { Gateway } from '@squados/portal-gateway';
import type { CliContext } from '../cli-context.js';
import type { PageOptions } from '../solo/page.js';
import { openBrowser } from '../terminal/open-browser.js';
import type { RunReporter } from '../views/run-reporter.js';
import { actorOf } from './actor.js';
import { pageIntake } from './page-intake.js';
import { portOf, type RunOptions } from './run-options.js';

/** A page unless the command ends by itself, or as it was asked. @throws CliError for what is no port. */
export const pageOf = (context: CliContext, options: RunOptions): { readonly page?: PageOptions } => {
  const port = portOf(options.port);
  if (!(options.page ?? options.exit !== true)) return {};
  const actor = actorOf(context.env);
  const intake: PageOptions['intake'] = (target) => pageIntake(target, { options, by: actor, env: context.env });
  return { page: { actor, intake, ...(port === undefined ? {} : { port }) } };
};

/** Prints the link, and opens the browser for whoever sits at a desktop. */
export const tellPage = (context: CliContext, page: Gateway, reporter: Pick<RunReporter, 'say'>): void => {
  const { palette } = context.terminal;
  if (page.isElsewhere) reporter.say(`the port is taken; the page is at ${page.port}`);
  reporter.say(`watch it here (opens once): ${palette.bold(page.link())}`);
  if (context.terminal.isTerminal) openBrowser(() => page.link(), context.env);
};
