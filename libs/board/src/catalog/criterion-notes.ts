import { encodeToken, type CardSpec, type Sha256 } from '@squados/contracts';
import type { SeenAttempt } from './seen-attempt.js';

/** What was looked at for a criterion, by name and content. */
export interface CheckedArtifact {
  readonly path: string;
  readonly sha256: Sha256;
}

/** Texts that the table is read from, by hash: the cards' notes (`noteOf`). What can't be read counts as not there. */
export type NoteTexts = ReadonlyMap<Sha256, string>;

const NOTE = /^(?:engenharia\/(?:backend|frontend)|deploy|produto)\/cards\//;

/** Where an author wrote down by what each criterion of its card is held. */
export const noteIn = ({ id }: CardSpec, { manifest }: SeenAttempt): CheckedArtifact | undefined => {
  const own = `/${encodeToken(id)}.md`;
  const found = Object.entries(manifest).find(([path]) => NOTE.test(path) && path.endsWith(own));
  return found && { path: found[0], sha256: found[1] };
};

export const one = (text: string): string => text.replace(/\s+/gu, ' ').trim();
/** A line of Markdown as the text it shows. */
const shown = (line: string): string => one(line.replace(/\\([\\`*_[\]<>|~#])/g, '$1'));

/** What a note claims of a criterion: in words, by which gates (none named: the card's tests), over which files. */
export interface Claim {
  readonly how: string;
  readonly gates: readonly string[];
  readonly files: readonly string[];
}

const HELD = /^- \[x\] (.+)$/;
const FILE = /^- `([^`]+)`$/;
/** `… (`web-lint`, `src/features/books/`)` at the end of a line: the gate that looked, and at what. */
const BY = / \(((?:`[^`]+`(?:, )?)+)\)$/;
const isFile = (name: string): boolean => /[./]/.test(name);

/**
 * The note's line of this criterion: ``- [x] criterion – how it is held (`gate`, `file`)``. Where the line names no file, those that
 * the note lists count.
 */
export const claimOf = (criterion: string, note: string): Claim | undefined => {
  const lines = note.split('\n');
  const start = `${one(criterion)} – `;
  const line = lines.map((text) => shown(HELD.exec(text)?.[1] ?? '')).find((text) => text.startsWith(start));
  if (line === undefined) return undefined;
  const how = line.slice(start.length);
  const named = [...(BY.exec(how)?.[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
  const files = named.filter(isFile);
  return {
    how: how.replace(BY, ''),
    gates: named.filter((name) => !isFile(name)),
    files: files.length > 0 ? files : lines.flatMap((text) => FILE.exec(text)?.[1] ?? []),
  };
};
