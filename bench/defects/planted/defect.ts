import type { Proposal } from '@squados/contracts';
import type { Part } from '../../authored/authored-project.js';

/** What an author hands over, open to be spoilt. */
export interface Work {
  readonly files: Map<string, string>;
  proposals: readonly Proposal[];
}

/** One defect: where it is planted, which gate has to stop it, and what that gate's words must hold. */
export interface Defect {
  readonly id: string;
  readonly part: Part;
  readonly title: string;
  readonly gate: string;
  readonly says: RegExp;
  plant(work: Work): void;
}

/** Replaces the first place of a text in a file. @throws when it is not there: then the defect would not be planted. */
export const edit =
  (path: string, from: string | RegExp, to: string) =>
  ({ files }: Pick<Work, 'files'>): void => {
    const text = files.get(path);
    if (text === undefined) throw new Error(`there is no ${path}`);
    const changed = text.replace(from, () => to);
    if (changed === text) throw new Error(`${path} does not hold ${String(from)}`);
    files.set(path, changed);
  };

/** The same in every file whose path fits; at least one has to hold it. */
export const editAll =
  (paths: RegExp, from: RegExp, to: string) =>
  ({ files }: Pick<Work, 'files'>): void => {
    const hit = [...files].filter(([path, text]) => paths.test(path) && text.search(from) >= 0);
    if (hit.length === 0) throw new Error(`no file ${String(paths)} holds ${String(from)}`);
    for (const [path, text] of hit)
      files.set(
        path,
        text.replace(from, () => to),
      );
  };

export const append =
  (path: string, more: string) =>
  ({ files }: Pick<Work, 'files'>): void => {
    const text = files.get(path);
    if (text === undefined) throw new Error(`there is no ${path}`);
    files.set(path, text + more);
  };

export const remove =
  (paths: RegExp) =>
  ({ files }: Pick<Work, 'files'>): void => {
    const hit = [...files.keys()].filter((path) => paths.test(path));
    if (hit.length === 0) throw new Error(`no file ${String(paths)}`);
    for (const path of hit) files.delete(path);
  };
