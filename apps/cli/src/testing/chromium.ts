import { createToolchains } from '@squados/gates/toolchains';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export { chromium, type Browser, type Page } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return existsSync(file);
  } catch {
    return false;
  }
};

/** A Chromium of this machine: `squados setup browser`'s, else the system's; undefined when there is none. */
export const findChromium = async (): Promise<string | undefined> => {
  const found = await createToolchains().find('browser');
  const own = found.kind === 'there' ? found.toolchain.program('chromium') : undefined;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return own ?? folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isProgram);
};
