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
import { LOG_STREAM } from '@squados/contracts';
import { openJetStreamLog, type JetStreamLog } from '@squados/event-log/jetstream';
import { startNatsServer, type NatsServer } from '../../libs/event-log/src/testing/nats-server.js';
import type { ChaosPlan, ChaosReport } from './chaos-plan.js';
import { FeedWatch } from './feed-watch.js';
import { Fleet } from './fleet.js';
import { Injector } from './inject.js';
import { acknowledged, feedFaults, LogFacts, some, verified } from './judge.js';
import { Turmoil } from './turmoil.js';
import { untilHolds } from './waiting.js';
import { Writer } from './writer.js';

const UP_MS = 90_000;
const SETTLE_MS = 180_000;
const FEED_MS = 30_000;
const SAY_MS = 10_000;

/** What came up; every part of it goes with the run. */
interface Ground {
  readonly server: NatsServer;
  readonly fleet: Fleet;
  readonly log: JetStreamLog;
  readonly writer: Writer;
  readonly watches: readonly FeedWatch[];
}

/** What became of the ground. */
interface Outcome {
  readonly injector: Injector;
  readonly commands: number;
  readonly settledMs: number;
}

export class ChaosRun {
  private readonly folder = mkdtempSync(join(tmpdir(), 'squados-chaos-'));
  private readonly endedAlone: string[] = [];
  private readonly closing: (() => Promise<unknown>)[] = [];

  constructor(
    private readonly plan: ChaosPlan,
    private readonly say: (line: string) => void,
  ) {}

  async run(signal: AbortSignal): Promise<ChaosReport> {
    try {
      return await this.through(signal);
    } finally {
      for (const close of this.closing.reverse()) await close(); // invariant 1
      if (process.env['CHAOS_KEEP'] === undefined) rmSync(this.folder, { recursive: true, force: true });
      else this.say(`kept: ${this.folder}`);
    }
  }

  private async through(signal: AbortSignal): Promise<ChaosReport> {
    const ground = await this.comeUp(signal);
    const { fleet, server, writer } = ground;
    const { seed, forMs } = this.plan;
    this.say(`${fleet.members.length} processes are up; faults of seed ${seed} for ${forMs / 1000} s`);
    const injector = new Injector({ fleet, server, deleteDurable: (agent) => deleteDurable(ground, agent) });
    const saying = setInterval(() => this.say(progress(ground, injector)), SAY_MS);
    try {
      const turmoil = new Turmoil({ plan: this.plan, injector, ...ground });
      await turmoil.last(signal);
      await injector.heal();
      this.say(`no more faults: ${progress(ground, injector)}`);
      const settledMs = await settle(writer, signal);
      return await this.judge(ground, { injector, commands: turmoil.commands, settledMs });
    } finally {
      clearInterval(saying);
    }
  }

  /** Server, fleet, the project with its first cards, and a page at each gateway. */
  private async comeUp(signal: AbortSignal): Promise<Ground> {
    const server = this.owned(await startNatsServer(this.plan.program), (it) => it.dispose());
    const fleet = this.owned(await this.startFleet(server), (it) => it.kill());
    const access = server.access();
    const opening = openJetStreamLog({ access, name: 'judge', stream: 'await', connectMs: UP_MS });
    const log = this.owned(await opening, (it) => it.close());
    const writer = this.owned(await Writer.begin(this.plan, access, UP_MS), (it) => it.close());
    const isUp = (): boolean => fleet.members.every((member) => member.isUp);
    await untilHolds({ what: 'the fleet is up', boundMs: UP_MS, signal }, isUp);
    const watches = fleet.of('gateway').map((gateway) => this.owned(new FeedWatch(gateway), (it) => it.stop()));
    return { server, fleet, log, writer, watches };
  }

  /** Invariant 1: what came up last goes first. */
  private owned<T>(part: T, close: (part: T) => Promise<unknown>): T {
    this.closing.push(() => close(part));
    return part;
  }

  private startFleet({ port }: NatsServer): Promise<Fleet> {
    const { copies, agents, workMs, ackWaitMs, breakage } = this.plan;
    const slots = { SQUADOS_CONCURRENCY: '2', SQUADOS_WINDOW: String(2 * copies * 2) };
    const env = {
      ...{ ...slots, SQUADOS_LEASE: '30s', SQUADOS_GRACE: '3s' },
      ...{ CHAOS_WORK_MS: String(workMs), CHAOS_ACK_WAIT_MS: String(ackWaitMs) },
      ...(breakage === undefined ? {} : { CHAOS_BROKEN: breakage }),
    };
    const ended = (member: string, how: string): void => {
      this.endedAlone.push(`${member}: ${how}`);
      this.say(`${member} ended by itself: ${how}`);
    };
    return Fleet.start({ copies, agents }, { folder: this.folder, serverPort: port, env, ended });
  }

  private async judge(ground: Ground, { injector, commands, settledMs }: Outcome): Promise<ChaosReport> {
    const { fleet, server, log, writer, watches } = ground;
    const head = await log.head();
    const seen = (): boolean => watches.every(({ position }) => position >= head);
    await untilHolds({ what: 'the pages show the head', boundMs: FEED_MS }, seen).catch(() => undefined); // what is missing is found below
    await Promise.all(watches.map((watch) => watch.stop()));
    const stopped = await fleet.stop();
    const facts = await LogFacts.of(log);
    const { count, lost } = acknowledged(this.folder, facts);
    const { sound, said } = await verified(`nats://u0:p0@127.0.0.1:${server.port}`);
    const violations = [
      ...some(lost.map((what) => `acknowledged and not in the log: ${what}`)),
      ...some(facts.endings()),
      ...some(writer.open),
      ...watches.flatMap((watch) => feedFaults(watch, facts)),
      ...stopped.map((how) => `did not stop as it should: ${how}`),
      ...(sound ? [] : [`squados events --verify: ${some(said.map((line) => line.trim())).join(' | ')}`]),
    ];
    const { states } = writer;
    return {
      ...{ faults: injector.tally, passedOver: injector.passedOver, endedAlone: this.endedAlone, commands },
      ...{ cards: sum([...states.values()]), states, counts: facts.counts, acknowledged: count },
      ...{ settledMs, verifier: said.at(-1) ?? '', violations },
      feedLines: sum(watches.map(({ keys }) => keys.length)),
      feedConnections: sum(watches.map(({ connections }) => connections)),
    };
  }
}

/** Waits for the end of every card. Answers how long that took, in ms. */
const settle = async (writer: Writer, signal: AbortSignal): Promise<number> => {
  const healedAt = performance.now();
  await writer.resume();
  const awaited = { what: 'every card is settled', boundMs: SETTLE_MS, signal };
  await untilHolds(awaited, () => writer.isSettled).catch((error: unknown) => {
    if (signal.aborted) throw error; // else the judge says what is open (invariant 2)
  });
  return performance.now() - healedAt;
};

/** Past every service, as somebody with the server's tools would. */
const deleteDurable = async ({ log }: Ground, agent: string): Promise<void> => {
  await log.connection
    .request(`$JS.API.CONSUMER.DELETE.${LOG_STREAM}.work-${agent}`, '', { timeout: 5_000 })
    .catch(() => undefined); // the server is away
};

const progress = ({ writer, fleet }: Ground, { tally }: Injector): string => {
  const states = [...writer.states].map(([state, count]) => `${count} ${state}`);
  const up = fleet.members.filter(({ isUp }) => isUp).length;
  return `${states.join(', ')}; ${sum([...tally.values()])} faults; ${up} processes up`;
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
