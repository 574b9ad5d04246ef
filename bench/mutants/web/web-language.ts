import { readFileSync } from 'node:fs';
import type { Files } from '@squados/agent-runtime';
import { MUTANTS_PER_FILE, mutantsOf, type Language } from '../language.js';
import { digestOf, programOf, sandbox, toolchain } from '../toolchain.js';

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);
const isSource = (path: string): boolean =>
  /^src\/.*\.tsx?$/.test(path) &&
  !/\.(?:test|stories)\.tsx?$|\.d\.ts$|^src\/testing\/|^src\/main\.tsx$|-fixtures\.ts$/.test(path);

/** The feature with the most tests stands for all that features share. */
const richest = (files: Files, tests: readonly string[]): readonly string[] => {
  const lines = (path: string): number => (files.get(path) ?? '').split('\n').length;
  const pages = tests.filter((t) => t.endsWith('-pages.test.tsx')).sort((a, b) => lines(b) - lines(a));
  const folder = pages[0]?.split('/').slice(0, -1).join('/') ?? '-';
  return tests.filter((t) => t.startsWith(`${folder}/`));
};

/** Tests beside a feature judge it and its client; what all features stand on is judged by its own tests and by one feature's. */
const testsFor = (path: string, files: Files): readonly string[] => {
  const all = [...files.keys()].filter(isTest);
  const feature = /^src\/features\/([^/]+)\//.exec(path)?.[1] ?? '-';
  const client = /^src\/api\/([^/]+)\.ts$/.exec(path)?.[1] ?? '-';
  const beside = all.filter((t) => t.startsWith(`src/features/${feature}/`) || t.includes(`/${client}-`));
  return beside.length > 0 ? beside : [...all.filter((t) => !t.startsWith('src/features/')), ...richest(files, all)];
};

/** A test of what has no page costs a tenth of one that has. */
const cheapFirst = (tests: readonly string[]): readonly string[] =>
  [...tests].sort((a, b) => Number(a.endsWith('x')) - Number(b.endsWith('x')) || (a < b ? -1 : 1));

/** A change is noticed or not: nobody waits long for what will not come. */
const WAIT = { from: 'asyncUtilTimeout: 20_000', to: 'asyncUtilTimeout: 8_000' };

const MOST_MEMORY_MB = 3_072;

export const webLanguage = (files: Files): Language => {
  const mutator = readFileSync('bench/mutants/web/inside.mjs', 'utf8');
  const setup = files.get('src/testing/setup.ts') ?? '';
  if (!setup.includes(WAIT.from)) throw new Error('src/testing/setup.ts no longer says how long a test waits');
  const project = new Map([...files, ['src/testing/setup.ts', setup.replace(WAIT.from, WAIT.to)] as const]);
  const support = [...files].filter(([path]) => /^src\/testing\/|-fixtures\.ts$|^jest\.config/.test(path));
  const judged = [...files.keys()].filter(isSource).map((path) => {
    const tests = cheapFirst(testsFor(path, files));
    const texts = [path, ...tests].map((name) => files.get(name) ?? '');
    return { path, tests, digest: digestOf([mutator, path, ...texts, ...support.flat()]) };
  });
  return {
    name: 'frontend',
    sources: judged.map(({ path, digest }) => ({ path, digest })),
    run: async (paths, wallMs) => {
      const [web, node] = [await toolchain('web'), await toolchain('node')];
      const plan = {
        perFile: MUTANTS_PER_FILE,
        files: judged.filter(({ path }) => paths.includes(path)).map(({ path, tests }) => ({ path, tests })),
      };
      const outcome = await sandbox.run(
        {
          command: [programOf(node, 'node'), 'inside.mjs'],
          files: new Map([...project, ['inside.mjs', mutator], ['mutants.json', JSON.stringify(plan)]]),
          mounts: [
            ...web.mounts,
            ...node.mounts.filter(({ at }) => !web.mounts.some((mount) => mount.at === at)),
            { from: `${web.folder}/node_modules`, at: 'node_modules' },
          ],
          env: { ...web.env, NODE_ENV: 'test', CI: 'true' },
          limits: { wallMs, cpuSeconds: 1_800, memoryMb: MOST_MEMORY_MB, processes: 128, outputKb: 1_024 },
        },
        new AbortController().signal,
      );
      return mutantsOf(outcome);
    },
  };
};
