import { digestOf, reachedFrom, type Edges } from '../../kept-verdicts/index.js';

/** Tests of one entity, and a digest of all that decides how they come out. */
export interface EntityTests {
  /** Its module: `ordem_de_servico`. */
  readonly entity: string;
  readonly tests: readonly string[];
  readonly digest: string;
}

export interface ServiceTests {
  readonly entities: readonly EntityTests[];
  /** Tests of the service as a whole: they depend on all of it. */
  readonly others: readonly string[];
}

type Files = ReadonlyMap<string, string>;

const TEST = /^tests\/.*\btest_\w+\.py$/;
const OF_ENTITY = /^tests\/(?:unit|integration)\/test_(\w+)_(?:rules|api)\.py$/;
const RULES_OF = /^tests\/unit\/test_(\w+)_rules\.py$/;
const CONFTEST = /^tests\/(?:.*\/)?conftest\.py$/;
const IMPORT = /^\s*(?:from\s+([.\w]+)\s+import\s+(\([^)]*\)|[^\n]+)|import\s+([^\n]+))/gm;
const QUOTED = /["'](\w+)["']/g;

const stem = (path: string): string => path.slice(path.lastIndexOf('/') + 1, -'.py'.length);

/** A package that brings its modules together changes with each of them; what it says is the whole service's, not an entity's. */
const gathers = (path: string): boolean => /^app\/\w+\/__init__\.py$/.test(path);

const absolute = (module: string, path: string): string => {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  if (dots === 0) return module;
  const folder = path.split('/').slice(0, -dots);
  return [...folder, ...module.slice(dots).split('.')].filter((part) => part !== '').join('.');
};

const importsIn = (path: string, files: Files): readonly string[] =>
  [...(files.get(path) ?? '').matchAll(IMPORT)].flatMap(([, from, names = '', plain = '']) => {
    const modules =
      from === undefined
        ? (plain.match(/[\w.]+/g) ?? [])
        : [from, ...(names.match(/\w+/g) ?? []).map((name) => `${from}.${name}`)];
    return modules
      .map((module) => absolute(module, path).replaceAll('.', '/'))
      .flatMap((file) => [`${file}.py`, `${file}/__init__.py`].filter((one) => files.has(one)));
  });

/** Modules of the entities that have tests of their own. */
const entitiesIn = (files: Files): readonly string[] => [...files.keys()].flatMap((p) => RULES_OF.exec(p)?.[1] ?? []);

/**
 * What a file of an entity leads to. Files of an entity belong together: who reaches one reaches all, its routes too, which only the
 * running service leads to. Samples name each other by their modules' names, as text.
 */
const edgesIn = (files: Files, entities: ReadonlySet<string>): Edges => {
  const own = new Map<string, string[]>();
  for (const path of files.keys()) {
    if (!/^(?:app|tests\/samples)\//.test(path) || !path.endsWith('.py') || !entities.has(stem(path))) continue;
    own.set(stem(path), [...(own.get(stem(path)) ?? []), path]);
  }
  const named = (path: string): readonly string[] =>
    path.startsWith('tests/samples/')
      ? [...(files.get(path) ?? '').matchAll(QUOTED)].flatMap((match) => own.get(match[1] ?? '') ?? [])
      : [];
  const known = new Map<string, readonly string[]>();
  const edges = (path: string): readonly string[] => {
    const next = importsIn(path, files).filter((one) => !gathers(one));
    return [...next, ...named(path), ...(own.get(stem(path)) ?? [])];
  };
  return (path) => {
    const found = known.get(path) ?? edges(path);
    known.set(path, found);
    return found;
  };
};

/**
 * The tests of a service by what they depend on. An entity's digest holds its tests, all that they and `conftest.py` import, and all
 * files of the entities among that. It doesn't hold what brings entities together: that is for `others`, which run with every card,
 * and for the gate that compares every route with the contract.
 */
export const serviceTests = (files: Files, settings: string): ServiceTests => {
  const paths = [...files.keys()];
  const entities = entitiesIn(files);
  const edges = edgesIn(files, new Set(entities));
  const always = paths.filter((path) => CONFTEST.test(path));
  const tests = paths.filter((path) => TEST.test(path)).sort();
  const isOf = (entity: string, path: string): boolean => OF_ENTITY.exec(path)?.[1] === entity;
  const all = [settings, files.get('pyproject.toml') ?? ''].join('\n');
  const groups = entities.map((entity): EntityTests => {
    const mine = tests.filter((path) => isOf(entity, path));
    const own = paths.filter((path) => path.startsWith('app/') && stem(path) === entity);
    return { entity, tests: mine, digest: digestOf(reachedFrom([...mine, ...own, ...always], edges), files, all) };
  });
  const grouped = new Set(groups.flatMap((group) => group.tests));
  return { entities: groups, others: tests.filter((path) => !grouped.has(path)) };
};
