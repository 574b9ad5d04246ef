import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cards, emptyBoard, evolve, position, project, type Board } from '@squados/board';
import { START } from '@squados/contracts';
import { openMemoryLog, type EventLog } from '@squados/event-log';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Appender } from '../engine/appender.js';
import { silentLogger } from '../engine/engine-logger.port.js';
import { FoldProgress } from '../engine/fold-progress.js';
import { LogFold } from '../engine/fold.js';
import { submitCommand } from '../engine/submit-command.js';
import { addCards, PROJECT, spec, START_PROJECT } from '../testing/project-fixture.js';
import { FileBoardSnapshots } from './file-board-snapshots.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'snapshots-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const foldOf = async (log: EventLog): Promise<LogFold> => {
  const fold = new LogFold();
  for await (const page of log.read({ after: START })) for (const commit of page) fold.apply(commit);
  return fold;
};

const someLog = async (ids: readonly string[]): Promise<EventLog> => {
  const { log } = openMemoryLog();
  const progress = new FoldProgress();
  progress.end();
  const appender = new Appender({ log, newId: randomUUID, now: () => 0, source: 'test' });
  for (const command of [START_PROJECT, addCards(ids.map((id) => spec(id)))])
    await submitCommand({ fold: await foldOf(log), progress, appender }, command);
  return log;
};

const snapshotsOf = (log: EventLog) => new FileBoardSnapshots({ folder, log, logger: silentLogger });
const ids = (board: Board | undefined) => board && [...cards(board, PROJECT)];

describe('board snapshots on disk', () => {
  it('give back the board that was kept, at its position', async () => {
    const log = await someLog(['PROD-1', 'PROD-2']);
    const { board } = await foldOf(log);
    await snapshotsOf(log).save(board);
    const restored = await snapshotsOf(log).load();
    expect(ids(restored)).toEqual(['PROD-1', 'PROD-2']);
    expect(restored && position(restored)).toBe(position(board));
    expect(restored && project(restored, PROJECT)).toEqual(project(board, PROJECT));
  });

  it('of another log are left aside, although the position is there too', async () => {
    const log = await someLog(['PROD-1']);
    await snapshotsOf(log).save((await foldOf(log)).board);
    expect(await snapshotsOf(await someLog(['PROD-9'])).load()).toBeUndefined();
  });

  it('whose event the log no longer holds are left aside', async () => {
    const log = await someLog(['PROD-1']);
    await snapshotsOf(log).save((await foldOf(log)).board);
    const [file = ''] = readdirSync(folder);
    const bytes = readFileSync(join(folder, file), 'latin1').replace(/"eventId":"./, '"eventId":"-');
    writeFileSync(join(folder, file), bytes, 'latin1');
    expect(await snapshotsOf(log).load()).toBeUndefined();
  });

  it('that were cut short are left aside', async () => {
    const log = await someLog(['PROD-1']);
    await snapshotsOf(log).save((await foldOf(log)).board);
    const [file = ''] = readdirSync(folder);
    const bytes = readFileSync(join(folder, file));
    writeFileSync(join(folder, file), bytes.subarray(0, bytes.length - 20));
    expect(await snapshotsOf(log).load()).toBeUndefined();
  });

  it('take away what a full disk or a kill left half written', async () => {
    const log = await someLog(['PROD-1']);
    writeFileSync(join(folder, 'board-1.snap.tmp'), 'half');
    await snapshotsOf(log).save((await foldOf(log)).board);
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^board-\d+\.snap$/)]);
  });

  it('keeps the two newest', async () => {
    const log = await someLog(['PROD-1', 'PROD-2', 'PROD-3']);
    const snapshots = snapshotsOf(log);
    let board = emptyBoard();
    for await (const page of log.read({ after: START })) {
      for (const commit of page) {
        board = evolve(board, commit);
        await snapshots.save(board);
      }
    }
    await snapshots.save(board);
    expect(readdirSync(folder).length).toBeLessThanOrEqual(2);
  });
});
