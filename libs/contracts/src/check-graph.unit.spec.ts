import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkGraph, type GraphNode } from './index.js';

const node = (id: string, ...dependencies: string[]): GraphNode => ({ id, dependencies });

describe('graph check', () => {
  it('finds nothing in a sound graph, also when an edge is given twice', () => {
    expect(checkGraph([node('C', 'A', 'B', 'A'), node('A'), node('B', 'A')])).toEqual([]);
  });
  it('names a dependency that is not there, unless the card is known from before', () => {
    const nodes = [node('A', 'OLD', 'GONE', 'GONE')];
    expect(checkGraph(nodes, (id) => id === 'OLD')).toEqual([
      { kind: 'dangling-dependency', id: 'A', dependency: 'GONE' },
    ]);
  });
  it('names a card that depends on itself, once, and not as a cycle too', () => {
    expect(checkGraph([node('A', 'A')])).toEqual([{ kind: 'self-dependency', id: 'A' }]);
  });
  it('names a repeated id with both places, and goes on with the first', () => {
    expect(checkGraph([node('A'), node('B'), node('A', 'X')])).toEqual([
      { kind: 'duplicate-id', id: 'A', first: 0, at: 2 },
    ]);
  });
  it('reports a cycle as a path that ends where it began, without the cards that only lead into it', () => {
    const nodes = [node('into', 'A'), node('A', 'B'), node('B', 'C', 'free'), node('C', 'A'), node('free')];
    expect(checkGraph(nodes)).toEqual([{ kind: 'dependency-cycle', path: ['A', 'B', 'C', 'A'] }]);
  });
  it('reports every separate cycle', () => {
    const nodes = [node('A', 'B'), node('B', 'A'), node('C', 'D'), node('D', 'C', 'A')];
    expect(checkGraph(nodes)).toHaveLength(2);
  });
  it('takes ids that are properties of every object', () => {
    expect(checkGraph([node('__proto__', 'constructor'), node('constructor')])).toEqual([]);
  });
  it('reports a cycle exactly when one was planted, and each reported path is one', () => {
    const edges = fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 60 });
    fc.assert(
      fc.property(edges, fc.boolean(), (pairs, forwardOnly) => {
        const kept = pairs.filter(([a, b]) => (forwardOnly ? a > b : a !== b));
        const nodes = Array.from({ length: 20 }, (_, i) =>
          node(`${i}`, ...kept.filter(([a]) => a === i).map(([, b]) => `${b}`)),
        );
        const faults = checkGraph(nodes);
        if (forwardOnly) expect(faults).toEqual([]);
        for (const fault of faults) {
          if (fault.kind !== 'dependency-cycle') throw new Error(fault.kind);
          fault.path.slice(1).forEach((id, i) => expect(nodes[Number(fault.path[i])]!.dependencies).toContain(id));
          expect(fault.path.at(-1)).toBe(fault.path[0]);
        }
        const sorted = faults.length === 0;
        expect(sorted).toBe(isAcyclic(nodes));
      }),
    );
  });
  it('walks a chain of 200,000 cards without running out of stack or time', () => {
    const chain = Array.from({ length: 200_000 }, (_, i) => node(`${i}`, `${(i + 1) % 200_000}`));
    const [fault] = checkGraph(chain);
    expect(fault?.kind === 'dependency-cycle' && fault.path.length).toBe(200_001);
  });
  it('stays linear when a long tail leads into thousands of cycles', () => {
    const tail = Array.from({ length: 30_000 }, (_, i) => node(`t${i}`, `t${i + 1}`));
    const hub = node('t30000', ...Array.from({ length: 30_000 }, (_, i) => `c${i}`));
    const pairs = Array.from({ length: 30_000 }, (_, i) => [node(`c${i}`, `d${i}`), node(`d${i}`, `c${i}`)]).flat();
    expect(checkGraph([...tail, hub, ...pairs])).toHaveLength(30_000);
  });
});

/** The naive answer: keep removing cards whose dependencies are all gone. */
const isAcyclic = (nodes: readonly GraphNode[]): boolean => {
  let left = [...nodes];
  for (;;) {
    const ids = new Set(left.map((n) => n.id));
    const next = left.filter((n) => n.dependencies.some((d) => ids.has(d)));
    if (next.length === left.length) return left.length === 0;
    left = next;
  }
};
