import { describe, expect, it } from '@jest/globals';
import { hashBytes } from '@squados/artifacts';
import { contractFaults, refuseFaults } from './contract-faults.js';
import type { InputFile } from './input-file.js';

const SOUND = `openapi: 3.0.3
info:
  title: Livros
  version: '1'
paths:
  /livros/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses:
        '200':
          description: um livro
          content: { application/json: { schema: { type: object, properties: { id: { type: integer } } } } }
`;

const file = (text: string, name = 'livros.yaml'): InputFile => {
  const bytes = new TextEncoder().encode(text);
  return { given: name, name, bytes, sha256: hashBytes(bytes) };
};

describe('a contract that is no valid OpenAPI document', () => {
  it('is told with file, line and place, each fault on its own', async () => {
    const faulty = SOUND.replace("  version: '1'\n", '').replace('name: id,', 'name: codigo,');
    const faults = await contractFaults(file(faulty));
    expect(faults[0]).toBe('livros.yaml:2: /info must have required property \'version\' ("version")');
    expect(faults[1]).toMatch(/^livros\.yaml:\d+: .*path parameter "id" is not declared/);
  });
  it('is refused before anything begins', async () => {
    await expect(refuseFaults([file(SOUND.replace("  version: '1'\n", ''))])).rejects.toMatchObject({
      code: 'contract-invalid',
      exitCode: 2,
      remedy: [expect.stringContaining('valid OpenAPI document')],
    });
  });
  it('is neither a valid one nor a document of another kind', async () => {
    await expect(refuseFaults([file(SOUND), file('# Requisitos', 'req.md')])).resolves.toBeUndefined();
  });
});
