import { describe, expect, it } from '@jest/globals';
import type { DomainModel } from '@squados/contracts';
import fc from 'fast-check';
import { createBackendRole } from '../create-backend-role.js';
import { backendCase, type BackendCaseOptions } from '../testing/backend-task.js';
import { HOSTILE, ODD_MODEL } from '../testing/odd-model.js';
import { createPythonWriter } from './create-python-writer.js';
import { docText, pyString } from './python-text.js';

const role = createBackendRole({ gates: [], writers: [createPythonWriter()] });
const written = async (model: DomainModel, options: BackendCaseOptions = {}) => {
  const { task, tools } = backendCase(model, options);
  const result = await role.write(task, tools);
  if (result.kind !== 'written') throw new Error(JSON.stringify(result));
  return result;
};
const failure = async (design: Readonly<Record<string, string>>) => {
  const { task, tools } = backendCase(ODD_MODEL, { design });
  const result = await role.write(task, tools);
  return result.kind === 'failed' ? result : undefined;
};

describe('a service in Python', () => {
  it('has the same bytes for every card of a design, but for the card’s own note', async () => {
    const [one, two] = await Promise.all([
      written(ODD_MODEL, { own: { title: 'One' } }),
      written(ODD_MODEL, { own: { title: HOSTILE, acceptanceCriteria: [HOSTILE] } }),
    ]);
    const changed = [...one.files].filter(([path, text]) => two.files.get(path) !== text).map(([path]) => path);
    expect(changed).toEqual(['engenharia/backend/cards/BE-001.md']);
  });
  it('lies below its owner’s folder, layer by layer for each entity', async () => {
    const { files } = await written(ODD_MODEL);
    for (const layer of ['api', 'services', 'repositories', 'models', 'schemas'])
      expect([...files.keys()]).toContain(`engenharia/backend/app/${layer}/class_.py`);
    expect([...files.keys()].filter((path) => !path.startsWith('engenharia/backend/'))).toEqual([]);
  });
  it('says which rules it does not enforce, and which actions move no state', async () => {
    const { files, assumptions } = await written(ODD_MODEL);
    expect(assumptions.some((a) => a.startsWith('Não imposta: R1'))).toBe(true);
    expect(assumptions.some((a) => a.includes('R2'))).toBe(false);
    expect(assumptions.some((a) => a.startsWith('POST /api/v1/class-rows/{id}/import'))).toBe(true);
    expect(files.get('engenharia/backend/cards/BE-001.md')).toContain('## Regras não impostas');
  });
  it('is refused, with the place, when the contract has an operation that the model does not know', async () => {
    const model = { ...ODD_MODEL, entities: ODD_MODEL.entities.filter((e) => e.name !== 'OS') };
    const result = await failure({ 'arquitetura/modelo-de-dominio.json': JSON.stringify(model) });
    expect(result).toMatchObject({ code: 'contract-unsupported', retryable: false, place: 'GET /os-rows' });
  });
  it('is refused when the contract lacks an operation of the model, or is no contract', async () => {
    expect(await failure({ 'arquitetura/openapi.yaml': 'openapi: "3.1.0"\npaths: {}\n' })).toMatchObject({
      code: 'contract-unsupported',
    });
    expect(await failure({ 'arquitetura/openapi.yaml': '- {' })).toMatchObject({ place: 'arquitetura/openapi.yaml' });
  });
});

describe('outside text in Python', () => {
  const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.constant(HOSTILE));
  it('stays one literal on one line, whatever it holds', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const literal = pyString(text);
        const quote = literal.charAt(0);
        const body = literal.slice(1, -1).replace(/\\[\s\S]/g, '');
        expect(literal.endsWith(quote)).toBe(true);
        expect(body).not.toContain(quote);
        expect(body).not.toMatch(/[\\\p{Cc}\p{Cs}\u2028\u2029\u202e]/u);
      }),
    );
  });
  it('can end no docstring', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(docText(text)).not.toMatch(/["\\\n\r\u0000\u2028\u2029]/);
        expect(docText(text)).not.toBe('');
      }),
    );
  });
});
