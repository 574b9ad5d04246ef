import { existsSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, normalize } from 'node:path';
import { oddInnerPath } from './safe-inner-path.js';
import { DEFAULT_LIMITS, type SandboxLimits, type SandboxRequest } from './sandbox.port.js';

export interface CheckedMount {
  /** Real path on the host. */
  readonly from: string;
  /** As the caller gave it: absolute, or below the private directory. */
  readonly at: string;
  readonly isFolder: boolean;
}

export interface CheckedRequest extends SandboxRequest {
  readonly limits: SandboxLimits;
  readonly mounts: readonly CheckedMount[];
  readonly env: Readonly<Record<string, string>>;
  readonly collect: readonly string[];
}

/** A request that a caller got wrong: a path that leaves the directory, a variable that isn't one, a bound that is no number. */
export class SandboxRequestError extends Error {
  override readonly name = 'SandboxRequestError';
  readonly code = 'sandbox-request';
}

/** Not the caller's fault: this machine lacks a folder that the request names. */
export class MissingMountError extends Error {
  override readonly name = 'MissingMountError';
  readonly code = 'missing-mount';
}

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
const shown = (text: string): string => JSON.stringify(text.length > 120 ? `${text.slice(0, 117)}...` : text);

const refuse = (message: string): never => {
  throw new SandboxRequestError(`sandbox request: ${message}`);
};

const checkPath = (what: string, path: string): void => {
  const odd = oddInnerPath(path);
  if (odd !== undefined) refuse(`${what} ${shown(path)} ${odd}; give a relative path below the private directory`);
};

const checkPaths = ({ files, collect = [], cwd = '.' }: SandboxRequest): void => {
  for (const path of files.keys()) checkPath('the file', path);
  for (const path of collect) checkPath('the path to collect', path);
  if (cwd !== '.') checkPath('the working directory', cwd);
};

const checkVariable = ([name, value]: readonly [string, string]): void => {
  if (!VARIABLE.test(name)) refuse(`${shown(name)} is no name of a variable`);
  if (value.includes('\0')) refuse(`the variable ${name} holds a NUL`);
};

const checkLimits = (limits: SandboxLimits): void => {
  for (const [name, value] of Object.entries(limits))
    if (!Number.isFinite(value) || value <= 0) refuse(`the limit ${name} is ${String(value)}; give a number above 0`);
};

const checkCommand = (command: readonly string[]): void => {
  if (command[0] === undefined || command[0] === '' || /^-|[=\0]/.test(command[0]))
    refuse(`${shown(command[0] ?? '')} is no program`);
  if (command.some((part) => part.includes('\0'))) refuse('an argument holds a NUL');
};

/** Where the sandbox itself keeps things: a mount on top of these would take its walls down. */
const OURS = ['/', '/proc', '/dev', '/etc', '/usr', '/private', '/tmp', '/sys'];

const checkTarget = (at: string): void => {
  if (!isAbsolute(at)) return checkPath('the mount', at);
  if (normalize(at) !== at || OURS.includes(at) || /^\/(?:proc|dev|sys|private)\//.test(at) || /[\n\0]/.test(at))
    refuse(`the mount ${shown(at)} isn't a plain absolute path beside the sandbox's own folders`);
};

const checkedMount = (mount: { readonly from: string; readonly at: string }): CheckedMount => {
  checkTarget(mount.at);
  if (!isAbsolute(mount.from)) refuse(`the mount ${shown(mount.from)} isn't an absolute path of this machine`);
  if (!existsSync(mount.from)) throw new MissingMountError(`the folder ${mount.from}, to be mounted, isn't there`);
  const from = realpathSync(mount.from);
  return { from, at: mount.at.replace(/\/$/, ''), isFolder: statSync(from).isDirectory() };
};

/**
 * The request with every default filled in and every outside text checked.
 *
 * @throws SandboxRequestError when the caller got it wrong; MissingMountError when a mount isn't there
 */
export const checkedRequest = (request: SandboxRequest): CheckedRequest => {
  const limits = { ...DEFAULT_LIMITS, ...request.limits };
  const env = request.env ?? {};
  checkCommand(request.command);
  checkLimits(limits);
  checkPaths(request);
  Object.entries(env).forEach(checkVariable);
  const mounts = (request.mounts ?? []).map(checkedMount);
  return { ...request, limits, env, mounts, collect: request.collect ?? [] };
};
