import { describe, expect, it } from '@jest/globals';
import type { GateInput } from '@squados/agent-runtime';
import { createLooseEndsGate } from './loose-ends.gate.js';

const inputOf = (files: Readonly<Record<string, string>>, description = ''): GateInput => {
  const card = { id: 'BE-001', agent: 'backend', title: '', description, acceptanceCriteria: [] };
  return {
    task: { card, cards: [card] },
    files: new Map(Object.entries(files)),
    proposals: [],
  } as unknown as GateInput;
};

const rulesIn = async (path: string, text: string, description?: string): Promise<readonly string[]> => {
  const verdict = await createLooseEndsGate().run(inputOf({ [path]: text }, description));
  return (verdict.findings ?? []).map((f) => `${f.rule} ${f.path}:${f.line}`);
};

describe('the gate against loose ends', () => {
  it.each([
    ['a.py', 'def run():\n    raise NotImplementedError\n', 'unfinished a.py:2'],
    ['a.go', 'package a\n\nfunc F() { panic("not implemented") }\n', 'unfinished a.go:3'],
    ['a.ts', "export const f = () => { throw new Error('Not yet implemented'); };\n", 'unfinished a.ts:1'],
    ['a.py', 'x = 1  # TODO: the real one\n', 'placeholder a.py:1'],
    ['a.py', 'def f():\n    """One row.\n\n    Probably sorted."""\n', 'hedging a.py:4'],
    ['a.go', '// maybe it is open\n', 'hedging a.go:1'],
    ['a.tsx', 'export {};\n// FIXME\n', 'placeholder a.tsx:2'],
    ['a.sql', 'SELECT 1; -- TBD\n', 'placeholder a.sql:1'],
    ['a.py', 'try:\n    f()\nexcept Exception:\n    # nothing\n    pass\n', 'swallowed-error a.py:3'],
    ['a.py', 'with contextlib.suppress(Exception):\n    f()\n', 'swallowed-error a.py:1'],
    ['a.go', 'if err := f(); err != nil {\n\t// ignore\n}\n', 'swallowed-error a.go:1'],
    ['a.go', 'err := f()\n\t_ = err\n', 'swallowed-error a.go:2'],
    ['a.ts', 'try { f(); } catch (error) {}\n', 'swallowed-error a.ts:1'],
    ['a.ts', 'void f().catch(() => {});\n', 'swallowed-error a.ts:1'],
    ['a.py', 'import os  # noqa: F401\n', 'silenced-check a.py:1'],
    ['a.go', '//nolint:errcheck\n', 'silenced-check a.go:1'],
    ['a.ts', '// @ts-ignore\n', 'silenced-check a.ts:1'],
    ['a.py', 'PASSWORD = "hunter2-hunter2"\n', 'hard-coded-secret a.py:1'],
    ['.env.toml', 'k = "-----BEGIN PRIVATE KEY-----"\n', 'private-key .env.toml:1'],
  ])('finds in %s: %j', async (path, text, expected) => {
    expect(await rulesIn(path, text)).toContain(expected);
  });

  it.each([
    ['a.py', 'try:\n    f()\nexcept ValueError:\n    return False\n'],
    ['a.py', 'class NotFound(Problem):\n    """There is no such row."""\n'],
    ['a.go', 'if err != nil {\n\treturn err\n}\n_, _ = io.Copy(io.Discard, reader)\n'],
    ['a.ts', 'try { f(); } catch { return undefined; }\n'],
    ['a.go', '// Arg adds an argument and answers its placeholder.\n'],
    ['a.ts', 'const body = await read().catch(() => undefined);\n'],
    ['a.tsx', '<input placeholder="maybe" />\n'],
    ['a.ts', "const url = 'https://probably.example';\n"],
    ['tests/test_a.py', 'PASSWORD = "hunter2-hunter2"\n'],
    ['a.md', 'TODO: nothing of ours\n'],
  ])('has nothing to say of %s: %j', async (path, text) => {
    expect(await rulesIn(path, text)).toEqual([]);
  });

  it('lets an author quote the words of the requirements', async () => {
    const text = '"""List what may possibly be lent."""\n';
    expect(await rulesIn('a.py', text)).toEqual(['hedging a.py:1']);
    expect(await rulesIn('a.py', text, 'List what may possibly be lent')).toEqual([]);
  });
});
