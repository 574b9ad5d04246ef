import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import type { Isolation } from '@squados/contracts';
import type { Sandbox, SandboxOutcome, SandboxRequest } from '../../sandbox/index.js';
import { readAnswer, type ServedAnswer } from './served-answer.js';
import type { CheckAnswer, CheckJob } from './check-job.js';

/*
 * Owns one run of the sandbox that answers job after job.
 * 1. One job at a time; it ends by the line that bears its own mark, by the end of the run, by its time or by its caller.
 * 2. Whatever ends a job but its line ends the run: `isOver` is final.
 */

const MARK_BYTES = 16;
/** Above it the run is not asked again: what it keeps has grown too much. */
const WORN_MB = 1_500;

export interface WarmTerms {
  readonly signal: AbortSignal;
  /** Milliseconds that a job may take. */
  readonly jobMs: number;
}

type Ending =
  { readonly kind: 'answer'; readonly answer: ServedAnswer } | { readonly kind: 'over' | 'late' | 'aborted' };

export class WarmRun {
  readonly #input = new PassThrough();
  readonly #controller = new AbortController();
  readonly #isolation: Promise<Isolation>;
  readonly #ended: Promise<SandboxOutcome>;
  #unread = '';
  #mark = '';
  #onAnswer: ((answer: ServedAnswer) => void) | undefined;
  #isOver = false;
  #jobs = 0;

  constructor(sandbox: Sandbox, request: SandboxRequest) {
    this.#isolation = sandbox.isolation().then(({ level, by }) => ({ level, by }));
    const talk = { input: this.#input, heard: (text: string) => this.#heard(text) };
    this.#ended = sandbox.run({ ...request, talk }, this.#controller.signal);
    this.#ended.finally(() => (this.#isOver = true)).catch(() => undefined);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Jobs that were answered. */
  get jobs(): number {
    return this.#jobs;
  }

  async ask(job: CheckJob, terms: WarmTerms): Promise<CheckAnswer> {
    const ending = await this.#ending(job, terms);
    if (ending.kind === 'answer') return this.#told(ending.answer);
    const outcome = await this.end();
    if (ending.kind === 'aborted') return { kind: 'aborted' };
    if (ending.kind === 'late') return this.#stopped(`had not answered after ${terms.jobMs / 1_000} s`, outcome);
    return this.#endedEarly(outcome);
  }

  /** Ends everything inside; calling it twice is the same end. */
  async end(): Promise<SandboxOutcome> {
    this.#isOver = true; // invariant 2
    this.#input.end();
    this.#controller.abort();
    return this.#ended;
  }

  async #ending(job: CheckJob, { signal, jobMs }: WarmTerms): Promise<Ending> {
    const { promise: ending, settle } = settled<Ending>();
    const abort = (): void => settle({ kind: 'aborted' });
    const timer = setTimeout(() => settle({ kind: 'late' }), jobMs);
    signal.addEventListener('abort', abort, { once: true });
    this.#onAnswer = (answer) => settle({ kind: 'answer', answer });
    this.#ended.finally(() => settle({ kind: 'over' })).catch(() => undefined);
    this.#say(job);
    try {
      return await ending;
    } finally {
      this.#onAnswer = undefined;
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    }
  }

  #say(job: CheckJob): void {
    this.#mark = `${randomBytes(MARK_BYTES).toString('hex')} `;
    const plan = { tsconfigs: job.tsconfigs, lint: job.lint() };
    const line = { mark: this.#mark, files: [...job.project], plan };
    this.#input.write(`${JSON.stringify(line)}\n`);
  }

  #heard(text: string): void {
    const lines = `${this.#unread}${text}`.split('\n');
    this.#unread = lines.pop() ?? '';
    for (const line of lines) if (this.#mark !== '' && line.startsWith(this.#mark)) this.#answered(line);
  }

  #answered(line: string): void {
    const answer = readAnswer(line.slice(this.#mark.length));
    this.#mark = '';
    this.#jobs += 1;
    this.#onAnswer?.(answer);
  }

  async #told(answer: ServedAnswer): Promise<CheckAnswer> {
    if (answer.kind === 'refused') return answer;
    if (answer.rssMb > WORN_MB) void this.end().catch(() => undefined);
    return { kind: 'checked', reports: answer.reports, isolation: await this.#isolation };
  }

  async #endedEarly(outcome: SandboxOutcome): Promise<CheckAnswer> {
    switch (outcome.kind) {
      case 'unavailable':
      case 'aborted':
        return outcome;
      case 'exited':
        return this.#stopped(`ended with exit code ${outcome.exitCode}`, outcome);
      case 'limited':
        return this.#stopped(`was stopped by its limit ${outcome.limit}: ${outcome.message}`, outcome);
    }
  }

  async #stopped(reason: string, outcome: SandboxOutcome): Promise<CheckAnswer> {
    const stderr = 'stderr' in outcome ? outcome.stderr : '';
    return { kind: 'stopped', reason: `the check ${reason}`, stderr, isolation: await this.#isolation };
  }
}

/** A promise that the first call of `settle` answers. */
const settled = <T>(): { readonly promise: Promise<T>; settle(value: T): void } => {
  let settle: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => (settle = resolve));
  return { promise, settle: (value) => settle(value) };
};
