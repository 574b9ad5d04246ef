/**
 * One cycle per strongly connected component, as a path that ends where it began (`A → B → A`: A depends on B). Iterative
 * (Tarjan), so that a chain of any depth costs no stack; linear in nodes and edges. Nodes that `next` names but `nodes`
 * doesn't reach are simply walked as well.
 */
export const findCycles = (nodes: Iterable<string>, next: (node: string) => Iterable<string>): readonly (readonly string[])[] => {
  const search = new Search(next);
  for (const node of nodes) search.from(node);
  return search.cycles;
};

interface Frame {
  readonly node: string;
  readonly edges: Iterator<string>;
}

class Search {
  readonly cycles: string[][] = [];
  private readonly order = new Map<string, number>();
  private readonly low = new Map<string, number>();
  private readonly path: string[] = [];
  private readonly onPath = new Set<string>();

  constructor(private readonly next: (node: string) => Iterable<string>) {}

  from(root: string): void {
    if (this.order.has(root)) return;
    const frames = [this.enter(root)];
    for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
      const edge = frame.edges.next();
      if (edge.done !== true) this.follow(frames, frame.node, edge.value);
      else this.leave(frames);
    }
  }

  private enter(node: string): Frame {
    this.low.set(node, this.order.size);
    this.order.set(node, this.order.size);
    this.path.push(node);
    this.onPath.add(node);
    return { node, edges: this.next(node)[Symbol.iterator]() };
  }

  private follow(frames: Frame[], from: string, to: string): void {
    const seen = this.order.get(to);
    if (seen === undefined) frames.push(this.enter(to));
    else if (this.onPath.has(to)) this.lower(from, seen);
  }

  private leave(frames: Frame[]): void {
    const { node } = frames.pop() as Frame;
    const low = this.low.get(node) as number;
    const parent = frames.at(-1);
    if (parent) this.lower(parent.node, low);
    if (low === this.order.get(node)) this.close(node);
  }

  private lower(node: string, to: number): void {
    this.low.set(node, Math.min(this.low.get(node) as number, to));
  }

  /** `node` is the root of a finished component: everything above it on the path. */
  private close(node: string): void {
    const members = this.path.splice(this.path.lastIndexOf(node));
    for (const member of members) this.onPath.delete(member);
    const inside = new Set(members);
    if (members.length > 1 || [...this.next(node)].includes(node)) this.cycles.push(cycleWithin(node, inside, this.next));
  }
}

/** Walks inside the component until a node repeats: the walk from there is a cycle. */
const cycleWithin = (start: string, inside: ReadonlySet<string>, next: (node: string) => Iterable<string>): string[] => {
  const walk: string[] = [];
  const at = new Map<string, number>();
  let node = start;
  while (!at.has(node)) {
    at.set(node, walk.length);
    walk.push(node);
    node = firstInside(node, inside, next);
  }
  return [...walk.slice(at.get(node)), node];
};

const firstInside = (node: string, inside: ReadonlySet<string>, next: (node: string) => Iterable<string>): string => {
  for (const to of next(node)) if (inside.has(to)) return to;
  return node;
};
