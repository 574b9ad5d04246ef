import { openEmbeddedLog } from '@squados/event-log/embedded';
import { setTimeout as pause } from 'node:timers/promises';
import { readFacts, type LogFacts } from '../kills/log-facts.js';
import { sandboxFolders, sandboxRemains, tornArtifacts } from './leftovers.js';
import { namesOf, type Seen } from './processes.js';
import { found, isPast, type Target } from './targets.js';
import type { WatchedRun } from './watched-run.js';

/* One life of a run: what of its targets shows itself first is hit first, until one of them is the run itself. */

export interface Hit {
  readonly target: string;
  readonly victim: Target['victim'];
  /** `BE-002 (verifying)`. */
  readonly inProgress: readonly string[];
  readonly programs: readonly string[];
  /** Of the run, when it was hit. */
  readonly processes: number;
  /** From the kill until nothing of the run lived any more; absent when the run itself was not the victim. */
  readonly goneMs?: number;
  readonly orphans: readonly string[];
  readonly torn: readonly string[];
  readonly remains: readonly string[];
}

export interface Life {
  readonly hits: readonly Hit[];
  /** What is left to be hit in the next life. */
  readonly targets: readonly Target[];
  /** Targets that can't be reached any more: their cards were done before. */
  readonly missed: number;
  /** Most supervisors of the product that were seen at once. */
  readonly supervisors: number;
  /** Exit code, when it came to its end by itself. */
  readonly code?: number;
}

export interface Prey {
  readonly data: string;
  readonly targets: readonly Target[];
  readonly draw: () => number;
}

const LOOK_MS = 40;
const LONGEST_DELAY_MS = 400;
/** How long what was killed may take to be gone: the product's database is shut down in order. */
const GONE_MS = 30_000;

const say = ({ command }: Seen): string => command.join(' ').slice(0, 120);

export const countSupervisors = (processes: readonly Seen[]): number =>
  processes.filter(({ command }) => command.some((part) => part.endsWith('worker-product.js'))).length;

/** What is left when a run was killed. */
export const afterDeath = async (run: WatchedRun, data: string, before: readonly Seen[]) => {
  const from = performance.now();
  const gone = run.alone.then(() => performance.now() - from);
  const goneMs = await Promise.race([gone, pause(GONE_MS, undefined)]);
  const orphans = goneMs === undefined ? run.processes().map(say) : [];
  if (goneMs === undefined) run.endAll();
  return {
    goneMs: goneMs ?? Number.POSITIVE_INFINITY,
    orphans,
    torn: tornArtifacts(data),
    remains: sandboxRemains(sandboxFolders(before)),
  };
};

class Hunt {
  readonly hits: Hit[] = [];
  targets: readonly Target[];
  missed = 0;
  supervisors = 0;
  #isDead = false;

  constructor(
    private readonly run: WatchedRun,
    private readonly prey: Prey,
    private readonly facts: LogFacts,
  ) {
    this.targets = prey.targets;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  async look(): Promise<void> {
    const reachable = this.targets.filter((one) => !isPast(this.facts, one));
    this.missed += this.targets.length - reachable.length;
    this.targets = reachable;
    const seen = this.run.processes();
    this.supervisors = Math.max(this.supervisors, countSupervisors(seen));
    const target = reachable.find((one) => found(this.facts, one, seen));
    if (!target) return;
    await pause(this.prey.draw() * LONGEST_DELAY_MS);
    const now = this.run.processes();
    const victim = found(this.facts, target, now);
    if (victim) await this.#hit(target, victim, now);
  }

  async #hit(target: Target, program: Seen, processes: readonly Seen[]): Promise<void> {
    const squados = await this.run.squados;
    process.kill(target.victim === 'squados' ? squados : pidOf(target, program, { processes, squados }), 'SIGKILL');
    this.targets = this.targets.filter((one) => one !== target);
    const isDead = target.victim === 'squados';
    const after = isDead
      ? await afterDeath(this.run, this.prey.data, processes)
      : { orphans: [], torn: [], remains: [] };
    this.hits.push({
      target: `${target.stage}: ${target.what}`,
      victim: target.victim,
      inProgress: (isDead ? await readFacts(this.prey.data) : this.facts)
        .open()
        .map(([id, card]) => `${id} (${card.step})`),
      programs: namesOf(processes),
      processes: processes.length,
      ...after,
    });
    this.#isDead = isDead;
  }
}

const pidOf = (
  target: Target,
  program: Seen,
  { processes, squados }: { readonly processes: readonly Seen[]; readonly squados: number },
): number => {
  if (target.victim === 'program') return program.pid;
  const byPid = new Map(processes.map((one) => [one.pid, one]));
  let at = program;
  for (let above = byPid.get(at.parent); above && above.pid !== squados; above = byPid.get(at.parent)) at = above;
  return at.pid;
};

/** Keeps `facts` current until the signal is aborted. */
const follow = async (data: string, facts: LogFacts, signal: AbortSignal): Promise<void> => {
  const log = await openEmbeddedLog({ dir: data, mode: 'reader' });
  const after = await log.head();
  for await (const batch of log.follow({ after, signal })) batch.commits.forEach((commit) => facts.add(commit));
  await log.close();
};

export const oneLife = async (run: WatchedRun, prey: Prey, heard: (hit: Hit) => void): Promise<Life> => {
  const facts = await readFacts(prey.data);
  const over = new AbortController();
  const following = follow(prey.data, facts, over.signal);
  const hunt = new Hunt(run, prey, facts);
  let code: number | undefined;
  void run.ended.then((ended) => (code = ended));
  while (code === undefined && !hunt.isDead) {
    const before = hunt.hits.length;
    await hunt.look();
    hunt.hits.slice(before).forEach(heard);
    if (!hunt.isDead) await pause(LOOK_MS);
  }
  if (!hunt.isDead) await run.alone;
  over.abort();
  await following;
  const { hits, targets, missed, supervisors } = hunt;
  return { hits, targets, missed, supervisors, ...(hunt.isDead || code === undefined ? {} : { code }) };
};
