import type { Requirement } from '@squados/importers/requirements';

const reaches = (edges: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean => {
  const seen = new Set<string>();
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === to) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...(edges.get(at) ?? []));
  }
  return false;
};

export interface Edges {
  readonly dependsOn: ReadonlyMap<string, readonly string[]>;
  /** Edges that the text states and that would close a circle: `RF001 → RF002`. */
  readonly dropped: readonly string[];
}

/** Dependencies between requirements as the text states them, in document order; an edge that would close a circle is left out and told. */
export const dependencyEdges = (requirements: readonly Requirement[]): Edges => {
  const known = new Set(requirements.map((r) => r.id));
  const dependsOn = new Map<string, readonly string[]>();
  const dropped: string[] = [];
  for (const { id, dependsOn: stated = [] } of requirements) {
    for (const target of stated.filter((t) => known.has(t) && t !== id)) {
      if (reaches(dependsOn, target, id)) dropped.push(`${id} → ${target}`);
      else dependsOn.set(id, [...(dependsOn.get(id) ?? []), target]);
    }
  }
  return { dependsOn, dropped };
};
