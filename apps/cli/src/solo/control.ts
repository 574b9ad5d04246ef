import type { Command } from '@squados/contracts';
import { callControl, readOwner, type ControlAnswer, type ControlHandler } from '@squados/event-log/embedded';
import type { SubmitResult } from '@squados/orchestrator';
import { commandName } from '../terminal/command-name.js';
import { CliError } from '../cli-error.js';
import { shellQuote } from '../views/shell-quote.js';
import type { DataFolder } from './data-folder.js';

/** What other processes may ask the one that runs a folder. */
export type ControlRequest =
  | { readonly kind: 'ping' }
  | { readonly kind: 'submit'; readonly command: Command }
  /** A new link to the live page. */
  | { readonly kind: 'link' };

/** What gives links to the live page, where there is one. */
export interface LinkSource {
  link(): string;
}

export interface Pong {
  readonly pid: number;
}

/** The running process's side: outside text becomes a command only through the contracts' own parser. */
export const controlHandler = (
  submit: (command: Command) => Promise<SubmitResult>,
  page?: LinkSource,
): ControlHandler => {
  return async (request) => {
    const asked = request as Partial<ControlRequest> | null;
    if (asked?.kind === 'ping') return { pid: process.pid } satisfies Pong;
    if (asked?.kind === 'submit') return submit(await commandOf(asked.command));
    if (asked?.kind === 'link') return { url: page?.link() };
    throw new TypeError('this request is not known to the running version of squados');
  };
};

/** @throws TypeError that says what is wrong with it. */
const commandOf = async (value: unknown): Promise<Command> => {
  const { parseCommand } = await import('@squados/contracts/edges'); // heavy, and most runs are never asked anything
  const result = parseCommand(value);
  if (result.ok) return result.command;
  throw new TypeError(
    result.problems.map((problem) => `${problem.path} ${problem.message}: ${problem.remedy}`).join('; '),
  );
};

const PATIENCE_MS = 30_000;

const ask = (folder: DataFolder, request: ControlRequest): Promise<ControlAnswer> =>
  callControl(folder.root, request, { signal: AbortSignal.timeout(PATIENCE_MS) });

/** Whether a process runs this folder now. */
export const isRunning = async (folder: DataFolder): Promise<boolean> =>
  (await ask(folder, { kind: 'ping' })).kind === 'answered';

/** @throws CliError when the process went away, or could not answer. */
export const askRunning = async (folder: DataFolder, command: Command): Promise<SubmitResult> => {
  const answer = await ask(folder, { kind: 'submit', command });
  if (answer.kind === 'answered') return answer.value as SubmitResult;
  const message = answer.kind === 'failed' ? answer.message : 'it ended meanwhile';
  throw new CliError(`${folder.root}: the running process did not carry out the command: ${message}`, {
    code: 'control',
    remedy: ['squados events shows whether it was recorded; if not, try again'],
  });
};

/** A new link to the page of the process that runs this folder. @throws CliError when nothing runs, or it has no page. */
export const askForLink = async (folder: DataFolder): Promise<string> => {
  const answer = await ask(folder, { kind: 'link' });
  const url = answer.kind === 'answered' ? (answer.value as { readonly url?: string }).url : undefined;
  if (url !== undefined) return url;
  const what = answer.kind === 'answered' ? 'the process that runs it has no page' : 'nothing runs it now';
  throw new CliError(`${folder.root}: ${what}`, {
    code: 'no-page',
    remedy: [`start it with: ${commandName()} up --data ${shellQuote(folder.root)}`],
  });
};

/** @throws CliError when another process runs this folder. */
export const requireFree = async (folder: DataFolder): Promise<void> => {
  if (!(await isRunning(folder))) return;
  const owner = readOwner(folder.root);
  throw new CliError(
    `${folder.root}: this folder is in use${owner ? ` by process ${owner.pid}, since ${owner.since}` : ''}`,
    {
      code: 'log-locked',
      remedy: [`watch it with: ${commandName()} watch, or stop that process first, or give another folder with --data`],
    },
  );
};
