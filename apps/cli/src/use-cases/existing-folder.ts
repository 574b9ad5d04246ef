import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { CliError } from '../cli-error.js';
import type { ProjectInput } from '../input/project-input.js';
import type { DataFolder } from '../solo/data-folder.js';
import { openReader } from '../solo/open-log.js';
import { firstProject, type ProjectAt } from '../views/project-of.js';
import { commandName } from '../terminal/command-name.js';
import { shellQuote } from '../views/shell-quote.js';
import { readFold } from './read-fold.js';

export type FolderState =
  /** Nothing is recorded there. */
  | { readonly kind: 'new' }
  /** The project stands, without a card: a crash came between the two appends of an import. */
  | { readonly kind: 'begun' }
  | { readonly kind: 'unfinished'; readonly at: ProjectAt }
  | { readonly kind: 'complete'; readonly at: ProjectAt };

/** What a folder holds of this input. @throws CliError when it holds another project. */
export const compareFolder = async (folder: DataFolder, input: ProjectInput): Promise<FolderState> => {
  if (!existsSync(folder.log)) return { kind: 'new' };
  const reader = await openReader(folder);
  try {
    const at = firstProject(await readFold(reader.log));
    if (at === undefined) return { kind: 'new' };
    if (!isSameInput(at, input)) throw another(folder, at);
    if (at.view.total === 0) return { kind: 'begun' };
    return { kind: at.view.status === 'completed' ? 'complete' : 'unfinished', at };
  } finally {
    await reader.close();
  }
};

const fingerprint = (documents: readonly { readonly sha256: string }[] | undefined): string =>
  (documents ?? [])
    .map((document) => document.sha256)
    .sort()
    .join(' ');

/** Whether a project was begun with just these documents. */
export const isSameInput = ({ record }: ProjectAt, input: ProjectInput): boolean =>
  fingerprint(record.started.source?.documents) === fingerprint(input.source.documents);

const another = (folder: DataFolder, at: ProjectAt): CliError =>
  new CliError(`${folder.root}: this folder holds another input (project ${at.view.id}: ${at.record.started.title})`, {
    code: 'other-project',
    remedy: [
      `continue that one: ${commandName()} up --data ${shellQuote(folder.root)}`,
      'or give this one a folder of its own with --data, or move the old one aside with --fresh',
    ],
  });

/** Never deletes: the folder gets the next free `.old-<n>`. Answers where it went; undefined when there was nothing. */
export const moveAside = async (folder: DataFolder): Promise<string | undefined> => {
  if (!existsSync(folder.root)) return undefined;
  for (let n = 1; ; n++) {
    const target = `${folder.root}.old-${n}`;
    if (existsSync(target)) continue;
    await rename(folder.root, target);
    return target;
  }
};
