/**
 * One document by the fleet: cluster and page come up, the command records the document and follows it to its end, and meanwhile the
 * gateway is killed again and again. Then what the page was told is held against the log.
 *
 * Invariant: whatever happens, browser, services and server are gone when `run` resolves or rejects.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openNatsArtifactStore } from '@squados/artifacts/nats';
import { withOffloading } from '@squados/event-log';
import { openJetStreamLog, parseNatsUrl } from '@squados/event-log/jetstream';
import { freePort } from '../../apps/cli/src/cluster/free-port.js';
import { verified } from '../chaos/judge.js';
import { Cluster } from './cluster.js';
import { FleetFacts } from './fleet-facts.js';
import { WatchedPage, type Seen } from './watched-page.js';

export interface FleetPlan {
  readonly name: string;
  readonly document: string;
  readonly agents: string;
  /** Between two kills of the gateway, in ms. */
  readonly everyMs: number;
  readonly chromium: string;
  readonly pictures: string;
}

export interface FleetReport {
  readonly services: number;
  readonly facts: FleetFacts;
  readonly seen: Seen;
  readonly minutes: number;
  /** From each kill of the gateway until the page was live again, in ms. */
  readonly awayMs: readonly number[];
  readonly artifactBytes: number;
  readonly verifier: string;
  readonly gaps: readonly string[];
  readonly repeats: readonly string[];
  /** Empty: as it should be. */
  readonly violations: readonly string[];
}

const HEAD_MS = 30_000;
const LEAST_KILLS = 3;
const FIRST_LINES = 20;
const LOOK_MS = 200;

interface Ran {
  readonly code: number | null;
  readonly minutes: number;
}

export class FleetRun {
  private readonly folder = mkdtempSync(join(tmpdir(), 'squados-fleet-'));
  private readonly awayMs: number[] = [];
  private cluster: Cluster | undefined;
  private page: WatchedPage | undefined;

  constructor(
    private readonly plan: FleetPlan,
    private readonly say: (line: string) => void,
  ) {}

  async run(): Promise<FleetReport> {
    try {
      return await this.through();
    } finally {
      await this.page?.close();
      await this.cluster?.stop();
      rmSync(this.folder, { recursive: true, force: true });
    }
  }

  private async through(): Promise<FleetReport> {
    const { agents, chromium, pictures } = this.plan;
    const cluster = (this.cluster = await Cluster.start({ folder: this.folder, agents, pagePort: await freePort() }));
    const page = (this.page = await WatchedPage.open(cluster.link, chromium, pictures));
    this.say(`${cluster.services} services are up, the page is open`);
    const ran = await this.deliver(cluster, page);
    return this.judge(cluster, page, ran);
  }

  /** `squados run --nats`, and the gateway killed until it is over. */
  private async deliver(cluster: Cluster, page: WatchedPage): Promise<Ran> {
    const began = performance.now();
    const args = ['run', this.plan.document, '--yes', '--exit', '--nats', cluster.url];
    const child = spawn(process.execPath, [resolve('apps/cli/bin/squados.mjs'), ...args], {
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const over = once(child, 'close') as Promise<[number | null]>;
    try {
      await this.killUntilOver(cluster, page, () => child.exitCode !== null || child.signalCode !== null);
    } finally {
      child.kill('SIGTERM'); // when the page failed; else it has ended
    }
    const [code] = await over;
    return { code, minutes: (performance.now() - began) / 60_000 };
  }

  private async killUntilOver(cluster: Cluster, page: WatchedPage, isOver: () => boolean): Promise<void> {
    while (!isOver() && (await page.seen()).keys.length < FIRST_LINES) await delay(LOOK_MS);
    await page.picture(`${this.plan.name}-before`);
    for (let next = performance.now(); !isOver(); await delay(LOOK_MS)) {
      if (performance.now() < next) continue;
      await this.kill(cluster, page);
      next = performance.now() + this.plan.everyMs;
    }
    await this.kill(cluster, page); // and once more with nothing left to come
    await page.picture(`${this.plan.name}-end`);
  }

  private async kill(cluster: Cluster, page: WatchedPage): Promise<void> {
    const before = await page.seen();
    if (!cluster.killGateway()) return;
    const ms = await page.isLiveAgain(before.connections);
    this.awayMs.push(ms);
    this.say(
      `gateway killed after line ${before.keys.length}; the page is live again after ${(ms / 1000).toFixed(1)} s`,
    );
    if (this.awayMs.length === 2) await page.picture(`${this.plan.name}-after-restart`);
  }

  private async judge(cluster: Cluster, page: WatchedPage, { code, minutes }: Ran): Promise<FleetReport> {
    const { facts, artifactBytes, lost } = await this.look(cluster, page);
    const seen = await page.seen();
    const { sound, said } = await verified(cluster.url);
    const told = new Set(seen.keys);
    const gaps = facts.keys.filter((key) => !told.has(key));
    const repeats = seen.keys.filter((key, at) => seen.keys.indexOf(key) !== at);
    const status = await page.status();
    const others = cluster.endings.filter((name) => !name.startsWith('portal-gateway'));
    const stopped = await cluster.stop();
    const violations = [
      ...(code === 0 ? [] : [`squados run ended with ${code}`]),
      ...(facts.completed === facts.cards.size ? [] : [`${facts.cards.size} cards, ${facts.completed} completions`]),
      ...(this.awayMs.length >= LEAST_KILLS ? [] : [`the gateway was killed ${this.awayMs.length} times only`]),
      ...(seen.resets === 0 ? [] : [`the page was told ${seen.resets} times that the log is another one`]),
      ...(isInOrder(seen.keys) ? [] : ['lines came in another order than the log’s']),
      ...(status === 'completed' ? [] : [`the page shows the project as ${status}`]),
      ...(gaps.length + repeats.length === 0 ? [] : [`${gaps.length} gaps, ${repeats.length} repeats`]),
      ...page.troubles.map((trouble) => `the page: ${trouble}`),
      ...lost.map((what) => `in no object store: ${what}`),
      ...others.map((name) => `${name} ended, and nobody had asked it to`),
      ...(sound ? [] : [`squados events --verify: ${said.slice(0, 3).join(' | ')}`]),
      ...(stopped ? [] : ['the cluster did not stop as it should']),
    ];
    const counts = { services: cluster.services, minutes, awayMs: this.awayMs, artifactBytes };
    return { ...counts, facts, seen, gaps, repeats, violations, verifier: said.at(-1) ?? '' };
  }

  /** Reads the log once the page shows its head, and every artifact that it names, by its hash. */
  private async look(cluster: Cluster, page: WatchedPage) {
    const result = parseNatsUrl(cluster.url);
    if (result.kind === 'invalid') throw new Error(result.reason);
    const jetstream = await openJetStreamLog({ access: result.access, name: 'judge', stream: 'await' });
    try {
      const artifacts = await openNatsArtifactStore(jetstream.connection);
      const head = await jetstream.head();
      const end = performance.now() + HEAD_MS;
      while ((await page.seen()).position < head && performance.now() < end) await delay(LOOK_MS); // else there are gaps
      const facts = await FleetFacts.of(withOffloading(jetstream, artifacts));
      const lost: string[] = [];
      let artifactBytes = 0;
      for (const hash of facts.artifacts) {
        const bytes = await artifacts.get(hash).catch((error: unknown) => void lost.push(`${hash}: ${String(error)}`));
        artifactBytes += bytes?.byteLength ?? 0;
      }
      return { facts, artifactBytes, lost };
    } finally {
      await jetstream.close();
    }
  }
}

const placeOf = (key: string): readonly number[] => key.split('.').map(Number);

const isInOrder = (keys: readonly string[]): boolean =>
  keys.every((key, at) => {
    const [position = 0, index = 0] = placeOf(key);
    const [before = -1, indexBefore = -1] = placeOf(keys[at - 1] ?? '-1.-1');
    return position > before || (position === before && index > indexBefore);
  });
