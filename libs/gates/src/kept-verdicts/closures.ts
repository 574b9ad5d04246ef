import { createHash } from 'node:crypto';

/** What a file leads to: imports, and whatever else decides what it does. */
export type Edges = (path: string) => readonly string[];

/** Everything that can be reached, the beginning included. */
export const reachedFrom = (beginning: readonly string[], edges: Edges): ReadonlySet<string> => {
  const reached = new Set(beginning);
  for (const path of reached) for (const next of edges(path)) reached.add(next);
  return reached;
};

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A digest of these files' names and bytes under the same settings (toolchain, configuration), in whatever order they come. */
export const digestOf = (paths: Iterable<string>, files: ReadonlyMap<string, string>, settings: string): string =>
  sha([sha(settings), ...[...paths].sort().map((path) => sha(`${path}\0${files.get(path) ?? ''}`))].join('\n'));
