import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aligned, go, goString, imports, inComment, members } from './go-text.js';

/** As Go reads an interpreted string literal. */
const read = (literal: string): string => {
  expect(literal).toMatch(/^"(?:[^"\\\p{Cc}]|\\["\\nrt]|\\u[0-9a-f]{4}|\\U[0-9a-f]{8})*"$/u);
  return literal
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/g, (_m, short?: string, long?: string, named?: string) => {
      const hex = short ?? long;
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      return { n: '\n', r: '\r', t: '\t' }[named ?? ''] ?? named ?? '';
    });
};

describe('text in Go source', () => {
  it('is read back as it was, whatever it holds', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => expect(read(goString(text))).toBe(text)));
  });
  it('shows nothing that reads otherwise than it runs: marks of direction, separators, half characters', () => {
    expect(goString('a\u202eb\u2028c\ufeff\0')).toBe('"a\\u202eb\\u2028c\\ufeff\\u0000"');
    expect(goString('\ud800')).toBe('"\\ufffd"');
  });
  it('stays on its line in a comment', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) =>
        expect(inComment(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u),
      ),
    );
    expect(inComment('a\n*/ b\r//go:embed x')).toBe('a */ b //go:embed x');
  });
});

describe('a template of Go source', () => {
  it('keeps the indent of the line for every line of a value, and drops the line of an empty list', () => {
    const source = go`
if x {
	${['a()', 'if y {\n\tb()\n}']}
	${[]}
}
`;
    expect(source).toBe('if x {\n\ta()\n\tif y {\n\t\tb()\n\t}\n}\n');
  });
  it('aligns columns as gofmt does, and starts anew behind a value of several lines', () => {
    expect(
      aligned([
        ['ID', 'int', '`a`'],
        ['Name', 'string', '`b`'],
      ]),
    ).toEqual(['ID   int    `a`', 'Name string `b`']);
    expect(
      members([
        ['A', '1'],
        ['Long', '2'],
        ['B', '{\n\t3,\n}'],
        ['C', '4'],
      ]),
    ).toEqual(['A:    1,', 'Long: 2,', 'B: {\n\t3,\n},', 'C: 4,']);
  });
  it('groups imports: standard library, others, its own', () => {
    expect(imports(['app.local/x/a', 'fmt', 'github.com/b/c', 'fmt'], 'app.local/x')).toBe(
      'import (\n\t"fmt"\n\n\t"github.com/b/c"\n\n\t"app.local/x/a"\n)',
    );
    expect(imports(['fmt'], 'app.local/x')).toBe('import "fmt"');
  });
});
