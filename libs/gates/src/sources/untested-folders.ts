import type { Finding } from '@squados/contracts';

interface Layout {
  /** Matches a source or test file, and captures the folder that has to hold a test. */
  readonly folder: RegExp;
  readonly test: RegExp;
}

/**
 * Folders with code and no test at all. A share over everything would not miss them: what is around is covered well, and a good part of
 * a folder is reached from outside it.
 */
export const untestedFolders = (files: ReadonlyMap<string, string>, { folder, test }: Layout): readonly Finding[] => {
  const tested = new Map<string, boolean>();
  for (const path of files.keys()) {
    const at = folder.exec(path)?.[1];
    if (at !== undefined) tested.set(at, tested.get(at) === true || test.test(path));
  }
  return [...tested]
    .filter(([, isTested]) => !isTested)
    .map(([path]) => ({
      path,
      rule: 'untested',
      severity: 'error',
      message: `${path} has code and no tests: write them`,
    }));
};
