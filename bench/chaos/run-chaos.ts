/**
 * One run: a server and a fleet come up, faults fall on them while cards are worked on, everything is mended, the cards come to their ends,
 * and the log is judged.
 *
 * Invariants:
 * 1. Whatever happens, server and fleet are gone when it resolves or rejects.
 * 2. It waits for conditions, each with a bound; one that is not met in time is a finding, not a hang.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { agentName, LOG_STREAM, type CardState, type Command } from '@squados/contracts';
import { openJetStreamLog, type JetStreamLog } from '@squados/event-log/jetstream';
import { startNatsServer, type NatsServer } from '../../libs/event-log/src/testing/nats-server.js';
import { followNats, type FollowedFolder } from '@squados/portal-gateway';
import { generator } from '../kills/seeded.js';
import { faultsOf, type Choice, type FaultKind } from './faults.js';
import { FeedWatch } from './feed-watch.js';
import { Fleet } from './fleet.js';
import { Injector } from './inject.js';
import {
  acknowledged,
  feedFaults,
  isSettled,
  LogFacts,
  some,
  statesOf,
  unsettled,
  verified,
  type Counts,
} from './judge.js';
import type { Breakage } from './services/broken-log.js';
import { layeredGraph, POLICY, PROJECT, Work, WRITER } from './work.js';

export interface ChaosPlan {
  readonly seed: number;
  /** How long faults fall, in ms. */
  readonly forMs: number;
  readonly agents: readonly string[];
  readonly copies: number;
  readonly choices: readonly Choice[];
  /** Between two faults, on the average. */
  readonly paceMs: number;
  readonly workMs: number;
  /** Cards that are handed out at a time. */
  readonly slice: number;
  /** How long the server waits for a sign of life of a worker. */
  readonly ackWaitMs: number;
  readonly program: string;
  readonly breakage?: Breakage;
}

export interface ChaosReport {
  readonly faults: ReadonlyMap<FaultKind, number>;
  readonly passedOver: number;
  /** Processes that ended though nobody had killed them, with how. */
  readonly endedAlone: readonly string[];
  readonly cards: number;
  readonly states: ReadonlyMap<CardState, number>;
  readonly counts: Counts;
  readonly acknowledged: number;
  readonly feedLines: number;
  readonly feedConnections: number;
  readonly commands: number;
  /** From the last fault mended to the last card settled. */
  readonly settledMs: number;
  readonly verifier: string;
  /** Empty: sound. */
  readonly violations: readonly string[];
}

const UP_MS = 90_000;
const SETTLE_MS = 180_000;
const FEED_MS = 30_000;
const LOOK_MS = 250;
const SAY_MS = 10_000;
const BETWEEN_COMMANDS_MS = [8_000, 20_000] as const;
const PAUSED_MS = 1_500;

export class ChaosRun {
  private readonly folder = mkdtempSync(join(tmpdir(), 'squados-chaos-'));
  private readonly endedAlone: string[] = [];
  private readonly work: Work;
  private server: NatsServer | undefined;
  private fleet: Fleet | undefined;
  private log: JetStreamLog | undefined;
  private people: FollowedFolder | undefined;
  private watches: readonly FeedWatch[] = [];
  private commands = 0;

  constructor(
    private readonly plan: ChaosPlan,
    private readonly say: (line: string) => void,
  ) {
    this.work = new Work(layeredGraph('../shared/bench/dags/layered.json', plan.seed), plan.agents);
  }

  async run(signal: AbortSignal): Promise<ChaosReport> {
    try {
      return await this.through(signal);
    } finally {
      await this.dispose(); // invariant 1
    }
  }

  private async through(signal: AbortSignal): Promise<ChaosReport> {
    const server = (this.server = await startNatsServer(this.plan.program));
    const fleet = (this.fleet = await this.startFleet(server));
    this.log = await openJetStreamLog({ access: server.access(), name: 'judge', stream: 'await', connectMs: UP_MS });
    this.people = await followNats({ access: server.access(), name: 'writer', connectMs: UP_MS });
    await this.submit({
      type: 'StartProject',
      project: PROJECT,
      title: 'Chaos',
      agents: this.plan.agents.map(agentName),
      policy: POLICY,
    });
    await this.addCards();
    await this.until('the fleet is up', () => fleet.members.every(({ isUp }) => isUp), UP_MS, signal);
    this.watches = fleet.of('gateway').map((gateway) => new FeedWatch(gateway));
    this.say(
      `${fleet.members.length} processes are up; faults of seed ${this.plan.seed} for ${this.plan.forMs / 1000} s`,
    );
    const injector = new Injector({ fleet, server, deleteDurable: (agent) => this.deleteDurable(agent) });
    await this.disturb(injector, signal);
    const settledMs = await this.settle(injector, signal);
    return this.judge(injector, { fleet, server, settledMs });
  }

  private startFleet(server: NatsServer): Promise<Fleet> {
    const { plan } = this;
    const shape = { copies: plan.copies, agents: plan.agents };
    const env = {
      ...{
        SQUADOS_CONCURRENCY: '2',
        SQUADOS_WINDOW: String(2 * plan.copies * 2),
        SQUADOS_LEASE: '30s',
        SQUADOS_GRACE: '3s',
      },
      ...{ CHAOS_WORK_MS: String(plan.workMs), CHAOS_ACK_WAIT_MS: String(plan.ackWaitMs) },
      ...(plan.breakage === undefined ? {} : { CHAOS_BROKEN: plan.breakage }),
    };
    const ended = (member: string, how: string): void => {
      this.endedAlone.push(`${member}: ${how}`);
      this.say(`${member} ended by itself: ${how}`);
    };
    return Fleet.start(shape, { folder: this.folder, serverPort: server.port, env, ended });
  }

  /** Faults, work and people, side by side, until the time is over. */
  private async disturb(injector: Injector, signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    const end = setTimeout(() => over.abort(), this.plan.forMs);
    const unlink = (): void => over.abort();
    signal.addEventListener('abort', unlink, { once: true });
    const saying = setInterval(() => this.say(this.progress(injector)), SAY_MS);
    const parts = [this.throwFaults(injector, over.signal), this.keepBusy(over.signal), this.interfere(over.signal)];
    await Promise.all(parts).finally(() => {
      clearInterval(saying);
      clearTimeout(end);
      signal.removeEventListener('abort', unlink);
    });
    signal.throwIfAborted();
  }

  private async throwFaults(injector: Injector, over: AbortSignal): Promise<void> {
    const { seed, agents, choices, paceMs } = this.plan;
    const members = this.fleet?.members ?? [];
    const workers = members.filter(({ kind }) => kind === 'agent').map(({ name }) => name);
    const targets = { members: members.map(({ name }) => name), workers, agents };
    for (const { afterMs, fault } of faultsOf(seed, targets, { choices, paceMs })) {
      await quiet(afterMs, over);
      if (over.aborted) return;
      injector.inject(fault);
    }
  }

  private async keepBusy(over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      if (this.open() < this.plan.slice / 2) await this.addCards().catch(() => undefined); // the log is away: later
      await quiet(LOOK_MS, over);
    }
  }

  /** People pause and go on, each time through any gateway that answers. */
  private async interfere(over: AbortSignal): Promise<void> {
    const draw = generator(this.plan.seed + 1);
    const [least, most] = BETWEEN_COMMANDS_MS;
    const through = (): FeedWatch | undefined => this.watches[Math.floor(draw() * this.watches.length)];
    while (!over.aborted) {
      await quiet(least + draw() * (most - least), over);
      if (over.aborted || !(await through()?.command({ type: 'PauseProject', now: draw() < 0.3, reason: 'chaos' })))
        continue;
      this.commands++;
      await delay(PAUSED_MS);
      while (!over.aborted && !(await through()?.command({ type: 'ResumeProject', reason: 'chaos' })))
        await quiet(LOOK_MS, over);
      this.commands++;
    }
  }

  /** Mends everything and waits for the end of every card. Answers how long that took, in ms. */
  private async settle(injector: Injector, signal: AbortSignal): Promise<number> {
    await injector.heal();
    const healedAt = performance.now();
    this.say(`no more faults: ${this.progress(injector)}`);
    await this.people?.source.submit({ type: 'ResumeProject', project: PROJECT, by: WRITER, reason: 'the end' }); // or it runs already
    const saying = setInterval(() => this.say(this.progress(injector)), SAY_MS);
    await this.until('every card is settled', () => this.isSettled(), SETTLE_MS, signal).catch((error: unknown) => {
      if (signal.aborted) throw error; // else the judge says what is open (invariant 2)
    });
    clearInterval(saying);
    return performance.now() - healedAt;
  }

  private async judge(
    injector: Injector,
    found: { readonly fleet: Fleet; readonly server: NatsServer; readonly settledMs: number },
  ): Promise<ChaosReport> {
    const { fleet, server, settledMs } = found;
    const { log, people, watches } = this;
    if (log === undefined || people === undefined) throw new Error('there is no log to judge');
    const head = await log.head();
    const seen = (): boolean => watches.every(({ position }) => position >= head);
    await this.until('the pages show the head', seen, FEED_MS, forever).catch(() => undefined); // the judge finds what is missing
    await Promise.all(watches.map((watch) => watch.stop()));
    const stopped = await fleet.stop();
    const facts = await LogFacts.of(log);
    const { count, lost } = acknowledged(this.folder, facts);
    const { sound, said } = await verified(`nats://u0:p0@127.0.0.1:${server.port}`);
    const board = people.source.fold.board;
    const violations = [
      ...some(lost.map((what) => `acknowledged and not in the log: ${what}`)),
      ...some(facts.endings()),
      ...some(unsettled(board, PROJECT)),
      ...watches.flatMap((watch) => feedFaults(watch, facts)),
      ...stopped.map((how) => `did not stop as it should: ${how}`),
      ...(sound ? [] : [`squados events --verify: ${some(said.map((line) => line.trim())).join(' | ')}`]),
    ];
    return {
      ...{
        faults: injector.tally,
        passedOver: injector.passedOver,
        endedAlone: this.endedAlone,
        settledMs,
        violations,
      },
      ...{
        cards: [...statesOf(board, PROJECT).values()].reduce((sum, n) => sum + n, 0),
        states: statesOf(board, PROJECT),
      },
      ...{ counts: facts.counts, acknowledged: count, verifier: said.at(-1) ?? '', commands: this.commands },
      feedLines: watches.reduce((sum, { keys }) => sum + keys.length, 0),
      feedConnections: watches.reduce((sum, { connections }) => sum + connections, 0),
    };
  }

  private async addCards(): Promise<void> {
    const cards = this.work.slice(this.plan.slice);
    if (cards.length > 0) await this.submit({ type: 'AddCards', project: PROJECT, cards, by: WRITER, kind: 'import' });
  }

  private async submit(command: Command): Promise<void> {
    const result = await this.people?.source.submit(command);
    if (result?.kind === 'rejected') throw new Error(`${command.type} was refused: ${result.message}`);
  }

  /** Past every service, as somebody with the server's tools would. */
  private async deleteDurable(agent: string): Promise<void> {
    await this.log?.connection
      .request(`$JS.API.CONSUMER.DELETE.${LOG_STREAM}.work-${agent}`, '', { timeout: 5_000 })
      .catch(() => undefined); // the server is away
  }

  private open(): number {
    const board = this.people?.source.fold.board;
    return board === undefined ? 0 : unsettled(board, PROJECT).length;
  }

  private isSettled(): boolean {
    const board = this.people?.source.fold.board;
    return board !== undefined && isSettled(board, PROJECT);
  }

  private progress({ tally }: Injector): string {
    const board = this.people?.source.fold.board;
    const states =
      board === undefined ? [] : [...statesOf(board, PROJECT)].map(([state, count]) => `${count} ${state}`);
    const faults = [...tally.values()].reduce((sum, count) => sum + count, 0);
    const up = this.fleet?.members.filter(({ isUp }) => isUp).length ?? 0;
    return `${states.join(', ')}; ${faults} faults; ${up} processes up`;
  }

  private async until(what: string, holds: () => boolean, boundMs: number, signal: AbortSignal): Promise<void> {
    const end = performance.now() + boundMs;
    while (!holds()) {
      signal.throwIfAborted();
      if (performance.now() > end) throw new Error(`not within ${boundMs / 1000} s: ${what}`);
      await delay(LOOK_MS);
    }
  }

  private async dispose(): Promise<void> {
    for (const watch of this.watches) await watch.stop();
    await this.fleet?.kill();
    await this.people?.close();
    await this.log?.close();
    await this.server?.dispose();
    if (process.env['CHAOS_KEEP'] === undefined) rmSync(this.folder, { recursive: true, force: true });
    else this.say(`kept: ${this.folder}`);
  }
}

const forever = new AbortController().signal;

/** Waits, or less when told; never rejects. */
const quiet = (ms: number, signal: AbortSignal): Promise<void> =>
  delay(ms, undefined, { signal }).catch(() => undefined);
