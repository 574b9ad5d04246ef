import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endAll, ensureBundle, squados, statesIn, type Ended } from './testing/squados-process.js';

const ONE_REQUIREMENT = `# Tool shed

## FR-001: Keep the tools

A keeper registers a tool, finds it, changes it and removes it.

**Fields of a tool**:

- **name** (text, required, up to 60 characters)
- **shelf** (text, required, up to 10 characters)
- **copies** (integer, required, between 1 and 50)
`;

let cwd: string;
const run = (...args: readonly string[]): Promise<Ended> => squados(args, { cwd });

beforeAll(() => {
  ensureBundle();
  cwd = mkdtempSync(join(tmpdir(), 'squados-delivery-'));
}, 240_000);
afterAll(() => {
  endAll();
  rmSync(cwd, { recursive: true, force: true });
});

// Both examples, in both languages and with every gate, are delivered in bench/full-matrix.
describe('a document of one requirement', () => {
  it('goes all the way to a product that was asked', async () => {
    writeFileSync(join(cwd, 'tools.md'), ONE_REQUIREMENT);
    const ended = await run('run', 'tools.md', '--yes', '--exit', '--data', 'd');
    expect({ code: ended.code, said: ended.stdout + ended.stderr }).toEqual({ code: 0, said: expect.any(String) });
    expect(await statesIn('d', cwd)).toMatchObject({
      'ARCH-001': 'DONE',
      'BE-002': 'DONE',
      'FE-003': 'DONE',
      'QA-003': 'DONE',
      'INFRA-001': 'DONE',
      'DEPLOY-001': 'DONE',
    });
    expect((await run('events', '--verify', '--data', 'd')).code).toBe(0);
    expect((await run('down', '--data', 'd')).stdout).toContain('no product runs here');
  }, 480_000);
});
