import { ClaudeStub, says } from '@squados/authors/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { authorCheck } from './author-check.js';

const KEY = 'sk-ant-doctor-0123456789abcdef';
let stub: ClaudeStub | undefined;
const check = async (key: string): ReturnType<typeof authorCheck> => {
  stub = await ClaudeStub.start({ key: KEY, script: () => says('no') });
  return authorCheck({ ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: stub.url });
};
afterEach(async () => {
  await stub?.close();
  stub = undefined;
});

describe('the doctor looks at the author', () => {
  it('and lets a good key pass without spending anything', async () => {
    expect(await check(KEY)).toEqual({ name: 'author', state: 'ok', says: 'claude: the key is let in' });
    expect(stub?.billed).toBe(0);
    expect(stub?.calls.every(({ path }) => path === '/v1/models')).toBe(true);
  });
  it('and says what to do about a bad one, without telling it', async () => {
    const { state, says: said } = await check('sk-ant-wrong-9876543210');
    expect(state).toBe('bad');
    expect(said).toContain('set ANTHROPIC_API_KEY to a key that is valid');
    expect(said).not.toContain('9876543210');
  });
  it('and tells how to get Claude where there is no key', async () => {
    expect(await authorCheck({})).toMatchObject({ state: 'missing' });
  });
});
