/** A node and what it depends on. */
export interface Node {
  readonly id: string;
  readonly dependencies: readonly string[];
}

/** A path of ids that leads back to its first one, `A → B → A`; undefined when there is none. Iterative: a chain may be long. */
export const findCycle = (nodes: readonly Node[]): readonly string[] | undefined => {
  const byId = new Map(nodes.map((node) => [node.id, node.dependencies]));
  const state = new Map<string, 'open' | 'done'>();
  for (const { id } of nodes) {
    const found = walk(id, byId, state);
    if (found) return found;
  }
  return undefined;
};

interface Step {
  readonly id: string;
  next: number;
}

const walk = (
  start: string,
  byId: ReadonlyMap<string, readonly string[]>,
  state: Map<string, 'open' | 'done'>,
): readonly string[] | undefined => {
  if (state.has(start)) return undefined;
  const path: Step[] = [{ id: start, next: 0 }];
  state.set(start, 'open');
  for (let step = path.at(-1); step; step = path.at(-1)) {
    const target = (byId.get(step.id) ?? [])[step.next++];
    if (target === undefined) {
      state.set(step.id, 'done');
      path.pop();
    } else if (state.get(target) === 'open') {
      return [...path.slice(path.findIndex((s) => s.id === target)).map((s) => s.id), target];
    } else if (!state.has(target)) {
      state.set(target, 'open');
      path.push({ id: target, next: 0 });
    }
  }
  return undefined;
};
