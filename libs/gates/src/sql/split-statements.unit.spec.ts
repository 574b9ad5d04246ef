import { describe, expect, it } from '@jest/globals';
import { lineAt, splitStatements } from './split-statements.js';

const texts = (script: string) => splitStatements(script).map((s) => s.sql);

describe('splitting a script into statements', () => {
  it.each([
    ['semicolons in strings', `SELECT 'a;b', "c;d"; SELECT 2`, [`SELECT 'a;b', "c;d"`, 'SELECT 2']],
    ['doubled quotes', `SELECT 'it''s;'; SELECT 2`, [`SELECT 'it''s;'`, 'SELECT 2']],
    [
      'backslashes only in E strings',
      `SELECT E'\\';'; SELECT '\\'; SELECT 3`,
      [`SELECT E'\\';'`, `SELECT '\\'`, 'SELECT 3'],
    ],
    ['dollar quotes with a tag', 'DO $x$ BEGIN; $$;$$ END $x$; SELECT 2', ['DO $x$ BEGIN; $$;$$ END $x$', 'SELECT 2']],
    ['nested comments', '/* a /* b; */ c; */ SELECT 1; -- x;\nSELECT 2', ['SELECT 1', 'SELECT 2']],
    [
      'atomic bodies',
      'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END; SELECT 2',
      ['CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END', 'SELECT 2'],
    ],
    ['a plain transaction', 'BEGIN; SELECT 1; END;', ['BEGIN', 'SELECT 1', 'END']],
    ['nothing but comments', '-- a\n/* b */ ;;', []],
    ['a string without end', "SELECT 'a; b", ["SELECT 'a; b"]],
  ])('knows %s', (_what, script, expected) => {
    expect(texts(script)).toEqual(expected);
  });

  it('tells on which line a statement stands, and a position within it', () => {
    const [first, second] = splitStatements('\uFEFF\n-- x\nSELECT 1;\n\n  SELECT\n  é,\n frm');
    expect([first?.line, second?.line]).toEqual([3, 5]);
    expect(second && lineAt(second, 14)).toBe(7);
    expect(second && lineAt(second, undefined)).toBe(5);
  });
});
