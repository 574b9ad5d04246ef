import { createHash } from 'node:crypto';
import { posix } from 'node:path';

const IMPORT = /(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g;
const ENDINGS = ['', '.ts', '.tsx', '/index.ts', '/index.tsx'];

const importsOf = (path: string, project: ReadonlyMap<string, string>): readonly string[] =>
  [...(project.get(path) ?? '').matchAll(IMPORT)].flatMap((match) => {
    const wanted = posix.join(posix.dirname(path), match[1] ?? '');
    const found = ENDINGS.map((ending) => `${wanted}${ending}`).find((candidate) => project.has(candidate));
    return found === undefined ? [] : [found];
  });

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * A digest of each source and of all that it imports from its project, however far, under the same settings: two files with the same
 * digest get the same verdict of any check that looks at nothing else.
 */
export const closureDigests = (project: ReadonlyMap<string, string>, settings: string): ((path: string) => string) => {
  const own = new Map([...project].map(([path, text]) => [path, sha(`${path}\0${text}`)]));
  const imports = new Map([...project.keys()].map((path) => [path, importsOf(path, project)]));
  const reach = (path: string, seen: Set<string>): Set<string> => {
    if (seen.has(path)) return seen;
    seen.add(path);
    for (const next of imports.get(path) ?? []) reach(next, seen);
    return seen;
  };
  return (path) => {
    const all = [...reach(path, new Set())].map((file) => own.get(file) ?? '').sort();
    return sha([settings, path, ...all].join('\n'));
  };
};
