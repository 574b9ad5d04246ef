import { ClaudeStub, type StubCall, type StubReply, type WireRequest } from '@squados/authors/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faultyAuthor } from './faulty-author.js';
import type { LifeEnd, LifeOptions } from './life.js';
import type { Run } from './report.js';

const KEY = 'sk-ant-budget-0123456789';
const CENT = 10_000_000;
const MOST_RAISES = 12;

export type Draw = () => number;
export const between = (draw: Draw, from: number, to: number): number => from + Math.floor(draw() * (to - from + 1));

const paidTwice = (calls: readonly StubCall[]): number => {
  const hashes = calls.flatMap(({ usage, hash }) => (usage && hash ? [hash] : []));
  return hashes.length - new Set(hashes).size;
};

/** One run, with its own folder, limit and stub. */
export class Victim {
  private readonly data = mkdtempSync(join(tmpdir(), 'claude-budget-'));
  private readonly stub: Promise<ClaudeStub>;
  private readonly of: { readonly cards: number; readonly slots: number };
  private readonly firstLimit: number;
  private limit: number;
  private raises = 0;
  private first: Run['first'] | undefined;
  private last: LifeEnd | undefined;
  private drops = 0;
  private kills = 0;
  private inFlight = 0;
  private seen = 0;

  constructor(
    private readonly number: number,
    private readonly draw: Draw,
    onRequest: () => void,
  ) {
    this.of = { cards: between(draw, 2, 5), slots: between(draw, 1, 3) };
    this.limit = this.firstLimit = between(draw, 40, 600) * (CENT / 10);
    const script = faultyAuthor(draw, between(draw, 0, 1), () => (this.drops += 1));
    const answer = (request: WireRequest): StubReply => {
      this.seen += 1;
      onRequest();
      return script(request);
    };
    this.stub = ClaudeStub.start({ key: KEY, script: answer });
  }

  get isDone(): boolean {
    return this.last?.status === 'completed';
  }

  async options(): Promise<LifeOptions> {
    const { url } = await this.stub;
    const perAttemptNanoUsd = Math.max(Math.ceil(this.limit / 2), 8 * CENT);
    return { ...this.of, data: this.data, url, key: KEY, limitNanoUsd: this.limit, perAttemptNanoUsd };
  }

  /** Call it the moment before. */
  async isKilled(): Promise<void> {
    this.kills += 1;
    this.inFlight += this.seen - (await this.stub).calls.length;
  }

  /** What holds at any time. @throws Error when it doesn't */
  async check(): Promise<number> {
    const { billed } = await this.stub;
    if (billed > this.limit) throw new Error(`run ${this.number}: the bill is ${billed}, the limit was ${this.limit}`);
    return billed;
  }

  /** Nothing moves any more under the present limit. @throws Error when something doesn't hold */
  async settled(end: LifeEnd): Promise<void> {
    const billed = await this.check();
    const { spentNanoUsd: spent, status } = end;
    if (spent > this.limit || spent < billed)
      throw new Error(`run ${this.number}: the log says ${spent}, the bill is ${billed}, the limit was ${this.limit}`);
    this.first ??= { status, billed, spent };
    this.last = end;
    if (status === 'completed') return;
    if (status !== 'paused') throw new Error(`run ${this.number} ended ${status}: ${JSON.stringify(end.states)}`);
    if (++this.raises > MOST_RAISES) throw new Error(`run ${this.number} is not done with ${this.limit}`);
    this.limit = Math.ceil(this.limit * (1.5 + 2 * this.draw()));
  }

  async result(): Promise<Run> {
    const { calls, billed } = await this.stub;
    const { number, of, first, last, limit, firstLimit, raises, kills, inFlight, drops } = this;
    if (!first || !last) throw new Error(`run ${number} never ended`);
    const twice = paidTwice(calls);
    if (twice > kills * of.slots + drops)
      throw new Error(`run ${number}: ${twice} calls were paid twice with ${kills} kills and ${drops} broken streams`);
    const paid = calls.filter(({ usage }) => usage).length;
    const end = { limit, billed, spent: last.spentNanoUsd };
    return { number, ...of, limit: firstLimit, first, raises, last: end, kills, inFlight, drops, calls: paid, twice };
  }

  async close(): Promise<void> {
    await (await this.stub).close();
    rmSync(this.data, { recursive: true, force: true });
  }
}
