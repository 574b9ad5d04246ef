import { describe, expect, it } from '@jest/globals';
import type { RoleTools, Task } from '@squados/agent-runtime';
import { readDesign } from './read-design.js';

const MODEL = 'arquitetura/modelo-de-dominio.json';
const CONTRACT = 'arquitetura/openapi.yaml';
const SCHEMA = 'arquitetura/schema.sql';

const read = (manifest: Readonly<Record<string, string>>, texts: Readonly<Record<string, string>> = {}) => {
  const task = {
    card: { id: 'BE-001', requirementIds: [] },
    dependencies: [{ card: { id: 'ARCH-001' }, manifest, assumed: false }],
  } as unknown as Task;
  const readArtifact = (hash: string) => Promise.resolve(new TextEncoder().encode(texts[hash] ?? ''));
  return readDesign(task, { readArtifact } as unknown as RoleTools);
};

describe('a card whose design is not there', () => {
  it.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>]>([
    ['none of what it builds on has one', {}, {}],
    ['it has no contract', { [MODEL]: 'm', [SCHEMA]: 's' }, {}],
    ['it has no schema', { [MODEL]: 'm', [CONTRACT]: 'c' }, {}],
    ['its model is none', { [MODEL]: 'm', [CONTRACT]: 'c', [SCHEMA]: 's' }, { m: '{"entities": 7}' }],
  ])('fails for good and says what to do: %s', async (_why, manifest, texts) => {
    expect(await read(manifest, texts)).toMatchObject({
      kind: 'failed',
      retryable: false,
      code: 'input-missing',
      message: expect.stringMatching(/^BE-001 .*(?:retry|design)/),
    });
  });
});
