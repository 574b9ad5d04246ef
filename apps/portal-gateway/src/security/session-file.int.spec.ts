import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempFolder } from '../testing/temp-folder.js';
import { Access } from './access.js';
import { sessionFile } from './session-file.js';

const WEEK_MS = 7 * 24 * 3_600_000;

let folder: ReturnType<typeof tempFolder>;
let now: number;
let told: string[];
beforeEach(() => {
  folder = tempFolder();
  now = 1_000_000;
  told = [];
});
afterEach(() => folder.remove());

const path = (): string => join(folder.path, 'gateway', 'page-sessions.json');
/** A process of the gateway: another one each time. */
const gateway = (file = path()): Access => {
  const keeper = sessionFile(file, { warn: (_fields: object, message: string) => void told.push(message) });
  return new Access({ now: () => now, keeper });
};
const enter = (access: Access): string => access.redeem(access.newLink())!;

describe('a session that is kept', () => {
  it('is known to the process that comes after, and to the one after that', () => {
    const [first, second] = [enter(gateway()), enter(gateway())];
    expect([first, second].map((session) => gateway().isOpen(session))).toEqual([true, true]);
    expect(told).toEqual([]);
  });

  it('ends a week after it began, restarted or not', () => {
    const access = gateway();
    const session = enter(access);
    now += WEEK_MS - 1;
    expect(gateway().isOpen(session)).toBe(true);
    now += 1;
    expect([access, gateway()].map((one) => one.isOpen(session))).toEqual([false, false]);
  });

  it('cannot be told from its file, which is for this user alone', () => {
    const session = enter(gateway());
    const text = readFileSync(path(), 'utf8');
    expect(text).not.toContain(session);
    const [[print]] = JSON.parse(text) as [[string, number]];
    expect(gateway().isOpen(print)).toBe(false);
    expect(statSync(path()).mode & 0o777).toBe(0o600);
  });

  it('pushes out the oldest, never more than it may hold', () => {
    const access = gateway();
    const sessions = Array.from({ length: 65 }, () => enter(access));
    const after = gateway();
    expect(sessions.map((session) => after.isOpen(session))).toEqual(sessions.map((_, at) => at > 0));
  });

  it('a link does not outlast its process', () => {
    const token = gateway().newLink();
    expect(gateway().redeem(token)).toBeUndefined();
  });
});

describe('a file of sessions', () => {
  it.each(['', '{"a":1}', '[["print"]]', '[["print",null]]', '[[1,2]]'])(
    'that holds %j lets nobody in, and that is said',
    (text) => {
      enter(gateway());
      writeFileSync(path(), text);
      expect(gateway().isOpen('print')).toBe(false);
      expect(told).toEqual([expect.stringContaining('sessions begin anew')]);
    },
  );

  it('that cannot be written leaves sessions to their process, and that is said', () => {
    mkdirSync(join(folder.path, 'taken', 'page'), { recursive: true });
    const access = gateway(join(folder.path, 'taken'));
    expect(access.isOpen(enter(access))).toBe(true);
    expect(told.at(-1)).toContain('sessions end with this process');
  });
});
