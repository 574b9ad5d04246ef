import { emptyBoard, evolve, plan, project, restore, snapshot, type Board } from '@squados/board';
import type { LaneCommit } from '@squados/contracts';
import { LogSource, PROJECT } from './log-source.js';
import { NaiveBoard } from './naive-board.js';

interface Subject {
  fold(commit: LaneCommit): void;
  /** Finds the next 8 ready cards. */
  next(): number;
}

const boardSubject = (): Subject & { board: Board } => ({
  board: emptyBoard(),
  fold(commit) {
    this.board = evolve(this.board, commit);
  },
  next() {
    return plan(this.board, { now: 0, draw: () => 0.5, window: () => 8, limit: 8 }).length;
  },
});

/** Reads what any fold must read of a commit (each character of the lane, type, attempt, revision) and keeps nothing. */
const readingSubject = (): Subject & { sum: number } => ({
  sum: 0,
  fold({ lane, position, revision, events }) {
    let hash = position ^ revision;
    for (let i = 0; i < lane.length; i++) hash = Math.imul(hash ^ lane.charCodeAt(i), 16777619);
    for (const event of events)
      if (event.type !== 'Unknown' && 'attempt' in event.data) hash ^= event.type.length + event.data.attempt;
    this.sum ^= hash;
  },
  next: () => 0,
});

const naiveSubject = (): Subject => {
  const naive = new NaiveBoard();
  return { fold: (commit) => naive.evolve(commit), next: () => naive.rescan(8).length };
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
  subject.fold(source.start());
  let spent = 0;
  for (const commit of source.imports()) {
    spent += seconds(() => subject.fold(commit));
  }
  return spent;
};

/** Seconds to fold every card's life, decoding apart. */
const run = (subject: Subject, source: LogSource): number => {
  let spent = 0;
  for (const chunk of source.lives()) {
    spent += seconds(() => {
      for (const commit of chunk) subject.fold(commit);
    });
  }
  return spent;
};

/** Microseconds of `next` after an event, a third of the way through. */
const searchTime = (subject: Subject, source: LogSource, rounds: number): number => {
  let spent = 0;
  let done = 0;
  for (const chunk of source.lives())
    for (const commit of chunk) {
      subject.fold(commit);
      if (++done % 997 !== 0 || done / 997 > rounds) continue;
      spent += seconds(() => subject.next());
    }
  return (spent / Math.min(rounds, Math.floor(done / 997))) * 1e6;
};

const measure = (make: () => Subject, size: number): Record<string, number> & { subject: Subject } => {
  warm(make);
  const source = new LogSource(size, true);
  const before = live();
  const subject = make();
  const added = fill(subject, source);
  const bytesAdded = (live() - before) / size;
  const ran = run(subject, source);
  const bytesDone = (live() - before) / size;
  return {
    subject: subject as never,
    addedPerSecond: size / added,
    eventsPerSecond: (size * 3) / ran,
    secondsRun: ran,
    bytesAdded,
    bytesDone,
  };
};

const warm = (make: () => Subject): void => {
  for (let i = 0; i < 3; i++) {
    const subject = make();
    const source = new LogSource(10_000, true);
    fill(subject, source);
    run(subject, source);
  }
};

const search = (make: () => Subject, size: number, rounds: number): number => {
  const source = new LogSource(size, true);
  const subject = make();
  fill(subject, source);
  return searchTime(subject, source, rounds);
};

const withoutGraph = (make: () => Subject, size: number): number => {
  const source = new LogSource(size, false);
  const subject = make();
  fill(subject, source);
  return run(subject, source);
};

const benchBoard = (size: number): Record<string, number> => {
  const { subject, ...figures } = measure(boardSubject, size) as ReturnType<typeof measure> & {
    subject: ReturnType<typeof boardSubject>;
  };
  const { board } = subject;
  const view = project(board, PROJECT);
  if (view?.byState.DONE !== size) throw new Error(`only ${String(view?.byState.DONE)} of ${size} cards are done`);
  let bytes = new Uint8Array();
  const snapshotMs = seconds(() => (bytes = new Uint8Array(snapshot(board)))) * 1e3;
  const restoreMs = seconds(() => restore(bytes)) * 1e3;
  const upkeepNs = (((figures['secondsRun'] as number) - withoutGraph(boardSubject, size)) / (size * 3)) * 1e9;
  const reading = readingSubject();
  const readingPerSecond = (size * 3) / run(reading, new LogSource(size, false));
  if (reading.sum === 0) throw new Error('nothing was read');
  return {
    ...figures,
    readingPerSecond,
    snapshotBytes: bytes.length / size,
    snapshotMs,
    restoreMs,
    upkeepNs,
    nextUs: search(boardSubject, size, 2_000),
  };
};

const benchNaive = (size: number): Record<string, number> => {
  const { subject: _, ...figures } = measure(naiveSubject, size);
  return { ...figures, nextUs: search(naiveSubject, size, 20) };
};

const [kind, size] = process.argv.slice(2);
process.stdout.write(JSON.stringify(kind === 'board' ? benchBoard(Number(size)) : benchNaive(Number(size))));
