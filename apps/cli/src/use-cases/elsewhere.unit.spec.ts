import { describe, expect, it } from '@jest/globals';
import { CliError } from '../cli-error.js';
import { refuseElsewhere } from './elsewhere.js';
import type { RunOptions } from './run-options.js';

const refusalOf = (options: RunOptions): CliError | undefined => {
  try {
    refuseElsewhere(options);
    return undefined;
  } catch (error) {
    return error as CliError;
  }
};

describe('a run on servers', () => {
  it.each<[string, RunOptions, RegExp]>([
    ['--author', { author: 'claude' }, /SQUADOS_AUTHOR of each agent service/],
    ['--model', { model: ['backend=claude-x'] }, /SQUADOS_MODELS/],
    ['--concurrency', { concurrency: ['arch=1'] }, /SQUADOS_CONCURRENCY/],
    ['--page', { page: true }, /SQUADOS_PAGE_PORT/],
    ['--no-page', { page: false }, /SQUADOS_PAGE_PORT/],
    ['--port', { port: '1' }, /SQUADOS_PAGE_PORT/],
    ['--fresh', { fresh: true }, /another title/],
    ['--data', { data: 'd' }, /on the servers/],
  ])('refuses %s, and says where it belongs', (option, given, where) => {
    const error = refusalOf(given);
    expect(error).toMatchObject({ message: `${option}: not with --nats`, exitCode: 2 });
    expect(error?.details.join('\n')).toMatch(where);
  });
  it('names all of them at once, and takes what is about the project', () => {
    expect(refusalOf({ author: 'offline', fresh: true })?.message).toBe('--author, --fresh: not with --nats');
    expect(
      refusalOf({ budget: '5', profile: 'full', agents: ['arch'], yes: true, exit: true, json: true, strict: true }),
    ).toBeUndefined();
  });
});
