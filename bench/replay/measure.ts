// One measurement in a process of its own: reads a long log, or folds it, or starts from what another measurement kept aside.
import { boardOf, emptyBoard, evolveAll, position, restore, snapshot } from '@squados/board';
import { fileBlobs } from '@squados/artifacts';
import { position as at, START, type LaneCommit, type Position } from '@squados/contracts';
import type { EventLog } from '@squados/event-log';
import { FoldSnapshots, LogFold, silentLogger } from '@squados/orchestrator';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineOf, openLongLog } from './long-log.js';

/** `keep` makes the snapshots that the two starts begin with. */
export type Kind = 'read' | 'board' | 'whole' | 'keep' | 'board-start' | 'whole-start';

export interface Measured {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly commits: number;
  readonly events: number;
  readonly megabytes: number;
  /** Writing the snapshots, in seconds: taking the bytes, which holds up the fold, and all of it. */
  readonly taking?: number;
  readonly keeping?: number;
}

/** What keeping tells besides. */
type More = Pick<Measured, 'taking' | 'keeping'>;

interface Job {
  readonly log: EventLog;
  readonly home: string;
  readonly tail: number;
  readonly seen: (page: readonly LaneCommit[]) => void;
}

const each = async (job: Job, from: Position, use: (page: readonly LaneCommit[]) => void): Promise<More> => {
  for await (const page of job.log.read({ after: from })) {
    job.seen(page);
    use(page);
  }
  return {};
};

const snapshots = ({ log, home }: Job): FoldSnapshots =>
  new FoldSnapshots({ blobs: fileBlobs(join(home, 'folds')), log, logger: silentLogger });
const boardFile = ({ home }: Job): string => join(home, 'board.bytes');

const keep = async (job: Job): Promise<More> => {
  const to = at((await job.log.head()) - job.tail);
  const fold = new LogFold();
  for await (const page of job.log.read({ after: START, to })) for (const commit of page) fold.apply(commit);
  writeFileSync(boardFile(job), snapshot(boardOf(fold.catalog)));
  const from = performance.now();
  const saved = snapshots(job).save(fold);
  const taken = performance.now();
  await saved;
  return { taking: (taken - from) / 1_000, keeping: (performance.now() - from) / 1_000 };
};

const JOBS: { readonly [K in Kind]: (job: Job) => Promise<More> } = {
  read: (job) => each(job, START, () => undefined),
  board: (job) => {
    const board = emptyBoard();
    return each(job, START, (page) => void evolveAll(board, page));
  },
  whole: (job) => {
    const fold = new LogFold();
    return each(job, START, (page) => page.forEach((commit) => fold.apply(commit)));
  },
  keep,
  'board-start': (job) => {
    const board = restore(readFileSync(boardFile(job)));
    if (board === undefined) throw new Error('the board was not restored');
    return each(job, position(board), (page) => void evolveAll(board, page));
  },
  'whole-start': async (job) => {
    const fold = await snapshots(job).load();
    if (fold === undefined) throw new Error('the fold was not restored');
    return each(job, fold.position, (page) => page.forEach((commit) => fold.apply(commit)));
  },
};

const isKind = (word: string): word is Kind => Object.hasOwn(JOBS, word);

const [kind = 'read', engine = 'embedded', place = '', home = '', tail = '0'] = process.argv.slice(2);
if (!isKind(kind)) throw new Error(`no measurement is called ${kind}`);
const log = await openLongLog(engineOf(engine), place);
let [commits, events] = [0, 0];
const seen = (page: readonly LaneCommit[]): void => {
  commits += page.length;
  for (const commit of page) events += commit.events.length;
};
const cpu = process.cpuUsage();
const from = performance.now();
const more = await JOBS[kind]({ log, home, tail: Number(tail), seen });
const seconds = (performance.now() - from) / 1_000;
const { user, system } = process.cpuUsage(cpu);
const measured: Measured = {
  ...{ seconds, cpuSeconds: (user + system) / 1e6, commits, events },
  megabytes: process.resourceUsage().maxRSS / 1024,
  ...more,
};
process.stdout.write(JSON.stringify(measured));
await log.close();
process.exit(0);
