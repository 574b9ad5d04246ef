import type { KitFile } from '../kit-file.js';

export const appPreferences: KitFile = {
  path: 'src/app/preferences.ts',
  text: `/** What a person chose earlier, kept in this browser; undefined when nothing is kept or storage is blocked. */
export const readPreference = (name: string): string | undefined => {
  try {
    return window.localStorage.getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
};

/** Keeps a choice. In a browser that blocks storage it holds for this visit only. */
export const keepPreference = (name: string, value: string): boolean => {
  try {
    window.localStorage.setItem(name, value);
    return true;
  } catch {
    return false;
  }
};
`,
};
