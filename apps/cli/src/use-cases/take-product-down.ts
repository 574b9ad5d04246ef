import type { CliContext } from '../cli-context.js';
import { deployerOf, toolsHere } from '../solo/workshop.js';
import { findDataFolder } from './find-data-folder.js';

/** Stops the product of a folder, whoever started it; says so where nothing ran. */
export const takeProductDown = async (
  context: CliContext,
  options: { readonly data?: string; readonly json?: boolean },
): Promise<void> => {
  const folder = await findDataFolder(context, options.data);
  const deployer = deployerOf(folder.root, toolsHere());
  const running = await deployer.status();
  const stopped = await deployer.down();
  const words = stopped
    ? `stopped: ${running?.addresses.product ?? ''} (data stay in the folder)`
    : 'no product runs here';
  if (options.json) context.terminal.out(JSON.stringify({ stopped, product: running?.addresses.product ?? null }));
  else context.terminal.out(words);
};
