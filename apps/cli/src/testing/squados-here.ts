import type { ExitCode } from '../exit-codes.js';
import { runCli } from '../program.js';
import { RecordingTerminal, type TerminalShape } from './recording-terminal.js';

export interface Heard {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
  /** What stands on stdout, as JSON. */
  json<T = Record<string, unknown>>(): T;
}

export interface Place {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly terminal?: TerminalShape;
}

/** Runs one command line in this process, without a shell and without a terminal. */
export const squadosHere = async (args: readonly string[], place: Place): Promise<Heard> => {
  const terminal = new RecordingTerminal(place.terminal);
  const env = { SQUADOS_USER: 'tester', ...place.env };
  const code = await runCli(args, { terminal, env, cwd: place.cwd });
  const { stdout, stderr } = terminal;
  return { code, stdout, stderr, json: <T>() => JSON.parse(stdout) as T };
};
