import type { Gate, GateInput } from '@squados/agent-runtime';
import type { Finding } from '@squados/contracts';
import { FOLDER, type BackendGateOptions } from '../shared/gate-parts.port.js';
import { appliesTo } from './python-applies.js';
import { runPython, verdictOf, type GateVerdict, type Ran } from './python-run.js';

type Exited = Extract<Ran, { readonly kind: 'exited' }>;

/** Paths as tools print them, from the service's folder. */
const placed = (path: string): string => FOLDER + path.replace(/^\.\//, '');

const ERROR_AT = /File "([^"]+)", line (\d+)[\s\S]*?\n(\w*Error: .*)/g;

const compiles = (options: BackendGateOptions): Gate => ({
  name: 'py-compiles',
  applies: appliesTo('quick'),
  run: async (input) => {
    const ran = await runPython(options, input, {
      program: 'python',
      arguments: ['-m', 'compileall', '-q', 'app', 'tests'],
    });
    if (ran.kind === 'verdict') return ran.verdict;
    const findings = [...`${ran.outcome.stdout}\n${ran.outcome.stderr}`.matchAll(ERROR_AT)].map(
      ([, path = '', line, message = '']): Finding => ({
        path: placed(path),
        line: Number(line),
        rule: 'syntax',
        severity: 'error',
        message,
      }),
    );
    const passed = ran.outcome.exitCode === 0;
    return verdictOf(ran, {
      passed,
      summary: passed ? 'every file compiles' : `${findings.length} file(s) do not compile`,
      findings,
    });
  },
});

const RUFF_LINE = /^(.+?):(\d+):\d+: (?:(\S+): )?(?:\[\*\] )?(.+)$/gm;

const lintFindings = (text: string): readonly Finding[] =>
  [...text.matchAll(RUFF_LINE)].map(([, path = '', line, rule, message = '']) => {
    const code = rule ?? /^([A-Z]+\d+) /.exec(message)?.[1];
    return { path: placed(path), line: Number(line), severity: 'error', message, ...(code ? { rule: code } : {}) };
  });

const lint = (options: BackendGateOptions): Gate => ({
  name: 'py-lint',
  applies: appliesTo('quick'),
  run: async (input) => {
    const check = await ruff(options, input, ['check', '--no-cache', '--output-format', 'concise', '.']);
    if (check.kind === 'verdict') return check.verdict;
    if (check.outcome.exitCode !== 0) return linted(check, lintFindings(check.outcome.stdout));
    const format = await ruff(options, input, ['format', '--no-cache', '--check', '.']);
    if (format.kind === 'verdict') return format.verdict;
    const both = { ...format, command: `${check.command} && ${format.command}` };
    return linted(both, unformatted(format.outcome.stdout));
  },
});

const ruff = (options: BackendGateOptions, input: GateInput, args: readonly string[]): Promise<Ran> =>
  runPython(options, input, { program: 'ruff', arguments: args });

const unformatted = (text: string): readonly Finding[] =>
  [...text.matchAll(/-->\s+(\S+?):(\d+)|^Would reformat: (.+)$/gm)].map(([, path, line, whole]): Finding => ({
    path: placed(path ?? whole ?? ''),
    ...(line === undefined ? {} : { line: Number(line) }),
    rule: 'format',
    severity: 'error',
    message: 'not formatted: run ruff format',
  }));

const linted = (ran: Exited, findings: readonly Finding[]): GateVerdict => {
  const passed = ran.outcome.exitCode === 0;
  const summary = passed
    ? 'ruff has nothing to say, and every file is formatted'
    : `ruff found ${Math.max(1, findings.length)} place(s)`;
  return verdictOf(ran, { passed, summary, findings });
};

const MYPY_LINE = /^(.+?):(\d+): error: (.+?)(?:\s+\[([\w-]+)\])?$/gm;

const types = (options: BackendGateOptions): Gate => ({
  name: 'py-types',
  applies: appliesTo('full'),
  run: async (input) => {
    const ran = await runPython(options, input, { program: 'mypy', arguments: ['--no-pretty'] });
    if (ran.kind === 'verdict') return ran.verdict;
    const findings = [...ran.outcome.stdout.matchAll(MYPY_LINE)].map(
      ([, path = '', line, message = '', rule]): Finding => ({
        path: placed(path),
        line: Number(line),
        severity: 'error',
        message,
        ...(rule === undefined ? {} : { rule }),
      }),
    );
    const passed = ran.outcome.exitCode === 0;
    return verdictOf(ran, {
      passed,
      summary: passed ? 'mypy --strict: no error' : `mypy --strict: ${Math.max(1, findings.length)} error(s)`,
      findings,
    });
  },
});

/** What is read without running the service. */
export const staticGates = (options: BackendGateOptions): readonly Gate[] => [
  compiles(options),
  lint(options),
  types(options),
];
