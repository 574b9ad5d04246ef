import type { CliContext } from '../cli-context.js';
import { askForLink } from '../solo/control.js';
import { findDataFolder } from './find-data-folder.js';

interface LinkOptions {
  readonly data?: string;
  readonly json?: boolean;
}

/** `squados link`: a new link to the page of whatever runs the folder. @throws CliError when nothing does. */
export const showLink = async (context: CliContext, options: LinkOptions): Promise<void> => {
  const folder = await findDataFolder(context, options.data);
  const url = await askForLink(folder);
  context.terminal.out(options.json ? JSON.stringify({ url }) : url);
};
