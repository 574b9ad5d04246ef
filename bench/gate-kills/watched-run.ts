import { spawn, type ChildProcess } from 'node:child_process';
import { below, type Seen } from './processes.js';

/*
 * One run of `squados` whose every descendant is known: all of them are children of a reaper (Linux's PR_SET_CHILD_SUBREAPER), also
 * those whose parents died and those in sessions, groups and namespaces of their own. The reaper ends when it has no child left,
 * so its end is the proof that nothing of the run lives on.
 */

const REAPER = `
import ctypes, os, sys
if ctypes.CDLL(None).prctl(36, 1, 0, 0, 0) != 0: sys.exit('no subreaper here')
first = os.fork()
if first == 0: os.execv(sys.argv[1], sys.argv[1:])
print('started', first, flush=True)
while True:
    try: pid, status = os.wait()
    except ChildProcessError: break
    if pid == first: print('ended', os.waitstatus_to_exitcode(status), flush=True)
`;

export class WatchedRun {
  /** Exit code of \`squados\`; negative: the signal that ended it. */
  readonly ended: Promise<number>;
  /** Nothing of the run lives any more. */
  readonly alone: Promise<void>;
  readonly #reaper: ChildProcess;
  readonly #started: Promise<number>;

  constructor(command: readonly string[], output: number) {
    this.#reaper = spawn('python3', ['-c', REAPER, ...command], { stdio: ['ignore', 'pipe', output] });
    const word = (name: string): Promise<number> =>
      new Promise((resolve, reject) => {
        let text = '';
        this.#reaper.stdout?.on('data', (chunk: Buffer) => {
          text += chunk.toString('utf8');
          const found = new RegExp(`^${name} (-?\\d+)$`, 'm').exec(text);
          if (found) resolve(Number(found[1]));
        });
        this.#reaper.once('close', () => reject(new Error(`the reaper ended without "${name}"`)));
      });
    this.#started = word('started');
    this.ended = word('ended');
    this.ended.catch(() => undefined);
    this.alone = new Promise((resolve) => this.#reaper.once('close', () => resolve()));
  }

  get squados(): Promise<number> {
    return this.#started;
  }

  processes(): readonly Seen[] {
    return this.#reaper.pid === undefined ? [] : below(this.#reaper.pid);
  }

  /** All of it, for a harness that is stopped. */
  endAll(): void {
    for (const { pid } of this.processes())
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended meanwhile.
      }
  }
}
