import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureFolder } from './log-folder.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'log-folder-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it('a file in the way of the data folder is named with what to do, and stays', () => {
  const file = join(dir, 'data');
  writeFileSync(file, 'mine');
  for (const folder of [file, join(file, 'below')])
    expect(() => ensureFolder(folder)).toThrow(`${folder} cannot be the data folder: a file is in the way`);
  expect(statSync(file).isFile()).toBe(true);
});

it('a missing folder is made for this user alone', () => {
  ensureFolder(join(dir, 'a', 'b'));
  expect(statSync(join(dir, 'a', 'b')).mode & 0o777).toBe(0o700);
});
