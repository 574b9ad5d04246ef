import {
  INSTALLABLE,
  InstallProblem,
  installSandboxProgram,
  installToolchain,
  placesOf,
  type InstallableName,
} from '@squados/gates/toolchains';
import { CliError } from '../cli-error.js';
import type { CliContext } from '../cli-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { printable } from '../terminal/sanitize.js';
import { duration } from '../terminal/duration.js';
import { untilStopped } from './until-stopped.js';

export interface SetUpOptions {
  readonly json?: boolean;
  /** apt-get may be used, when we are root. */
  readonly system?: boolean;
}

type SetUpName = InstallableName | 'sandbox';
const NAMES: readonly SetUpName[] = [...INSTALLABLE, 'sandbox'];

interface Result {
  readonly name: SetUpName;
  readonly state: 'already-there' | 'installed' | 'failed';
  readonly says: string;
  readonly remedy: readonly string[];
  readonly durationMs: number;
}

/** Installs toolchains one after the other; one that fails keeps no other from being tried. Exit code 2 when any failed. */
export const setUp = async (
  context: CliContext,
  asked: readonly string[],
  options: SetUpOptions,
): Promise<ExitCode> => {
  const names = namesOf(asked);
  const stop = untilStopped();
  const results: Result[] = [];
  try {
    for (const name of names) {
      if (stop.signal.aborted) break;
      results.push(await setUpOne({ context, options, signal: stop.signal }, name));
    }
  } finally {
    stop.release();
  }
  if (options.json) context.terminal.out(JSON.stringify({ toolchains: results }, undefined, 2));
  if (stop.signal.aborted) return EXIT.stopped;
  return results.some((result) => result.state === 'failed') ? EXIT.input : EXIT.done;
};

const namesOf = (asked: readonly string[]): readonly SetUpName[] => {
  const unknown = asked.find((name) => name !== 'all' && !NAMES.some((known) => known === name));
  if (unknown !== undefined)
    throw new CliError(`there is no toolchain "${printable(unknown)}"`, {
      remedy: [`there are: ${NAMES.join(', ')}, all`],
    });
  return asked.includes('all') ? NAMES : NAMES.filter((name) => asked.includes(name));
};

interface SetUpParts {
  readonly context: CliContext;
  readonly options: SetUpOptions;
  readonly signal: AbortSignal;
}

const setUpOne = async (parts: SetUpParts, name: SetUpName): Promise<Result> => {
  const { terminal } = parts.context;
  const started = Date.now();
  terminal.err(`${name}:`);
  const result = await tried(parts, name).catch((error: unknown) => failed(name, error, started));
  terminal.err(`  ${MARK[result.state]} ${result.says} (${duration(result.durationMs)})`);
  for (const line of result.remedy) terminal.err(`    ${line}`);
  return result;
};

const MARK: Readonly<Record<Result['state'], string>> = { 'already-there': '✓', installed: '✓', failed: '✗' };

const tried = async ({ context, options, signal }: SetUpParts, name: SetUpName): Promise<Result> => {
  const request = {
    places: placesOf({ env: context.env }),
    env: context.env,
    mayUseSystem: options.system ?? false,
    signal,
    say: (line: string) => context.terminal.err(`  ${printable(line)}`),
  };
  const outcome = await (name === 'sandbox' ? installSandboxProgram(request) : installToolchain({ ...request, name }));
  const says = `${outcome.kind === 'installed' ? 'installed' : 'there already'}: ${outcome.version}`;
  return { name, state: outcome.kind, says, remedy: [], durationMs: outcome.durationMs };
};

const failed = (name: SetUpName, error: unknown, started: number): Result => {
  if (!(error instanceof InstallProblem)) throw error;
  const says = printable(error.message.replace(/\s*\n\s*/g, ' | '));
  return { name, state: 'failed', says, remedy: error.remedy, durationMs: Date.now() - started };
};
