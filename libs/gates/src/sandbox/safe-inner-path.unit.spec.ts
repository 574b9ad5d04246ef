import { describe, expect, it } from '@jest/globals';
import { oddInnerPath } from './safe-inner-path.js';

describe('a path below the private directory', () => {
  it.each(['a', 'src/[id].test.tsx', '.eslintrc.json', 'a b/ç.txt', '-rf', `${'n'.repeat(200)}`])(
    'may be %j',
    (path) => {
      expect(oddInnerPath(path)).toBeUndefined();
    },
  );

  it.each([
    ['', 'is empty'],
    ['/etc/passwd', 'begins with a slash'],
    ['../x', 'segment of dots'],
    ['a/../x', 'segment of dots'],
    ['a/./x', 'segment of dots'],
    ['a/…/x', 'segment of dots'],
    ['a//b', 'empty segment'],
    ['a/', 'empty segment'],
    ['a\\b', 'backslash'],
    ['a\0b', 'control or invisible'],
    ['a\u202eb', 'control or invisible'],
    ['\ud800', 'control or invisible'],
    ['n'.repeat(201), 'more than 200 bytes'],
    [`${'n/'.repeat(600)}n`, 'more than 1000 bytes'],
  ])('may not be %j, which %s', (path, reason) => {
    expect(oddInnerPath(path)).toContain(reason);
  });
});
