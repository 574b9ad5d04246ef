import { readFileSync } from 'node:fs';
import type { Files } from '@squados/agent-runtime';
import { MUTANTS_PER_FILE, mutantsOf, type Language } from '../language.js';
import { digestOf, programOf, sandbox, toolchain } from '../toolchain.js';

const isSource = (path: string, text: string): boolean => /^app\/.*\.py$/.test(path) && text.trim() !== '';

/** Judged by the tests that are closest to a file first, then by all others, on SQLite and (migrations) on PostgreSQL. */
export const pythonLanguage = (files: Files): Language => {
  const mutator = readFileSync('bench/mutants/python/mutate.py', 'utf8');
  const whole = digestOf([mutator, ...[...files].flat()]);
  const sources = [...files].filter(([path, text]) => isSource(path, text)).map(([path]) => path);
  return {
    name: 'python',
    sources: sources.sort().map((path) => ({ path, digest: digestOf([path, whole]) })),
    run: async (paths, wallMs) => {
      const [python, postgres] = [await toolchain('python'), await toolchain('postgres')];
      const outcome = await sandbox.run(
        {
          command: [
            programOf(postgres, 'with-postgres'),
            programOf(python, 'python'),
            'mutate.py',
            String(MUTANTS_PER_FILE),
            ...paths,
          ],
          files: new Map([...files, ['mutate.py', mutator]]),
          mounts: [...python.mounts, ...postgres.mounts],
          env: {
            ...postgres.env,
            ...python.env,
            PATH: `${python.env['PATH'] ?? ''}:/usr/bin:/bin`,
            LANG: 'C.UTF-8',
            PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1',
          },
          limits: { wallMs, cpuSeconds: 1_800, memoryMb: 3_072, processes: 1_024, outputKb: 1_024 },
        },
        new AbortController().signal,
      );
      return mutantsOf(outcome);
    },
  };
};
