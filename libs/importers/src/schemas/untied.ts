import type { GivenLink, GivenTable } from './given-schema.js';
import type { Note } from './plan-table.js';

type Links = ReadonlyMap<string, readonly GivenLink[]>;

const isReachable = (links: Links, from: string, to: string): boolean => {
  const seen = new Set<string>();
  const open = [from];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === to) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(links.get(next) ?? []).filter((link) => link.required).map((link) => link.target));
  }
  return false;
};

/** Of rows that each must name the other first, none could be made: the link that closes such a circle need not be set. */
export const untied = (tables: readonly GivenTable[], note: Note): readonly GivenTable[] => {
  const kept = new Map<string, GivenLink[]>();
  return tables.map((table) => {
    const own: GivenLink[] = [];
    kept.set(table.name, own);
    for (const link of table.links) {
      const closes = link.required && isReachable(kept, link.target, table.name);
      if (closes) note(link.line, `${table.name}.${link.column}`, 'circle');
      own.push(closes ? { ...link, required: false, onDelete: 'set-null' } : link);
    }
    return { ...table, links: own };
  });
};
