/**
 * `squados cluster` as a person starts it, with nothing in it. Owns: that process, which owns server and services.
 *
 * Invariants:
 * 1. What it started is gone when `stop` resolves.
 * 2. `killGateway` kills the process of the page and nothing else; the cluster starts it again by itself.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { until } from '../../libs/event-log/src/testing/waiting.js';

const BIN = resolve('apps/cli/bin/squados.mjs');
const UP_MS = 90_000;
const STOPPED = 130;

export interface ClusterPlan {
  readonly folder: string;
  readonly agents: string;
  readonly pagePort: number;
}

export class Cluster {
  private said = '';

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
  }

  /** Resolves when the page can be opened. */
  static async start({ folder, agents, pagePort }: ClusterPlan): Promise<Cluster> {
    const args = [BIN, 'cluster', '--data', join(folder, 'cluster'), ...(agents === '' ? [] : ['--agents', agents])];
    const env = { ...process.env, NO_COLOR: '1', SQUADOS_PAGE_PORT: String(pagePort), SQUADOS_USER: 'watcher' };
    const cluster = new Cluster(spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] }));
    try {
      await until('the page is up', () => cluster.heard(/the page \(opens once\): (\S+)/) !== undefined, UP_MS);
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw new Error(`the cluster did not come up:\n${cluster.said}`, { cause: error });
    }
  }

  get url(): string {
    return this.heard(/(nats:\/\/127\.0\.0\.1:\d+)/) ?? '';
  }

  get services(): number {
    return Number(this.heard(/(\d+) services on/) ?? 0);
  }

  get link(): string {
    return this.heard(/the page \(opens once\): (\S+)/) ?? '';
  }

  /** Services that ended and were started again, by name. */
  get endings(): readonly string[] {
    return [...this.said.matchAll(/^(\S+) ended \(/gm)].map(([, name = '']) => name);
  }

  /** Invariant 2. False: it is being started just now. */
  killGateway(): boolean {
    const pid = this.pidOf('portal-gateway');
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
    return pid !== undefined;
  }

  /** Invariant 1. Answers whether it ended as one that was told to. */
  async stop(): Promise<boolean> {
    if (this.child.exitCode !== null) return false;
    const over = once(this.child, 'close') as Promise<[number | null]>;
    this.child.kill('SIGINT');
    return (await over)[0] === STOPPED;
  }

  private pidOf(app: string): number | undefined {
    const asked = ['-P', String(this.child.pid), '-f', `${app}/dist/main.js`];
    try {
      return Number(execFileSync('pgrep', asked, { encoding: 'utf8' }).split('\n')[0]);
    } catch {
      return undefined; // pgrep's way to say that there is none
    }
  }

  private heard(pattern: RegExp): string | undefined {
    return pattern.exec(this.said)?.[1];
  }
}
