import { readFileSync } from 'node:fs';
import type { Files } from '@squados/agent-runtime';
import { MUTANTS_PER_FILE, mutantsOf, type Language } from '../language.js';
import { digestOf, programOf, sandbox, toolchain } from '../toolchain.js';

/** Sentences, and what only tests use. */
const LEFT_OUT = /_test\.go$|\/dbtest\/|\/text\/|^migrations\/|^api\/|^cmd\//;

const SCRIPT = [
  'set -u',
  'mkdir -p home tmp; export HOME=$PWD/home TMPDIR=$PWD/tmp',
  'go build -o mutate/mutate mutate/main.go || exit 1',
  'postgres=$1; shift',
  'cd service && exec "$postgres" ../mutate/mutate "$@"',
  '',
].join('\n');

/** Judged by the tests of the file's own package, with a PostgreSQL beside them. Mutants that do not compile are replaced by the next one. */
export const goLanguage = (files: Files): Language => {
  const mutator = readFileSync('bench/mutants/go/mutate/main.go', 'utf8');
  const whole = digestOf([mutator, ...[...files].flat()]);
  const sources = [...files.keys()].filter((path) => path.endsWith('.go') && !LEFT_OUT.test(path));
  return {
    name: 'go',
    sources: sources.sort().map((path) => ({ path, digest: digestOf([path, whole]) })),
    run: async (paths, wallMs) => {
      const [go, postgres] = [await toolchain('go'), await toolchain('postgres')];
      const outcome = await sandbox.run(
        {
          command: ['/bin/sh', 'mutate.sh', programOf(postgres, 'with-postgres'), String(MUTANTS_PER_FILE), ...paths],
          files: new Map([
            ...[...files].map(([path, text]) => [`service/${path}`, text] as const),
            ['mutate/main.go', mutator],
            ['mutate.sh', SCRIPT],
          ]),
          mounts: [...go.mounts, ...postgres.mounts],
          env: {
            ...postgres.env,
            ...go.env,
            GOFLAGS: '-mod=readonly -buildvcs=false -ldflags=-s',
            PATH: `${go.env['PATH'] ?? ''}:${postgres.env['PATH'] ?? ''}:/usr/bin:/bin`,
          },
          limits: { wallMs, cpuSeconds: 1_800, memoryMb: 4_096, processes: 1_024, diskMb: 8_000 },
        },
        new AbortController().signal,
      );
      return mutantsOf(outcome);
    },
  };
};
