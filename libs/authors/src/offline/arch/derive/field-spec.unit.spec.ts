import { describe, expect, it } from '@jest/globals';
import { readFieldSpec } from './field-spec.js';

describe('the words beside a field', () => {
  it.each(['enums dinâmicos', 'valorescentes', 'um desses'])('%s: no list of values begins here', (text) => {
    expect(readFieldSpec(text)?.values).toBeUndefined();
  });
  it.each([
    ['enum: a, b', ['a', 'b']],
    ['enum(a | b)', ['a', 'b']],
    ['valores a ou b', ['a', 'b']],
  ])('%s: a list of values', (text, values) => {
    expect(readFieldSpec(text)?.values).toEqual(values);
  });
});
