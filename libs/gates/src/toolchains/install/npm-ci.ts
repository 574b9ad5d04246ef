import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npmCommand } from './npm-command.js';
import type { Workshop } from './recipe.js';

const FILES = ['package.json', 'package-lock.json', '.npmrc'] as const;

/** Fetches a lock file's packages into the install's folder; no package may run a script of its own. */
export const npmCi = async (workshop: Workshop): Promise<void> => {
  const { folder, pinned } = workshop;
  for (const file of FILES) await copyFile(join(pinned.folder, file), join(folder, file));
  await workshop.run({
    title: 'npm ci: fetching the pinned packages',
    command: [...npmCommand(workshop.env), 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
  });
};
