import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Scenario, spec, type LaneSim } from '@squados/board/testing';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogFold } from '../engine/fold.js';
import { HandClock } from '../testing/hand-clock.js';
import { RecordingLogger } from '../testing/recording-logger.js';
import { replaceFile } from './atomic-file.js';
import { BacklogKeeper } from './backlog-keeper.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'squados-keeper-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Commit = LaneSim['commits'][number];
const commit = (): Commit => Scenario.of([spec('PROD-1')]).log.commits[0]!;

const setUp = (render: () => string | undefined) => {
  const clock = new HandClock();
  const logger = new RecordingLogger();
  const file = join(folder, 'backlog_master.json');
  const keeper = new BacklogKeeper({ file, render, clock, logger });
  return { clock, logger, file, keeper, fold: new LogFold() };
};

describe('a file that is replaced', () => {
  it('holds the new text whole and leaves no draft behind', async () => {
    const file = join(folder, 'x.json');
    await replaceFile(file, 'old and much longer');
    await replaceFile(file, 'new');
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['x.json']);
  });
});

describe('the backlog keeper', () => {
  it('writes nothing while history goes by, and the present once the head is reached', async () => {
    const { keeper, clock, fold, file } = setUp(() => 'text');
    keeper.folded(commit(), fold);
    expect(clock.nextIn).toBeUndefined();
    keeper.headReached(fold);
    expect(clock.nextIn).toBe(200);
    await keeper.close();
    expect(readFileSync(file, 'utf8')).toBe('text');
  });

  it('writes after a change, and does not touch a file whose text is the same', async () => {
    let text = 'one';
    const { keeper, clock, fold, file } = setUp(() => text);
    keeper.headReached(fold);
    await keeper.close();
    rmSync(file);
    keeper.folded(commit(), fold);
    clock.turn(200);
    await keeper.close();
    expect(existsSync(file)).toBe(false);
    text = 'two';
    keeper.folded(commit(), fold);
    await keeper.close();
    expect(readFileSync(file, 'utf8')).toBe('two');
  });

  it('writes no file while there is no project', async () => {
    const { keeper, fold } = setUp(() => undefined);
    keeper.headReached(fold);
    await keeper.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('a disk that refuses is told and tried again with the next change', async () => {
    const { keeper, fold, file, logger } = setUp(() => 'text');
    mkdirSync(`${file}.tmp`);
    keeper.headReached(fold);
    await keeper.close();
    expect(logger.lines).toMatchObject([{ level: 'warn', fields: { file }, message: expect.stringContaining('log') }]);
    rmSync(`${file}.tmp`, { recursive: true });
    keeper.folded(commit(), fold);
    await keeper.close();
    expect(readFileSync(file, 'utf8')).toBe('text');
  });
});
