import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, statfsSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as pause } from 'node:timers/promises';
import type { Isolation } from '@squados/contracts';
import { SandboxRequestError } from './checked-request.js';
import { ControlChannel } from './control-channel.js';
import type { ControlGroup } from './control-group.js';
import type { Cell, Driver, Launch, Places } from './drivers/driver.js';
import { markOf } from './drivers/plain.js';
import { endFound, endUser, send } from './end-processes.js';
import { allRead, OutputDrain } from './output-drain.js';
import { collectFiles, giveTree, writeFiles, type Collection } from './private-folder.js';
import { processesOfUser, processesMarked, processTree } from './process-list.js';
import { watchRun, type Broken } from './run-watch.js';
import type { SandboxLimits, SandboxOutcome, SandboxTalk } from './sandbox.port.js';

/*
 * Owns one run from its first process to its last; not the folder and the control group, which `open-cell.ts` opens and closes.
 * 1. Everything starts below one launching process, in a process group and (where there is one) a control group of its own.
 * 2. Nothing that nobody trusts runs before `started`, and nothing of it runs any more when files are collected.
 * 3. `stop` records the first reason alone; every end goes through `#endEverything`, also that of a run that ended well.
 * 4. A launching process that a signal ended which we didn't send says nothing about the code inside: the run counts as lost.
 */

type Stop =
  | { readonly kind: 'aborted' }
  | { readonly kind: 'limited'; readonly limit: keyof SandboxLimits | 'signal'; readonly message: string };

export interface OpenCell extends Cell {
  readonly group: ControlGroup | undefined;
  readonly isBounded: boolean;
}

/** How long the trusted steps may take on a machine that is busy. */
const START_MS = 20_000;
const END_MS = 5_000;
const SETUP_TEXT = 500;

/** Its directory is gone with its launcher: there is nothing to collect. */
const LOST: SandboxOutcome = {
  kind: 'unavailable',
  reason: 'the process that launched it was killed by somebody else, twice',
};

const readable = (child: ChildProcess, index: number): Readable => child.stdio[index] as Readable;

/** Invalid UTF-8 becomes U+FFFD; a character that two pieces share is told whole. */
const tellAll = (stream: Readable, talk: SandboxTalk): void => {
  const decoder = new StringDecoder('utf8');
  stream.on('data', (chunk: Buffer) => talk.heard(decoder.write(chunk)));
};

export class SandboxRun {
  readonly #cell: OpenCell;
  readonly #driver: Driver;
  readonly #isolation: Isolation;
  readonly #child: ChildProcess;
  readonly #control: ControlChannel;
  readonly #stdout: OutputDrain;
  readonly #stderr: OutputDrain;
  readonly #places: Places;
  readonly #closed: Promise<void>;
  readonly #exited: Promise<void>;
  #isLost = false;
  #stop: Stop | undefined;
  #startedAt = 0;

  constructor(cell: OpenCell, driver: Driver, isolation: Isolation) {
    this.#cell = cell;
    this.#driver = driver;
    this.#isolation = isolation;
    this.#child = this.#spawn(driver.launch(cell));
    this.#closed = new Promise((resolve) => {
      this.#child.on('close', () => resolve());
      this.#child.on('error', () => resolve());
    });
    this.#exited = new Promise((resolve) => this.#child.once('exit', () => resolve()));
    this.#control = new ControlChannel(readable(this.#child, 3), this.#child.stdio[4] as Writable);
    const capacity = cell.request.limits.outputKb * 1_024;
    const { talk } = cell.request;
    this.#stdout = new OutputDrain(readable(this.#child, 1), talk === undefined ? capacity : 0);
    if (talk !== undefined) tellAll(readable(this.#child, 1), talk);
    this.#stderr = new OutputDrain(readable(this.#child, 2), capacity);
    this.#places = driver.places(cell, this.#child.pid ?? 0);
    if (this.#child.pid !== undefined) cell.folder.note('group', String(this.#child.pid));
  }

  /** Invariant 4; known once `run` has answered. */
  get isLost(): boolean {
    return this.#isLost;
  }

  async run(signal: AbortSignal): Promise<SandboxOutcome> {
    const abort = (): void => this.#end({ kind: 'aborted' });
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    try {
      return await this.#throughAllSteps();
    } finally {
      signal.removeEventListener('abort', abort);
      await this.#endEverything();
    }
  }

  #spawn(launch: Launch): ChildProcess {
    const [program, ...rest] = launch.argv;
    const filter = launch.filterFile === undefined ? 'ignore' : openSync(launch.filterFile, 'r');
    const { stdin, talk } = this.#cell.request;
    const input = stdin === undefined && talk === undefined ? 'ignore' : 'pipe';
    try {
      return spawn(program, rest, {
        cwd: '/',
        env: launch.env,
        detached: true, // invariant 1
        stdio: [input, 'pipe', 'pipe', 'pipe', 'pipe', filter],
      });
    } finally {
      if (filter !== 'ignore') closeSync(filter);
    }
  }

  async #throughAllSteps(): Promise<SandboxOutcome> {
    const late = setTimeout(() => this.#endStart(), START_MS);
    const trouble = await this.#start();
    clearTimeout(late);
    if (trouble !== undefined) return trouble;
    const unwatch = this.#watch();
    const status = await this.#control.when('exit');
    const durationMs = Math.round(performance.now() - this.#startedAt);
    unwatch();
    if (status === undefined) await this.#noteLoss();
    if (this.#isLost) return LOST;
    this.#endInside();
    await this.#insideIsEmpty();
    await allRead([this.#stdout, this.#stderr]);
    return this.#outcome(Number(status ?? Number.NaN), durationMs);
  }

  /** Up to `started`; the answer is why it did not come to that. */
  async #start(): Promise<SandboxOutcome | undefined> {
    if ((await this.#control.when('ready')) === undefined) return this.#notStarted();
    const trouble = await this.#fillOrLose();
    if (trouble !== undefined) return trouble;
    this.#control.go();
    this.#feed();
    await Promise.race([this.#control.when('started'), this.#control.when('exit')]);
    if (this.#control.heard('started') === undefined) return this.#notStarted();
    this.#startedAt = performance.now();
    return undefined;
  }

  /** The directory is reached through the launching process, and goes with it. */
  async #fillOrLose(): Promise<SandboxOutcome | undefined> {
    try {
      return this.#fill();
    } catch (error) {
      if (error instanceof SandboxRequestError) throw error;
      await this.#noteLoss();
      if (this.#isLost) return this.#notStarted();
      throw error;
    }
  }

  #fill(): SandboxOutcome | undefined {
    const { uid, request } = this.#cell;
    try {
      this.#driver.prepare(this.#cell, this.#places);
      writeFiles(this.#places.work, request.files);
      if (uid !== undefined)
        for (const folder of [this.#places.work, this.#places.temporary]) giveTree(folder, { uid, gid: uid });
      return undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      const message = `the files to run need more than the ${request.limits.diskMb} MB of its directory`;
      return this.#limited({ limit: 'diskMb', message }, 0, { files: new Map(), notes: [] });
    }
  }

  #feed(): void {
    const { stdin } = this.#child;
    const { talk, stdin: text = '' } = this.#cell.request;
    stdin?.on('error', () => undefined);
    if (talk !== undefined && stdin) talk.input.pipe(stdin);
    else stdin?.end(text);
  }

  async #notStarted(): Promise<SandboxOutcome> {
    if (this.#stop?.kind === 'aborted') return { kind: 'aborted' };
    await this.#noteLoss();
    await this.#endEverything();
    const said = this.#control.heard('missing');
    if (said !== undefined) return { kind: 'unavailable', reason: `the sandbox lacks ${said}` };
    const stopped = this.#stop?.kind === 'limited' ? `${this.#stop.message}: ` : '';
    const text = this.#stderr.text().trim().slice(0, SETUP_TEXT);
    return {
      kind: 'unavailable',
      reason: `${this.#driver.name} could not start: ${stopped}${text || 'it said nothing'}`,
    };
  }

  async #noteLoss(): Promise<void> {
    if (this.#stop !== undefined || this.#control.heard('missing') !== undefined) return;
    await Promise.race([this.#exited, pause(END_MS, undefined, { ref: false })]);
    this.#isLost = this.#stop === undefined && this.#child.signalCode !== null;
  }

  #endStart(): void {
    this.#end({ kind: 'limited', limit: 'wallMs', message: `not ready after ${START_MS / 1_000} s` });
  }

  #watch(): () => void {
    const { limits } = this.#cell.request;
    const over = (broken: Broken): void => this.#end({ kind: 'limited', ...broken });
    const isPlain = this.#driver.level === 1;
    const unwatch = watchRun(
      {
        limits,
        group: this.#cell.group,
        isBounded: this.#cell.isBounded,
        folders: isPlain ? [this.#places.work, this.#places.temporary] : [],
        processes: () => this.#inside(),
      },
      over,
    );
    const message = `was still running after ${limits.wallMs} ms`;
    const timer = setTimeout(() => over({ limit: 'wallMs', message }), limits.wallMs);
    return () => {
      clearTimeout(timer);
      unwatch();
    };
  }

  /** Processes of the run that are known, the launching ones left out. */
  #inside(): readonly number[] {
    const { group, uid } = this.#cell;
    if (group !== undefined) return group.processes();
    if (uid !== undefined) return processesOfUser(uid);
    const first = Number(this.#control.heard('inner') ?? 0);
    const marked = this.#driver.level === 1 ? processesMarked(markOf(this.#cell), this.#cell.folder.path) : [];
    return [...new Set([...(first > 1 ? processTree(first) : []), ...marked])];
  }

  #end(stop: Stop): void {
    if (this.#stop !== undefined) return; // invariant 3
    this.#stop = stop;
    this.#endInside();
    if (stop.kind === 'aborted' || this.#startedAt === 0) this.#killLaunch();
  }

  #endInside(): void {
    const { group, uid, ground } = this.#cell;
    if (group !== undefined) group.kill();
    else if (uid === undefined) endFound(() => this.#inside());
    else if (this.#inside().length > 0) endUser(ground.host, uid);
  }

  async #insideIsEmpty(): Promise<void> {
    for (let waited = 0; waited < END_MS && this.#inside().length > 0; waited += 10) {
      this.#endInside();
      await pause(10);
    }
  }

  #killLaunch(): void {
    if (this.#child.pid !== undefined) send(-this.#child.pid, 'SIGKILL');
  }

  async #endEverything(): Promise<void> {
    this.#endInside();
    await this.#insideIsEmpty();
    this.#control.release();
    this.#killLaunch();
    await Promise.race([this.#closed, pause(END_MS, undefined, { ref: false })]);
    for (const stream of this.#child.stdio) stream?.destroy();
  }

  #outcome(status: number, durationMs: number): SandboxOutcome {
    if (this.#stop?.kind === 'aborted') return { kind: 'aborted' };
    const collection = collectFiles(this.#places.work, this.#cell.request.collect);
    const stopped = this.#stop ?? this.#boundThatStopped(status);
    if (stopped !== undefined) return this.#limited(stopped, durationMs, collection);
    return { kind: 'exited', exitCode: status, ...this.#ran(durationMs, collection) };
  }

  /** Bounds that the kernel enforced without asking us. */
  #boundThatStopped(
    status: number,
  ): { readonly limit: keyof SandboxLimits | 'signal'; readonly message: string } | undefined {
    const { limits } = this.#cell.request;
    if (status === 0) return undefined;
    const hits = this.#cell.isBounded ? this.#cell.group?.hits() : undefined;
    if ((hits?.memory ?? 0) > 0)
      return { limit: 'memoryMb', message: `used more than ${limits.memoryMb} MB of memory` };
    if (this.#isFull()) return { limit: 'diskMb', message: `filled its directory of ${limits.diskMb} MB` };
    return boundOfSignal(status, limits);
  }

  #isFull(): boolean {
    if (this.#driver.level === 1) return false;
    const { bavail, ffree, blocks } = statfsSync(this.#places.work);
    return bavail <= blocks / 1_000 || ffree === 0;
  }

  #limited(
    stopped: { readonly limit: keyof SandboxLimits | 'signal'; readonly message: string },
    durationMs: number,
    collection: Collection,
  ): SandboxOutcome {
    return { kind: 'limited', limit: stopped.limit, message: stopped.message, ...this.#ran(durationMs, collection) };
  }

  #ran(durationMs: number, { files, notes }: Collection) {
    return {
      stdout: this.#stdout.text(),
      stderr: this.#stderr.text(),
      droppedBytes: this.#stdout.droppedBytes + this.#stderr.droppedBytes,
      durationMs,
      isolation: this.#isolation,
      collected: files,
      notes,
    };
  }
}

/** Codes by which a shell tells of a signal. Only those that a program can't well have chosen itself. */
const SIGNALS: Readonly<Record<number, string>> = {
  132: 'SIGILL',
  134: 'SIGABRT',
  135: 'SIGBUS',
  136: 'SIGFPE',
  137: 'SIGKILL',
  139: 'SIGSEGV',
  143: 'SIGTERM',
  159: 'SIGSYS',
};

const boundOfSignal = (
  status: number,
  limits: SandboxLimits,
): { readonly limit: keyof SandboxLimits | 'signal'; readonly message: string } | undefined => {
  if (status === 152)
    return { limit: 'cpuSeconds', message: `used more than ${limits.cpuSeconds} s of processor time` };
  if (status === 153) return { limit: 'diskMb', message: `wrote a file of more than ${limits.diskMb} MB` };
  const name = Number.isNaN(status) ? 'an unknown signal' : SIGNALS[status];
  return name === undefined ? undefined : { limit: 'signal', message: `was ended by ${name}` };
};
