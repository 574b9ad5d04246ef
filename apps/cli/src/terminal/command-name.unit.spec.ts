import { describe, expect, it } from '@jest/globals';
import { commandNameOf } from './command-name.js';

const named = (path: string, ...files: readonly string[]): string =>
  commandNameOf({ path, cwd: '/home/ana/shop/docs', exists: (file) => files.includes(file) });

describe('how suggestions name the command', () => {
  it('squados, when the shell finds it', () => {
    expect(named('/usr/bin:/opt/bin', '/opt/bin/squados', '/home/ana/shop/node_modules/.bin/squados')).toBe('squados');
  });

  it('npx squados, when only npx finds it in a folder above', () => {
    expect(named('/usr/bin', '/home/ana/shop/node_modules/.bin/squados')).toBe('npx squados');
  });

  it('npx squados, when npx or npm start put it on the PATH of this process alone', () => {
    const local = '/home/ana/shop/node_modules/.bin';
    expect(named(`${local}:/usr/bin`, `${local}/squados`)).toBe('npx squados');
  });

  it('squados, when neither would find it: whoever started it knows how', () => {
    expect(named('/usr/bin')).toBe('squados');
  });
});
