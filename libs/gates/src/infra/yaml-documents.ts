import type { Finding } from '@squados/contracts';
import { LineCounter, parseAllDocuments, type Document } from 'yaml';
import type { TextFile } from '../pool/job.js';

export interface YamlFile {
  readonly path: string;
  readonly documents: readonly Document[];
  /** Counts from 1. */
  lineAt(offset: number): number;
}

export interface YamlRead {
  readonly file: YamlFile;
  readonly findings: readonly Finding[];
}

/** Aliases written out can blow up: a file with more of them than this is refused. */
const MAX_ALIASES = 50;

/** Every document of a YAML file, or where it stops being YAML. */
export const readYaml = ({ path, text }: TextFile): YamlRead => {
  const lines = new LineCounter();
  const lineAt = (offset: number): number => lines.linePos(offset).line;
  const aliases = (text.match(/(?:^|[\s[{,:-])\*[\w-]+/gm) ?? []).length;
  if (aliases > MAX_ALIASES)
    return refused(
      { path, lineAt, documents: [] },
      { message: `${aliases} aliases, at most ${MAX_ALIASES} are read`, line: 1 },
    );
  const parsed = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: true });
  const documents = Array.isArray(parsed) ? parsed : [];
  const findings = documents.flatMap((document) =>
    document.errors.map((error): Finding => ({
      path,
      line: lineAt(error.pos[0]),
      rule: 'yaml',
      severity: 'error',
      message: error.message.split('\n')[0] ?? 'this is not YAML',
    })),
  );
  return { file: { path, documents: findings.length > 0 ? [] : documents, lineAt }, findings };
};

const refused = (file: YamlFile, { message, line }: { readonly message: string; readonly line: number }): YamlRead => ({
  file,
  findings: [{ path: file.path, line, rule: 'yaml', severity: 'error', message }],
});

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Follows keys and indices down; undefined where the path ends. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((here, key) => {
    if (Array.isArray(here) && typeof key === 'number') return here[key] as unknown;
    return isRecord(here) && Object.hasOwn(here, key) ? here[key] : undefined;
  }, value);

export const listAt = (value: unknown, ...path: readonly (string | number)[]): readonly unknown[] => {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
};
