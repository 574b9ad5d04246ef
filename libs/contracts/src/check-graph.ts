/** A card as far as the graph is concerned; duplicates among its dependencies count once. */
export interface GraphNode {
  readonly id: string;
  readonly dependencies: readonly string[];
}

export type GraphFault =
  /** The id was there before; `first` and `at` are places in the list, from 0. */
  | { readonly kind: 'duplicate-id'; readonly id: string; readonly first: number; readonly at: number }
  | { readonly kind: 'self-dependency'; readonly id: string }
  | { readonly kind: 'dangling-dependency'; readonly id: string; readonly dependency: string }
  /** Each id depends on the next; the last is the first again. Of cycles that share cards one is reported. */
  | { readonly kind: 'dependency-cycle'; readonly path: readonly string[] };

interface Graph {
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
  readonly dependents: ReadonlyMap<string, readonly string[]>;
}

const firstOnes = (nodes: readonly GraphNode[]): { first: Map<string, number>; faults: GraphFault[] } => {
  const first = new Map<string, number>();
  const faults: GraphFault[] = [];
  nodes.forEach(({ id }, at) => {
    const before = first.get(id);
    if (before === undefined) first.set(id, at);
    else faults.push({ kind: 'duplicate-id', id, first: before, at });
  });
  return { first, faults };
};

const edgeFaults = (node: GraphNode, isKnown: (id: string) => boolean): GraphFault[] =>
  [...new Set(node.dependencies)].flatMap((dependency): GraphFault[] => {
    if (dependency === node.id) return [{ kind: 'self-dependency', id: node.id }];
    return isKnown(dependency) ? [] : [{ kind: 'dangling-dependency', id: node.id, dependency }];
  });

/** Edges between the nodes themselves; cards known from before can't lead back, so they are left out. */
const inner = (nodes: readonly GraphNode[]): Graph => {
  const dependencies = new Map(nodes.map((node) => [node.id, [] as string[]]));
  const dependents = new Map(nodes.map((node) => [node.id, [] as string[]]));
  for (const node of nodes)
    for (const dependency of new Set(node.dependencies)) {
      if (dependency === node.id || !dependencies.has(dependency)) continue;
      dependencies.get(node.id)?.push(dependency);
      dependents.get(dependency)?.push(node.id);
    }
  return { dependencies, dependents };
};

/** Takes cards away, and with them every card that then has no dependency left. */
const peel = (graph: Graph, left: Map<string, number>, cards: readonly string[]): void => {
  const queue = [...cards];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (!left.delete(id)) continue;
    for (const dependent of graph.dependents.get(id) ?? []) {
      const open = left.get(dependent);
      if (open === undefined) continue;
      left.set(dependent, open - 1);
      if (open === 1) queue.push(dependent);
    }
  }
};

/** The first dependency that is left. What is left only shrinks, so the cursor never goes back: linear over all calls. */
const openDependency = (graph: Graph, left: ReadonlyMap<string, number>): ((id: string) => string | undefined) => {
  const cursors = new Map<string, number>();
  return (id) => {
    const dependencies = graph.dependencies.get(id) ?? [];
    let at = cursors.get(id) ?? 0;
    while (at < dependencies.length && !left.has(dependencies[at] as string)) at++;
    cursors.set(id, at);
    return dependencies[at];
  };
};

/**
 * Cycles that a walk from `start` along open dependencies comes round on. Every card that is left has an open dependency, so the walk
 * can't end anywhere else; after a cycle is taken away it goes on from where it entered it.
 */
const cyclesFrom = (start: string, { left, next, remove }: Walk): string[][] => {
  const found: string[][] = [];
  const path = [start];
  const places = new Map<string, number>();
  for (let id = path.at(-1); id !== undefined; id = path.at(-1)) {
    const onwards = left.has(id) ? next(id) : undefined;
    if (onwards === undefined) {
      path.pop();
      places.delete(id);
      continue;
    }
    places.set(id, path.length - 1);
    const before = places.get(onwards);
    if (before === undefined) path.push(onwards);
    else {
      const cycle = [...path.slice(before), onwards];
      found.push(cycle);
      remove(cycle);
    }
  }
  return found;
};

interface Walk {
  readonly left: ReadonlyMap<string, number>;
  readonly next: (id: string) => string | undefined;
  readonly remove: (cards: readonly string[]) => void;
}

const cycles = (nodes: readonly GraphNode[]): GraphFault[] => {
  const graph = inner(nodes);
  const left = new Map([...graph.dependencies].map(([id, dependencies]) => [id, dependencies.length]));
  const remove = (cards: readonly string[]): void => {
    peel(graph, left, cards);
  };
  remove([...left].filter(([, open]) => open === 0).map(([id]) => id));
  const next = openDependency(graph, left);
  return [...graph.dependencies.keys()]
    .flatMap((id) => (left.has(id) ? cyclesFrom(id, { left, next, remove }) : []))
    .map((path) => ({ kind: 'dependency-cycle', path }));
};

/**
 * What keeps a list of cards from being a sound graph: duplicate ids, dependencies on themselves or on nothing, cycles. Linear in cards
 * and edges, iterative (a chain of a million cards does not run out of stack). Of duplicates the first counts.
 * The one implementation for importers, board and checks alike.
 *
 * @param isKnown tells cards that exist already, outside of the list; nothing in them depends on the list.
 */
export const checkGraph = (
  nodes: readonly GraphNode[],
  isKnown: (id: string) => boolean = () => false,
): readonly GraphFault[] => {
  const { first, faults } = firstOnes(nodes);
  const unique = nodes.filter((node, at) => first.get(node.id) === at);
  const isThere = (id: string): boolean => first.has(id) || isKnown(id);
  return [...faults, ...unique.flatMap((node) => edgeFaults(node, isThere)), ...cycles(unique)];
};
