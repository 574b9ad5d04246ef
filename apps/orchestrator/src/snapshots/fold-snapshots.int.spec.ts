import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fileBlobs } from '@squados/artifacts';
import { cardRecord, cards, project } from '@squados/board';
import { START, type Position } from '@squados/contracts';
import { openMemoryLog, type EventLog } from '@squados/event-log';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Appender } from '../engine/appender.js';
import { FoldProgress } from '../engine/fold-progress.js';
import { LogFold } from '../engine/fold.js';
import { OrchestratorEngine } from '../engine/orchestrator-engine.js';
import { submitCommand } from '../engine/submit-command.js';
import { HandClock } from '../testing/hand-clock.js';
import { addCards, PROJECT, spec, START_PROJECT } from '../testing/project-fixture.js';
import { RecordingLogger } from '../testing/recording-logger.js';
import { FoldSnapshots } from './fold-snapshots.js';

let folder: string;
let logger: RecordingLogger;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'snapshots-'));
  logger = new RecordingLogger();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const foldOf = async (log: EventLog): Promise<LogFold> => {
  const fold = new LogFold();
  for await (const page of log.read({ after: START })) for (const commit of page) fold.apply(commit);
  return fold;
};

const someLog = async (ids: readonly string[]): Promise<ReturnType<typeof openMemoryLog>> => {
  const opened = openMemoryLog();
  const progress = new FoldProgress();
  progress.end();
  const appender = new Appender({ log: opened.log, newId: randomUUID, now: () => 0, source: 'test' });
  for (const command of [START_PROJECT, addCards(ids.map((id) => spec(id)))])
    await submitCommand({ fold: await foldOf(opened.log), progress, appender }, command);
  return opened;
};

const snapshotsOf = (log: EventLog, every?: number): FoldSnapshots =>
  new FoldSnapshots({ blobs: fileBlobs(folder), log, logger, ...(every === undefined ? {} : { every }) });
const told = (): string => logger.lines.map(({ message }) => message).join('\n');
const ids = (fold: LogFold | undefined) => fold && [...cards(fold.board, PROJECT)];

/** What was kept of a log, with some bytes of the file exchanged. */
const damaged = async (change: (bytes: Buffer) => Buffer): Promise<LogFold | undefined> => {
  const { log } = await someLog(['PROD-1']);
  await snapshotsOf(log).save(await foldOf(log));
  const file = join(folder, readdirSync(folder)[0] ?? '');
  writeFileSync(file, change(readFileSync(file)));
  return snapshotsOf(log).load();
};

describe('snapshots of the fold', () => {
  it('give back board and texts that were kept, at their position', async () => {
    const { log } = await someLog(['PROD-1', 'PROD-2']);
    const fold = await foldOf(log);
    await snapshotsOf(log).save(fold);
    const restored = await snapshotsOf(log).load();
    expect(ids(restored)).toEqual(['PROD-1', 'PROD-2']);
    expect(restored?.position).toBe(fold.position);
    expect(restored && project(restored.board, PROJECT)).toEqual(project(fold.board, PROJECT));
    const { id } = spec('PROD-1');
    expect(restored && cardRecord(restored.catalog, PROJECT, id)).toEqual(cardRecord(fold.catalog, PROJECT, id));
    expect(await snapshotsOf(log).load(fold.position - 1)).toBeUndefined();
  });

  it('of another log are left aside, although the position is there too', async () => {
    const { log } = await someLog(['PROD-1']);
    await snapshotsOf(log).save(await foldOf(log));
    expect(await snapshotsOf((await someLog(['PROD-9'])).log).load()).toBeUndefined();
    expect(told()).toContain('of another log');
  });

  it.each([
    ['whose event the log no longer holds', /"eventId":"./, '"eventId":"-', 'does not hold any more'],
    ['of an earlier form', /"pieces":/, '"_iece_":', 'another version'],
    ['with a byte changed in the fold', /product/, 'prodUct', 'damaged'],
  ])('%s are left aside', async (_, from, to, words) => {
    expect(await damaged((bytes) => Buffer.from(bytes.toString('latin1').replace(from, to), 'latin1'))).toBeUndefined();
    expect(told()).toContain(words);
  });

  it('that were cut short are left aside', async () => {
    expect(await damaged((bytes) => bytes.subarray(0, bytes.length - 20))).toBeUndefined();
    expect(told()).toContain('damaged');
  });

  it('take away what a full disk or a kill left half written', async () => {
    const { log } = await someLog(['PROD-1']);
    writeFileSync(join(folder, 'board-1.snap.tmp'), 'half');
    await snapshotsOf(log).save(await foldOf(log));
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^board-\d+\.snap$/)]);
  });

  it('keep the two newest', async () => {
    const { log } = await someLog(['PROD-1']);
    for (let at = 1; at <= 4; at++) writeFileSync(join(folder, `board-${at * 1_000}.snap`), 'old');
    await snapshotsOf(log).save(await foldOf(log));
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('come rarer the longer the log is', async () => {
    const { log } = await someLog([]);
    const distances = [10, 100_000, 1_000_000].map((at) => snapshotsOf(log).distance(at as Position));
    expect(distances).toEqual([25_000, 25_000, 250_000]);
  });
});

describe('an orchestrator with snapshots', () => {
  const engineOn = ({ log, claims }: ReturnType<typeof openMemoryLog>, read: Position[]): OrchestratorEngine => {
    const watched: EventLog = {
      logId: log.logId,
      append: (commit, options) => log.append(commit, options),
      read: (options) => log.read(options),
      follow: (options) => (read.push(options.after), log.follow(options)),
      last: (lane) => log.last(lane),
      head: () => log.head(),
      close: () => log.close(),
    };
    return new OrchestratorEngine({
      ...{ log: watched, claims, agents: [], window: () => 1, clock: new HandClock(), draw: () => 0 },
      ...{ newId: randomUUID, logger, snapshots: snapshotsOf(log, 1) },
    });
  };

  it('folds all once, keeps that, and begins with the tail the next time', async () => {
    const opened = await someLog(['PROD-1', 'PROD-2']);
    const read: Position[] = [];
    const first = engineOn(opened, read);
    await first.start();
    await first.stop();
    const folded = first.fold.position;
    const second = engineOn(opened, read);
    await second.start();
    expect(read).toEqual([START, folded]);
    expect(ids(second.fold as LogFold)).toEqual(['PROD-1', 'PROD-2']);
    await second.stop();
  });
});
