export type InstallProblemCode =
  | 'no-network'
  | 'disk-full'
  | 'missing-program'
  | 'step-failed'
  | 'in-use'
  | 'stopped'
  | 'unsupported'
  | 'not-writable';

/** Why a toolchain could not be installed, and what a person can do about it. */
export class InstallProblem extends Error {
  override readonly name = 'InstallProblem';

  constructor(
    readonly code: InstallProblemCode,
    message: string,
    /** One line each: what to type or to change. */
    readonly remedy: readonly string[],
  ) {
    super(message);
  }
}

const NETWORK =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|NewConnectionError|NameResolutionError|ConnectTimeoutError|Temporary failure (in name resolution|resolving)|Could not resolve host|no such host|dial tcp|network is unreachable|Could not connect to/i;
const DISK = /ENOSPC|No space left on device|disk quota exceeded/i;

/** npm, pip, go and apt tell the cause in words alone, so their words are what there is to go by. */
export const problemOf = (title: string, ended: string, output: string): InstallProblem => {
  const tail = output.trim().split('\n').slice(-6).join('\n');
  const message = `${title}: ${ended}.${tail === '' ? '' : ` Its last words:\n${tail}`}`;
  if (DISK.test(output)) return new InstallProblem('disk-full', message, ['make room on the disk, then run it again']);
  if (NETWORK.test(output))
    return new InstallProblem('no-network', message, [
      'the package registry was not reached: check the network, a proxy or the mirror that npm, pip and go are set up with',
      'then run it again: what was fetched so far is kept',
    ]);
  return new InstallProblem('step-failed', message, ['put right what its words say, then run it again']);
};
