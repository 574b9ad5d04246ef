// The graphs of the shared benchmarks, cut to a size; where they are not there, twins that are made here.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LAYERS = 50;
const MOST_DEPENDENCIES = 3;

/** Mulberry32: the same graph in every run. */
const drawing = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

const TWINS = {
  chain: (n) => Array.from({ length: n }, (_, i) => (i === 0 ? [] : [i - 1])),
  fan: (n) =>
    Array.from({ length: n }, (_, i) =>
      i === 0 ? [] : i < n - 1 ? [0] : Array.from({ length: n - 2 }, (_, j) => j + 1),
    ),
  layered: (n) => {
    const draw = drawing(7);
    const width = Math.ceil(n / LAYERS);
    return Array.from({ length: n }, (_, i) => {
      const base = (Math.floor(i / width) - 1) * width;
      if (base < 0) return [];
      const count = 1 + Math.floor(draw() * MOST_DEPENDENCIES);
      return [...new Set(Array.from({ length: count }, () => base + Math.floor(draw() * width)))];
    });
  },
};

/** The first `n` cards of a graph whose cards only wait for earlier ones; cut so that it keeps its shape. */
const cut = (name, deps, n) => {
  if (deps.length <= n) return deps;
  return name === 'layered' && deps.slice(0, n).some((those) => those.length > 0) ? deps.slice(0, n) : TWINS[name](n);
};

/** Writes the graphs that are asked for, `name` or `name:cards`, and answers where each lies, how big it is, and where it came from. */
export const graphsIn = (folder, shared) => (name, cards) => {
  const source = join(shared, `${name}.json`);
  const given = existsSync(source) ? JSON.parse(readFileSync(source, 'utf8')).deps : undefined;
  const deps = given === undefined ? TWINS[name](cards) : cut(name, given, cards);
  const file = join(folder, `${name}-${cards}.json`);
  writeFileSync(file, JSON.stringify({ name, n: deps.length, deps }));
  return { name, file, cards: deps.length, twin: given === undefined };
};
