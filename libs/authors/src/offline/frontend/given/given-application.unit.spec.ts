import { describe, expect, it } from '@jest/globals';
import { planContract } from '@squados/importers/contracts';
import ts from 'typescript';
import { givenModel } from '../../arch/given/given-model.js';
import { givenApplicationFiles } from './given-application.js';
import { readGivenApp } from './given-app-model.js';

describe('the application of a contract that offers nothing to look at', () => {
  it('is there, has no pages, and says so', () => {
    const text = JSON.stringify({
      openapi: '3.0.3',
      info: { title: 'Avisos', version: '1' },
      paths: { '/avisos': { post: { requestBody: body('Aviso'), responses: { '201': ok(ref('Aviso')) } } } },
      components: { schemas: { Aviso: object({ texto: { type: 'string' } }, []) } },
    });
    const planned = planContract(new TextEncoder().encode(text), 'avisos.json');
    if (planned.kind === 'refused') throw new Error(planned.message);
    const read = readGivenApp({ model: givenModel(planned.plan, planned.root), openapi: text });
    if (!read.ok) throw new Error(read.problem);
    const files = new Map(givenApplicationFiles(read.app, read.errorMembers));
    expect(read.app.notes).toEqual([expect.stringMatching(/^POST \/avisos: nothing lists or reads these records/)]);
    expect([...files.keys()].filter((path) => path.startsWith('src/features/'))).toEqual([]);
    expect(files.get('src/app/product.ts')).toContain('FEATURES: readonly Feature[] = [];');
    expect(files.get('README.md')).toContain('It has no pages: the contract offers nothing that one could show.\n');
    expect(files.get('README.md')).not.toContain('| Records |');
  });
});

const HOSTILE = `*/ \${1} "'\` </script>`;

/** Lists bare, wrapped and missing; keys of other names and types; records below others; a record that is the only one. */
const contract = (word: string): string =>
  JSON.stringify({
    openapi: '3.0.3',
    info: { title: word, version: '1' },
    paths: {
      '/shops': {
        get: {
          operationId: 'listShops',
          parameters: [
            { name: 'page.number', in: 'query', schema: { type: 'integer', minimum: 0, default: 0 } },
            { name: 'page', in: 'query', schema: { type: 'integer', minimum: 0 } },
            { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 50 } },
          ],
          responses: answers({
            type: 'object',
            required: ['data'],
            properties: { data: list('Shop'), total: { type: 'integer' } },
          }),
        },
        post: { requestBody: body('ShopInput'), responses: { '201': ok(ref('Shop')) } },
      },
      '/shops/{shop-id}': {
        parameters: [parameter('shop-id', 'integer')],
        get: { responses: answers(ref('Shop')) },
        delete: { responses: { '204': { description: 'gone' } } },
      },
      '/shops/{shop-id}/shelves': {
        parameters: [parameter('shop-id', 'integer')],
        get: { responses: answers(list('Shelf')) },
      },
      '/keys/{key}': {
        parameters: [parameter('key', 'string')],
        get: { responses: answers(ref('Key')) },
        put: { requestBody: body('Key'), responses: answers(ref('Key')) },
      },
      '/settings': {
        get: { responses: answers(ref('Settings')) },
        put: { requestBody: body('Settings'), responses: answers(ref('Settings')) },
      },
      '/orders': { post: { requestBody: body('Settings'), responses: { '201': ok(ref('Settings')) } } },
      '/image': {
        get: { responses: { '200': { description: 'i', content: { 'image/png': { schema: { type: 'string' } } } } } },
      },
    },
    components: {
      schemas: {
        Shop: object(
          {
            id: { type: 'integer' },
            name: { type: 'string', title: word },
            kind: { type: 'string', enum: [word, 'b'] },
          },
          ['id', 'name'],
        ),
        ShopInput: object(
          { name: { type: 'string', title: word }, 'x-note': { type: 'string' }, open: { type: 'boolean' } },
          ['name'],
        ),
        Shelf: object({ height: { type: 'number' }, tags: { type: 'array', items: { type: 'string' } } }, []),
        Key: object({ key: { type: 'string' }, value: { type: 'string', format: 'date-time' } }, ['key', 'value']),
        Settings: object({ dark: { type: 'boolean' } }, ['dark']),
      },
    },
  });

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const list = (name: string) => ({ type: 'array', items: ref(name) });
const ok = (schema: object) => ({ description: 'ok', content: { 'application/json': { schema } } });
const answers = (schema: object) => ({ '200': ok(schema) });
const body = (name: string) => ({ required: true, content: { 'application/json': { schema: ref(name) } } });
const parameter = (name: string, type: string) => ({ name, in: 'path', required: true, schema: { type } });
const object = (properties: object, required: readonly string[]) => ({ type: 'object', properties, required });

const written = (text: string) => {
  const planned = planContract(new TextEncoder().encode(text), 'openapi.json');
  if (planned.kind === 'refused') throw new Error(planned.message);
  const read = readGivenApp({ model: givenModel(planned.plan, planned.root), openapi: text });
  if (!read.ok) throw new Error(read.problem);
  return { app: read.app, files: new Map(givenApplicationFiles(read.app, read.errorMembers)) };
};

const faultsIn = (path: string, text: string): number => {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true, kind);
  return (source as unknown as { readonly parseDiagnostics: readonly unknown[] }).parseDiagnostics.length;
};

describe('the application of a given contract', () => {
  const { app, files } = written(contract('Store'));
  const client = (name: string): string => files.get(`src/api/${name}.ts`) ?? '';

  it('shows each resource by what the contract offers of it, and nothing more', () => {
    expect(app.entities.map((e) => [e.resource, Object.keys(e.calls), e.isAsked])).toEqual([
      ['shops', ['list', 'get', 'create', 'remove'], false],
      ['shops-shelves', ['list'], true],
      ['keys', ['list', 'get', 'create', 'update'], true],
      ['settings', ['list', 'get', 'create', 'update'], false],
    ]);
  });

  it('names each operation that no page reaches, with its reason', () => {
    expect(app.notes).toEqual([
      expect.stringMatching(/^POST \/orders: nothing lists or reads these records/),
      expect.stringMatching(/^GET \/image: the service does not serve it: it answers image\/png/),
    ]);
    expect(files.get('README.md')).toContain('GET /image');
  });

  it('maps keys, pages and wrappers of other names to its own', () => {
    expect(client('shop')).toContain("params: { 'shop-id': id }");
    expect(client('shop')).toContain('shopOf(idOf(wire.id), wire)');
    expect(client('shop')).toContain('page: page - 1');
    expect(client('shop')).toContain('Math.min(query.size ?? 20, 50)');
    expect(client('shop')).toContain('total: answer.total');
  });

  it('finds by its key what no list shows, and asks for the parents of what lies below others', () => {
    expect(client('key')).toContain('return onlyRow(await getKeysKey(http, query.key, signal));');
    expect(client('shelf')).toMatch(/if \(query\.\w+ === undefined\) return nothingYet\(\);/);
    expect(files.get('src/features/shops-shelves/shelf-list.tsx')).toContain('hasPages={false}');
  });

  it('leaves out of a request what was left empty', () => {
    expect(client('shop')).toContain("...present({ 'x-note': input.xNote, open: input.open })");
  });

  it('has the same bytes whenever it is written', () => {
    expect([...written(contract(HOSTILE)).files]).toEqual([...written(contract(HOSTILE)).files]);
  });

  it.each(['Store', HOSTILE])('takes no word of the contract for code: %j', (word) => {
    for (const [path, text] of written(contract(word)).files)
      if (/\.tsx?$/.test(path)) expect([path, faultsIn(path, text)]).toEqual([path, 0]);
  });
});

describe('records below others, made and listed', () => {
  const text = JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Casas', version: '1' },
    paths: {
      '/casas/{casa_id}/chaves': {
        parameters: [parameter('casa_id', 'string')],
        get: { responses: answers(list('Chave')) },
        post: { requestBody: body('Chave'), responses: { '201': ok(ref('Chave')) } },
      },
      '/casas/{casa_id}/chaves/{chave_id}': {
        parameters: [parameter('casa_id', 'string'), parameter('chave_id', 'string')],
        get: { responses: answers(ref('Chave')) },
      },
    },
    components: {
      schemas: { Chave: object({ id: { type: 'string', readOnly: true }, nome: { type: 'string' } }, ['id']) },
    },
  });
  const planned = planContract(new TextEncoder().encode(text), 'casas.json');
  if (planned.kind === 'refused') throw new Error(planned.message);
  const read = readGivenApp({ model: givenModel(planned.plan, planned.root), openapi: text });
  if (!read.ok) throw new Error(read.problem);
  const files = [...givenApplicationFiles(read.app, read.errorMembers)];
  const named = (end: string): string => files.find(([path]) => path.endsWith(end))?.[1] ?? '';

  it('have one label for a key that is asked for and filled in', () => {
    expect(named('-labels.ts').match(/^ *casaId:/gm)).toHaveLength(1);
  });
  it('are called in tests what the tests type, whatever the key is called in code', () => {
    expect(named('-pages.test.tsx')).toContain('casa_id~');
    expect(named('-pages.test.tsx')).not.toContain('casaId~');
  });
});
