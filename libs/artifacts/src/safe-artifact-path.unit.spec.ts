import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { safeArtifactPath, safeArtifactPaths } from './index.js';

const folder = 'engenharia/frontend';
const below = (rest: string) => safeArtifactPath(`${folder}/${rest}`, folder);

describe('a path that an agent asks for', () => {
  it.each([
    'a.md',
    'src/componentes/Formulário.tsx',
    '.storybook/main.ts',
    'a b.md',
    'usuários/ação.md',
    '[id].tsx',
    'a..b.md',
  ])('is taken when it is plain: %s', (rest) => {
    expect(below(rest)).toEqual({ kind: 'safe', path: `${folder}/${rest}` });
  });

  it.each([
    ['', 'nothing'],
    ['/etc/passwd', 'leading slash'],
    [`/${folder}/a.md`, 'leading slash'],
    ['C:/Windows/a.md', 'some file systems forbid'],
    [`${folder}/../../a.md`, 'segment of dots'],
    [`${folder}/./a.md`, 'segment of dots'],
    [`${folder}/\u2025/a.md`, 'segment of dots'],
    [`${folder}/\uFF0E\uFF0E/a.md`, 'segment of dots'],
    [`${folder}\\..\\a.md`, 'backslash'],
    [`${folder}/a\u2215b.md`, 'look-alike'],
    [`${folder}/a\uFF0Fb.md`, 'look-alike'],
    [`${folder}/a\0.md`, 'control or invisible'],
    [`${folder}/a\n.md`, 'control or invisible'],
    [`${folder}/a\u202Edm.exe`, 'control or invisible'],
    [`${folder}/a\uD800.md`, 'lone surrogate'],
    [`${folder}/NUL`, 'Windows reserves'],
    [`${folder}/com1.txt`, 'Windows reserves'],
    [`${folder}/aux.d/a.md`, 'Windows reserves'],
    [`${folder}/a.`, 'ends in a dot or a space'],
    [`${folder}/a /b.md`, 'ends in a dot or a space'],
    [`${folder}/ a.md`, 'begins with a space'],
    [`${folder}//a.md`, 'empty segment'],
    [`${folder}/`, 'empty segment'],
    [`${folder}/a?.md`, 'some file systems forbid'],
    [`${folder}/${'é'.repeat(101)}`, 'more than 200 bytes'],
    [`${folder}/${'a/'.repeat(600)}b`, 'more than 1000 bytes'],
    [folder, 'outside of'],
    ['produto/a.md', 'outside of'],
    ['engenharia/frontend2/a.md', 'outside of'],
    ['Engenharia/frontend/a.md', 'outside of'],
  ])('is refused with the reason in words: %j', (path, words) => {
    const check = safeArtifactPath(path, folder);
    expect(check).toEqual({ kind: 'refused', reason: expect.stringContaining(words) });
  });

  it('is normalised, so that two ways to write é are one file', () => {
    expect(below('cafe\u0301.md')).toEqual({ kind: 'safe', path: `${folder}/caf\u00E9.md` });
  });

  it('never leaves its folder, whatever it is', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.constantFrom('..', '.', '/', '\\', '//', folder, 'produto', '\0', ' ', '․․', 'CON', '%2e%2e', '~', 'a'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.boolean(), (pieces, inside) => {
        const check = safeArtifactPath((inside ? `${folder}/` : '') + pieces.join(''), folder);
        if (check.kind === 'refused') return;
        const resolved = new URL(check.path.split('/').map(encodeURIComponent).join('/'), 'file:///root/').pathname;
        expect(resolved.startsWith(`/root/${folder}/`)).toBe(true);
        expect(check.path.split('/').every((s) => s !== '' && s.trim() === s && !/^\.+$/.test(s))).toBe(true);
        expect(safeArtifactPath(check.path, folder)).toEqual(check);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the paths of one manifest', () => {
  it('are taken together', () => {
    const check = safeArtifactPaths(['qa/a.md', 'qa/b/c.md'], 'qa');
    expect(check).toMatchObject({
      kind: 'safe',
      paths: new Map([
        ['qa/a.md', 'qa/a.md'],
        ['qa/b/c.md', 'qa/b/c.md'],
      ]),
    });
  });
  it.each([
    [['qa/Design.md', 'qa/design.md'], 'one file'],
    [['qa/\u00E9.md', 'qa/e\u0301.md'], 'one file'],
    [['qa/a', 'qa/a/b.md'], 'is a file and also the folder'],
    [['qa/A/b.md', 'qa/a'], 'is a file and also the folder'],
    [['qa/a.md', '../b.md'], 'holds'],
  ])('are refused when they would meet on some disk: %j', (paths, words) => {
    expect(safeArtifactPaths(paths, 'qa')).toEqual({ kind: 'refused', reason: expect.stringContaining(words) });
  });
});
