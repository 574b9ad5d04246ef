import { emptyBoard, evolveAll, plan, project, restore, snapshot, type Board } from '@squados/board';
import type { LaneCommit } from '@squados/contracts';
import { LogSource, PROJECT } from './log-source.js';
import { NaiveBoard } from './naive-board.js';

interface Subject {
  /** A page, as readers give them. */
  fold(page: readonly LaneCommit[]): void;
  /** Finds the next 8 ready cards. */
  next(): number;
}

const boardSubject = (): Subject & { board: Board } => ({
  board: emptyBoard(),
  fold(page) {
    this.board = evolveAll(this.board, page);
  },
  next() {
    return plan(this.board, { now: 0, draw: () => 0.5, window: () => 8, limit: 8 }).length;
  },
});

/** Reads what any fold must read of a commit (each character of the lane, type, attempt, revision) and keeps nothing. */
const readingSubject = (): Subject & { sum: number } => ({
  sum: 0,
  fold(page) {
    for (const { lane, position, revision, events } of page) {
      let hash = position ^ revision;
      for (let i = 0; i < lane.length; i++) hash = Math.imul(hash ^ lane.charCodeAt(i), 16777619);
      for (const event of events)
        if (event.type !== 'Unknown' && 'attempt' in event.data) hash ^= event.type.length + event.data.attempt;
      this.sum ^= hash;
    }
  },
  next: () => 0,
});

const naiveSubject = (): Subject => {
  const naive = new NaiveBoard();
  return { fold: (page) => page.forEach((commit) => naive.evolve(commit)), next: () => naive.rescan(8).length };
};

/** Processor seconds of the whole process, garbage collection included: wall time would charge us for our neighbours. */
const seconds = (work: () => void): number => {
  const from = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1e6;
};

const live = (): number => {
  for (let i = 0; i < 3; i++) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** Seconds to fold the imports, decoding apart. */
const fill = (subject: Subject, source: LogSource): number => {
  subject.fold([source.start()]);
  let spent = 0;
  for (const commit of source.imports()) {
    spent += seconds(() => subject.fold([commit]));
  }
  return spent;
};

const EVENTS_A_CARD = 4;
/** Most cards of the board without dependencies. */
const MOST_BARE = 200_000;
const WARM_SIZE = 10_000;
const WARM_ROUNDS = 8;
/** Commits between two searches. */
const EVERY = 97;

/** Seconds to fold every card's life, decoding apart. */
const run = (subject: Subject, source: LogSource): number => {
  let spent = 0;
  for (const page of source.lives()) {
    spent += seconds(() => subject.fold(page));
  }
  return spent;
};

/** Microseconds of `next` after an event, from the start of the run. */
const searchTime = (subject: Subject, source: LogSource, rounds: number): number => {
  let spent = 0;
  let done = 0;
  for (const page of source.lives())
    for (const commit of page) {
      subject.fold([commit]);
      if (++done % EVERY !== 0) continue;
      spent += seconds(() => subject.next());
      if (done / EVERY >= rounds) return (spent / rounds) * 1e6;
    }
  return (spent / Math.floor(done / EVERY)) * 1e6;
};

interface Round {
  readonly subject: Subject;
  readonly added: number;
  readonly ran: number;
  readonly bytesAdded: number;
  readonly bytesDone: number;
}

const round = (make: () => Subject, size: number, weigh: boolean): Round => {
  const source = new LogSource(size, true);
  const before = weigh ? live() : 0;
  const subject = make();
  const added = fill(subject, source);
  const bytesAdded = weigh ? (live() - before) / size : 0;
  const ran = run(subject, source);
  return { subject, added, ran, bytesAdded, bytesDone: weigh ? (live() - before) / size : 0 };
};

/** Held while rounds go on: when the last board of a kind is collected, the engine throws away the code compiled for it. */
const alive: Subject[] = [];

const warm = (make: () => Subject): void => {
  alive.push(make());
  for (let i = 0; i < WARM_ROUNDS; i++) alive.splice(0, 1, round(make, WARM_SIZE, false).subject);
};

/** The fastest of several rounds of a small size, each with a board of its own: the slower ones tell of neighbours. */
const measure = (make: () => Subject, size: number): Round => {
  warm(make);
  let best = round(make, size, true);
  for (let i = 1; i < roundsOf(size); i++) {
    const { added, ran } = round(make, size, false);
    best = { ...best, added: Math.min(best.added, added), ran: Math.min(best.ran, ran) };
  }
  return best;
};

const roundsOf = (size: number): number => Math.max(1, Math.min(5, Math.floor(200_000 / size)));

const figuresOf = (size: number, { added, ran, bytesAdded, bytesDone }: Round): Record<string, number> => ({
  addedPerSecond: size / added,
  eventsPerSecond: (size * EVENTS_A_CARD) / ran,
  bytesAdded,
  bytesDone,
});

const search = (make: () => Subject, size: number, rounds: number): number => {
  const source = new LogSource(size, true);
  const subject = make();
  fill(subject, source);
  return searchTime(subject, source, rounds);
};

/** Seconds to fold the lives of as many cards without dependencies, and to read them. */
const withoutGraph = (size: number): { readonly folding: number; readonly reading: number } => {
  let [folding, reading] = [Infinity, Infinity];
  for (let i = 0; i < roundsOf(size); i++) {
    const source = new LogSource(size, false);
    const subjects = [boardSubject(), readingSubject()] as const;
    fill(subjects[0], source);
    let [folded, read] = [0, 0];
    for (const page of source.lives()) {
      folded += seconds(() => subjects[0].fold(page));
      read += seconds(() => subjects[1].fold(page));
    }
    if (subjects[1].sum === 0) throw new Error('nothing was read');
    [folding, reading] = [Math.min(folding, folded), Math.min(reading, read)];
  }
  return { folding, reading };
};

const benchBoard = (size: number): Record<string, number> => {
  const best = measure(boardSubject, size);
  const { board } = best.subject as ReturnType<typeof boardSubject>;
  const view = project(board, PROJECT);
  if (view?.byState.DONE !== size) throw new Error(`only ${String(view?.byState.DONE)} of ${size} cards are done`);
  let bytes = new Uint8Array();
  const snapshotMs = seconds(() => (bytes = new Uint8Array(snapshot(board)))) * 1e3;
  const restoreMs = seconds(() => restore(bytes)) * 1e3;
  const bare = Math.min(size, MOST_BARE);
  const { folding, reading } = withoutGraph(bare);
  return {
    ...figuresOf(size, best),
    readingPerSecond: (bare * EVENTS_A_CARD) / reading,
    snapshotBytes: bytes.length / size,
    snapshotMs,
    restoreMs,
    upkeepNs: ((best.ran / size - folding / bare) / EVENTS_A_CARD) * 1e9,
    nextUs: search(boardSubject, size, 300),
  };
};

const benchNaive = (size: number): Record<string, number> => ({
  ...figuresOf(size, measure(naiveSubject, size)),
  nextUs: search(naiveSubject, size, 20),
});

const [kind, size] = process.argv.slice(2);
process.stdout.write(JSON.stringify(kind === 'board' ? benchBoard(Number(size)) : benchNaive(Number(size))));
