import { describe, expect, it } from '@jest/globals';
import { duration, flag, oneOf, readConfig, text, wholeNumber } from '../index.js';

const variables = {
  data: text({ env: 'SQUADOS_DATA', meaning: 'data folder', fallback: '.squados' }),
  optional: text<string | undefined>({ env: 'SQUADOS_OPTIONAL', meaning: 'nothing', fallback: undefined }),
  format: oneOf({
    env: 'SQUADOS_LOG_FORMAT',
    meaning: 'form of the log',
    values: ['json', 'plain'],
    fallback: 'plain',
  }),
  slots: wholeNumber({ env: 'SQUADOS_SLOTS', meaning: 'attempts at a time', min: 1, max: 64, fallback: 2 }),
  strict: flag({ env: 'SQUADOS_STRICT', meaning: 'refuse waivers', fallback: false }),
  lease: duration({
    env: 'SQUADOS_LEASE',
    meaning: 'lease of a card',
    minMs: 1_000,
    maxMs: 3_600_000,
    fallback: 30_000,
  }),
  key: wholeNumber({ env: 'SQUADOS_KEY', meaning: 'a secret number', min: 0, max: 9, fallback: 0 }),
};

describe('configuration from the environment', () => {
  it('takes the fallback for what is absent or empty', () => {
    expect(readConfig(variables, { SQUADOS_SLOTS: '' })).toEqual({
      kind: 'sound',
      config: {
        data: '.squados',
        optional: undefined,
        format: 'plain',
        slots: 2,
        strict: false,
        lease: 30_000,
        key: 0,
      },
    });
  });
  it('reads what is given', () => {
    const env = {
      SQUADOS_DATA: '/d',
      SQUADOS_LOG_FORMAT: 'JSON',
      SQUADOS_SLOTS: ' 8',
      SQUADOS_STRICT: 'yes',
      SQUADOS_LEASE: '1.5m',
    };
    expect(readConfig(variables, env)).toMatchObject({
      config: { data: '/d', format: 'json', slots: 8, strict: true, lease: 90_000 },
    });
  });
  it('names every bad variable with what it accepts, and no secret', () => {
    const env = {
      SQUADOS_DATA: 'a\0b',
      SQUADOS_LOG_FORMAT: 'xml',
      SQUADOS_SLOTS: '0',
      SQUADOS_STRICT: 'maybe',
      SQUADOS_LEASE: '5 weeks',
      SQUADOS_KEY: 'hunter2',
    };
    const reading = readConfig(variables, env);
    expect(reading).toEqual({
      kind: 'unsound',
      problems: [
        'SQUADOS_DATA (data folder) does not take "a\\u0000b": give any text without control characters',
        'SQUADOS_LOG_FORMAT (form of the log) does not take "xml": give json, plain',
        'SQUADOS_SLOTS (attempts at a time) does not take "0": give a whole number from 1 to 64',
        'SQUADOS_STRICT (refuse waivers) does not take "maybe": give true, false, yes, no, on, off, 1, 0',
        'SQUADOS_LEASE (lease of a card) does not take "5 weeks": give a duration such as 500ms, 30s, 5m, 1h, from 1000ms to 3600000ms',
        'SQUADOS_KEY (a secret number) does not take the given value: give a whole number from 0 to 9',
      ],
    });
  });
  it.each(['64.5', '1e1', '-1', 'NaN', '65'])('takes no number that is not one in range: %s', (SQUADOS_SLOTS) => {
    expect(readConfig(variables, { SQUADOS_SLOTS }).kind).toBe('unsound');
  });
});
