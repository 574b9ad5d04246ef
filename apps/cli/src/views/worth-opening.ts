import { currentManifest } from '@squados/board';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectAt } from './project-of.js';

/** What a newcomer should see first, best first: what was found out, how it is run, a contract, a design, the stories, the backlog. */
const KINDS: readonly RegExp[] = [
  /^qa\/.*\/report\.html$/,
  /^engenharia\/backend\/README\.md$/,
  /^arquitetura\/openapi.*\.(ya?ml|json)$/i,
  /(design|arquitetura|technical).*\.md$/i,
  /(user[-_]?stor|historias).*\.md$/i,
  /\.sql$/i,
  /(mvp|metric|metricas).*\.md$/i,
  /\.(mmd|mermaid)$/i,
  /\.md$/i,
];

const BY_NAME = new Intl.Collator('en', { numeric: true });

/** At most three files of the readable tree, of different kinds, that exist on disk. */
export const worthOpening = ({ record }: ProjectAt, tree: string): readonly string[] => {
  const delivered = [...record.cards.values()].flatMap((card) => Object.keys(currentManifest(card)?.manifest ?? {}));
  const paths = [...new Set(delivered)].sort(BY_NAME.compare);
  const found: string[] = [];
  for (const kind of KINDS) {
    const path = paths.findLast((candidate) => kind.test(candidate) && !found.includes(candidate));
    if (path !== undefined && existsSync(join(tree, path))) found.push(path);
    if (found.length === 3) break;
  }
  return found.map((path) => join(tree, path));
};
