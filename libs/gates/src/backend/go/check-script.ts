import type { GoTools } from './go-tools.js';

/** One check of the service: its name, and what a person would type for it. */
export type StepName = 'build' | 'gofmt' | 'vet' | 'staticcheck' | 'test';

export interface ScriptInput {
  readonly tools: GoTools;
  /** Packages whose tests run: `./internal/loan`. */
  readonly tested: readonly string[];
  /** Packages whose statements count. */
  readonly covered: readonly string[];
}

const SAFE = /^[A-Za-z0-9./_:=-]+$/;
const word = (text: string): string => {
  if (!SAFE.test(text)) throw new RangeError(`not a plain word of a command: ${JSON.stringify(text)}`);
  return text;
};

/** The commands of every step, in order; those whose program is not there are left out. */
export const commandsOf = ({ tools, tested, covered }: ScriptInput): readonly (readonly [StepName, string])[] => {
  const server = tools.withPostgres === undefined ? '' : `${word(tools.withPostgres)} `;
  const test = `go test -json -vet=off -count=1 -covermode=set -coverprofile=../out/cover.txt -coverpkg=${covered.map(word).join(',')}`;
  return [
    ['gofmt', `${word(tools.gofmt)} -l .`],
    ['build', 'go build ./...'],
    ['vet', 'go vet ./...'],
    ...(tools.staticcheck === undefined ? [] : [['staticcheck', `${word(tools.staticcheck)} ./...`] as const]),
    ['test', `${server}${test} ${tested.map(word).join(' ')}`],
  ];
};

/**
 * A script that runs every step and keeps the output and the exit code of each apart, so that one failure hides no other. Caches
 * and temporary files stay in the run's own folder.
 */
export const checkScript = (input: ScriptInput): string =>
  [
    'set -u',
    'out=$PWD/out; mkdir -p "$out" home tmp',
    'export HOME=$PWD/home TMPDIR=$PWD/tmp GOPATH=$PWD/home/go',
    'cd service || exit 1',
    ...commandsOf(input).map(
      ([name, command]) => `${command} >"$out/${name}.txt" 2>"$out/${name}.err"; echo $? >"$out/${name}.exit"`,
    ),
    '',
  ].join('\n');

/** Everything that the script may leave behind. */
export const collectedFiles = (input: ScriptInput): readonly string[] => [
  ...commandsOf(input).flatMap(([name]) => ['txt', 'err', 'exit'].map((kind) => `out/${name}.${kind}`)),
  'out/cover.txt',
];
