// One side at work: a server and processes of its own that live over all rounds, so that every round after the first is a warm one.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { keep } from './living.mjs';
import { CELERY, cpuOf, startServer } from './servers.mjs';
import { gather } from './team.mjs';

const withServer = async ({ programs, home }, use) => {
  const server = await startServer('redis', programs.redis, home);
  try {
    return await use(server);
  } finally {
    await server.stop();
  }
};

/** A side that is up: a server and processes of its own, which work off one graph after the other. */
export class LivingSide {
  runs = 0;

  constructor(server, team) {
    this.server = server;
    this.team = team;
  }

  /** `bytes`: what a commit of each lane weighs on our side, for those who imitate it. */
  static async up({ side, form, bytes, programs, home }) {
    const own = mkdtempSync(join(home, 'side-'));
    const server = side.server && (await startServer(side.server, programs[side.server], own));
    const settings = { home: own, slots: form.slots, announce: form.announce, bytes, ...side.settings({ server }) };
    const places = side.processes.map(({ name, file }) => ({ name, file: file(), settings }));
    try {
      return new LivingSide(server, await gather(places));
    } catch (error) {
      await server?.stop();
      throw error;
    }
  }

  /** Cards per second, processor time by process, and the pauses between cards, on one graph. */
  async workOff({ file, cards }) {
    const name = `run${++this.runs}`;
    await this.team.tell('prepare', { name, file });
    await this.team.tell('begin');
    const before = this.server && cpuOf(this.server.pid);
    const began = performance.now();
    await this.team.tell('go', { name });
    const seconds = (performance.now() - began) / 1e3;
    const serverSeconds = this.server ? cpuOf(this.server.pid) - before : 0;
    return summary({ seconds, serverSeconds, answers: await this.team.tell('end'), cards });
  }

  async down() {
    await this.team.stop();
    await this.server?.stop();
  }
}

const summary = ({ seconds, serverSeconds, answers, cards }) => {
  const cpu = Object.fromEntries(Object.entries(answers).map(([name, { cpuSeconds }]) => [name, cpuSeconds]));
  if (serverSeconds > 0) cpu.server = serverSeconds;
  const all = Object.values(answers);
  const facts = all.find(({ bytes }) => bytes !== undefined) ?? {};
  return {
    cardsPerSecond: cards / seconds,
    cpuMsPerCard: (Object.values(cpu).reduce((a, b) => a + b, 0) * 1e3) / cards,
    cpu: Object.fromEntries(Object.entries(cpu).map(([name, s]) => [name, (s * 1e3) / cards])),
    gaps: (all.find(({ gaps }) => gaps !== undefined)?.gaps ?? []).sort((a, b) => a - b),
    ...(facts.bytes && {
      bytes: facts.bytes,
      appendsPerCard: facts.appendsPerCard,
      eventsPerCard: facts.eventsPerCard,
    }),
  };
};

const said = (child) =>
  new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(text) : reject(new Error(`${child.spawnfile} ended with ${code}`)),
    );
  });

/** Celery with a pool of threads: the same figures, as far as it has them. */
export const measureCelery = async ({ graphs, bytes, programs, home, form }) => {
  const own = mkdtempSync(join(home, 'celery-'));
  try {
    return await withServer({ programs, home: own }, async (server) => {
      const cwd = join(import.meta.dirname, 'celery');
      const env = { ...process.env, BENCH_REDIS: `redis://127.0.0.1:${server.port}/0`, PYTHONDONTWRITEBYTECODE: '1' };
      const quiet = ['--without-gossip', '--without-mingle', '--without-heartbeat', '-l', 'error'];
      const pool = ['-P', form.pool, '-c', String(form.slots)];
      const worker = keep(
        spawn(programs.celery.program, [...CELERY, '-A', 'cards', 'worker', ...pool, ...quiet], {
          ...{ cwd, env: { ...env, C_FORCE_ROOT: '1' }, detached: true },
          stdio: ['ignore', 'ignore', 'inherit'],
        }),
      );
      try {
        const files = [graphs.warm.file, graphs.timed.file];
        const args = ['orchestrator.py', String(bytes.decided), ...files];
        const text = await said(
          keep(spawn(programs.celery.program, args, { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] })),
        );
        return { cardsPerSecond: graphs.timed.cards / JSON.parse(text).seconds, gaps: [], cpu: {} };
      } finally {
        const ended = new Promise((resolve) => worker.once('exit', resolve));
        process.kill(-worker.pid, 'SIGKILL'); // the group that it was started with: its pool may be processes
        await ended;
      }
    });
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
};
