import type { KitFile } from '../kit-file.js';

export const formsRulesTest: KitFile = {
  path: 'src/forms/rules.test.ts',
  text: `/** @jest-environment node */
import { describe, expect, it } from '@jest/globals';
import { en } from '../i18n/en';
import { pt } from '../i18n/pt';
import * as convert from './convert';
import * as rules from './rules';

describe('a rule', () => {
  it.each<readonly [rules.Rule, string, string, string]>([
    [rules.required, 'a', '  ', 'required'],
    [rules.minLength(2), '😀a', 'a', 'tooShort'],
    [rules.maxLength(2), '😀a', 'abc', 'tooLong'],
    [rules.min(2), '2', '1,9', 'tooSmall'],
    [rules.max(2), '2', '2.1', 'tooLarge'],
    [rules.integer, '-3', '3.5', 'notInteger'],
    [rules.decimal, '3,5', '3,', 'notNumber'],
    [rules.oneOf(['a']), 'a', 'b', 'notChoice'],
    [rules.email, 'a@b.org', 'a@b', 'notEmail'],
    [rules.url, 'https://a.org', 'a.org', 'notUrl'],
    [rules.uuid, '3F2b8c1e-6a4d-4b7e-9c55-0d1e2f3a4b5c', '3f2b8c1e', 'notUuid'],
    [rules.date, '2030-01-31', '2030-13-01', 'notDate'],
    [rules.dateTime, '2030-01-31T10:00', '2030-01-31', 'notDateTime'],
    [rules.time, '23:59:01', '24:00', 'notTime'],
    [rules.json, '{"a":1}', '1', 'notJson'],
    [rules.matches('^a+$'), 'aa', 'ab', 'notMatching'],
  ])('%# passes one value and refuses another', (rule, good, bad, kind) => {
    expect(rule(good)).toBeUndefined();
    expect(rule(bad)).toMatchObject({ kind });
    if (kind !== 'required') expect(rule(' ')).toBeUndefined();
  });

  it('is said in the words of the language', () => {
    expect(rules.violationText({ kind: 'tooLong', limit: 3 }, en)).toBe('At most 3 characters.');
    expect(rules.violationText({ kind: 'required' }, pt)).toBe('Preenchimento obrigatório.');
  });

  it('that comes first is the one that is told', () => {
    const both = { a: [rules.required, rules.integer], b: [rules.integer] };
    expect(rules.violationsOf({ a: '', b: '1' }, both)).toEqual({ a: { kind: 'required' } });
  });
});

describe('a conversion', () => {
  it.each<readonly [unknown, unknown]>([
    [convert.toText(' a '), 'a'],
    [convert.toTextOrNull(' '), null],
    [convert.toNumber('1,5'), 1.5],
    [convert.toNumberOrNull(''), null],
    [convert.toBoolean('true'), true],
    [convert.toBooleanOrNull('false'), false],
    [convert.toDateTime('2030-01-15T09:30'), '2030-01-15T12:30:00.000Z'],
    [convert.toTime('09:30'), '09:30:00Z'],
    [convert.toTimeOrNull('09:30:15'), '09:30:15Z'],
    [convert.toJson('[1]'), [1]],
    [convert.toChoice('b', ['a', 'b']), 'b'],
    [convert.toChoice('c', ['a', 'b']), 'a'],
    [convert.toChoiceOrNull('c', ['a', 'b']), null],
    [convert.fromText(undefined), ''],
    [convert.fromNumber(0), '0'],
    [convert.fromNumber(null), ''],
    [convert.fromBoolean(false), 'false'],
    [convert.fromBoolean(undefined), ''],
    [convert.fromDateTime('2030-01-15T12:30:05Z'), '2030-01-15T09:30:05'],
    [convert.fromDateTime(null), ''],
    [convert.fromTime('09:30:00Z'), '09:30:00'],
    [convert.fromJson({ a: 1 }), '{\\n  "a": 1\\n}'],
    [convert.fromJson(null), ''],
  ])('%# gives %j', (given, expected) => {
    expect(given).toEqual(expected);
  });
});

const wordsIn = (messages: object): readonly string[] =>
  Object.values(messages).flatMap((word: unknown) => {
    if (typeof word === 'function') return [String((word as (n: unknown) => string)(3))];
    return typeof word === 'object' && word !== null ? wordsIn(word) : [String(word)];
  });

describe('the words of the interface', () => {
  it.each([en, pt])('leave nothing unsaid', (messages) => {
    const words = wordsIn(messages);
    expect(words.filter((word) => word.trim() === '')).toEqual([]);
    expect(words.length).toBe(wordsIn(en).length);
  });

  it('differ in number', () => {
    expect([en.records(1), en.records(2), pt.records(1), pt.records(2)]).toEqual([
      '1 record',
      '2 records',
      '1 registro',
      '2 registros',
    ]);
  });
});
`,
};
