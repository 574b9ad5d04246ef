import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import ts from 'typescript';
import { applicationFiles } from './create-frontend-role.js';
import { readAppModel } from './app-model/read-app-model.js';
import { designOf, everyKindModel, HOSTILE_WORDS, PLAIN_WORDS, type Words } from './testing/models.js';

const filesFor = (words: Words): ReadonlyMap<string, string> => {
  const read = readAppModel(designOf(everyKindModel(words)));
  if (!read.ok) throw new Error(read.problem);
  return new Map(applicationFiles(read.app));
};

const isCode = (path: string): boolean => /\.tsx?$/.test(path);

const isName = (node: ts.Node): boolean => ts.isPropertyAssignment(node.parent) && node.parent.name === node;

/** What a node is, its text left out where outside words may stand: in texts, and in keys (bare or quoted, as the word asks). */
const kindOf = (node: ts.Node): string => {
  if (ts.isStringLiteral(node) || (ts.isIdentifier(node) && isName(node))) return 'text';
  return ts.isIdentifier(node) ? `name ${node.text}` : String(node.kind);
};

/** A file with every outside word left out. */
const skeleton = (path: string, text: string): string => {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true, kind);
  const out: string[] = [];
  const visit = (node: ts.Node): void => {
    if (node !== source) out.push(kindOf(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  const { parseDiagnostics } = source as unknown as { readonly parseDiagnostics: readonly unknown[] };
  return `${parseDiagnostics.length} ${out.join(' ')}`;
};

const word = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).map((text) => `${text}x`);
const words = fc.record({ product: word, label: word, value: word, description: word });

describe('the application of a design', () => {
  it('has the same bytes whenever it is written', () => {
    expect([...filesFor(HOSTILE_WORDS)]).toEqual([...filesFor(HOSTILE_WORDS)]);
  });

  it('takes no outside word for code', () => {
    const plain = filesFor(PLAIN_WORDS);
    const bones = new Map(
      [...plain].filter(([path]) => isCode(path)).map(([path, text]) => [path, skeleton(path, text)]),
    );
    fc.assert(
      fc.property(fc.oneof(fc.constant(HOSTILE_WORDS), words), (hostile) => {
        const files = filesFor(hostile);
        expect([...files.keys()]).toEqual([...plain.keys()]);
        for (const [path, text] of files)
          if (isCode(path) && !/model\.test\.ts$/.test(path))
            expect([path, skeleton(path, text)]).toEqual([path, bones.get(path)]);
      }),
      { numRuns: 8 },
    );
  }, 240_000);

  it('ends no tag and no attribute of its page with an outside word', () => {
    const page = filesFor(HOSTILE_WORDS).get('index.html') ?? '';
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).toContain('&lt;/script&gt;');
  });

  it('gives entities and fields with reserved names code of their own', () => {
    const api = filesFor(PLAIN_WORDS).get('src/api/record-entity.ts') ?? '';
    expect(api).toContain('export interface RecordEntity {');
    expect(filesFor(PLAIN_WORDS).get('src/features/classes/class-form-model.ts')).toContain('readonly class: string;');
  });

  it('names an operation of the contract that no page reaches', () => {
    const design = designOf(everyKindModel(PLAIN_WORDS));
    const extra = '  "/reports":\n    get:\n      operationId: listReports\n      responses: {}\n';
    const openapi = design.openapi.replace('paths:\n', `paths:\n${extra}`);
    const read = readAppModel({ ...design, openapi });
    expect(read.ok && read.app.notes).toEqual(['GET /reports: no page of the application calls this operation.']);
  });

  it('leaves out what the contract does not offer', () => {
    const design = designOf(everyKindModel(PLAIN_WORDS));
    const openapi = design.openapi.replace(/^ {4}delete:\n(?: {5,}.*\n)+/gm, '');
    const read = readAppModel({ ...design, openapi });
    const text = read.ok ? new Map(applicationFiles(read.app)).get('src/features/classes/class-detail.tsx') : '';
    expect(text).toContain('<RecordView');
    expect(text).not.toContain('remove=');
  });
});
