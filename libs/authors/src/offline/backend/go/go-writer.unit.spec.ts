import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { writeSchema } from '../../arch/write/sql.js';
import { PLAIN, sampleModel, samplePlan, type Words } from './fixtures/sample-plan.js';
import { codeOf } from './fixtures/go-code.js';
import { goEntities, foreignKeys, uniqueConstraints } from './entity/go-entity.js';
import { goWriter } from './go-writer.js';
import { GO_MOD, GO_SUM } from './project/go-modules.js';

const FOLDER = 'engenharia/backend/';
const toolchain = join(import.meta.dirname, '../../../../../../toolchains/go');

/** What tends to end a string, a comment, a template or a line. */
const NASTY = [
  '"',
  '`',
  "'",
  '\\',
  '\n',
  '\r',
  '*/',
  '/*',
  '//',
  '${x}',
  '%s',
  '\u2028',
  '\u202e',
  '\ud800',
  '\0',
  '"); os.Exit(1); ("',
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 8 })
  .map((parts) => parts.join(''));
const words: fc.Arbitrary<Words> = fc.record({
  label: hostile,
  description: hostile,
  product: fc.constant(PLAIN.product),
  rule: hostile,
  values: fc.constant(PLAIN.values),
});

const goFiles = (files: ReadonlyMap<string, string>): readonly (readonly [string, string])[] =>
  [...files].filter(([path]) => path.endsWith('.go'));

describe('the service in Go', () => {
  it('is the same bytes for the same design, and all of it lies below its folder', () => {
    const files = goWriter.write(samplePlan());
    expect([...goWriter.write(samplePlan())]).toEqual([...files]);
    expect([...files.keys()].filter((path) => !path.startsWith(FOLDER))).toEqual([]);
  });

  it('runs the same code whatever labels, descriptions and rules say', () => {
    const plain = goFiles(goWriter.write(samplePlan())).map(([path, text]) => [path, codeOf(text)]);
    fc.assert(
      fc.property(words, (said) => {
        const files = goFiles(goWriter.write(samplePlan(said)));
        expect(files.map(([path, text]) => [path, codeOf(text)])).toEqual(plain);
      }),
      { numRuns: 10 },
    );
  }, 240_000);

  it('takes any text as the value of an enum and as the name of the product', () => {
    fc.assert(
      fc.property(fc.uniqueArray(hostile, { minLength: 3, maxLength: 5 }), hostile, (values, product) => {
        for (const [, text] of goFiles(goWriter.write(samplePlan({ ...PLAIN, values, product }))))
          expect(codeOf(text)).toMatch(/^[\n\t -~]*$/);
      }),
      { numRuns: 10 },
    );
  }, 240_000);

  it('serves the contract and runs the migrations as designed', () => {
    const plan = samplePlan();
    const files = goWriter.write(plan);
    expect(JSON.parse(files.get(`${FOLDER}api/openapi.json`) ?? '')).toEqual(plan.contract);
    expect(files.get(`${FOLDER}migrations/0001_PROD-001.up.sql`)).toBe(plan.migrations[0]?.up);
  });

  it('knows the constraints by the names that the schema gives them', () => {
    const schema = writeSchema(sampleModel(PLAIN));
    const names = goEntities(samplePlan()).flatMap((e) =>
      [...uniqueConstraints(e), ...foreignKeys(e)].map(([name]) => name),
    );
    expect(names.length).toBeGreaterThan(3);
    expect(names.filter((name) => !schema.includes(`CONSTRAINT ${name} `))).toEqual([]);
  });

  it('names the packages whose tests hold the touched entities', () => {
    expect(goWriter.testsOf(samplePlan())).toEqual(
      expect.arrayContaining(['./internal/typeentity', './internal/storeentity']),
    );
  });

  it('says which entities can have no first row, and tests the others with the database', () => {
    const plan = samplePlan();
    expect(goWriter.assumptions(plan).filter((a) => /^(?:Egg|Hen): /.test(a))).toHaveLength(2);
    const files = [...goWriter.write(plan).keys()];
    expect(files).toContain(`${FOLDER}internal/typeentity/repository_test.go`);
    expect(files).not.toContain(`${FOLDER}internal/egg/repository_test.go`);
  });

  it('lists in its README the rules and actions that nothing enforces', () => {
    const readme = goWriter.write(samplePlan()).get(`${FOLDER}README.md`);
    expect(readme).toContain('RF001-R1: O estoque nunca fica negativo');
    expect(readme).toContain('/types/{id}/imprimir');
    expect(readme).not.toContain('/types/{id}/concluir');
  });
});

describe('the modules of the service', () => {
  const pinned = readFileSync(join(toolchain, 'go.mod'), 'utf8');
  const sums = new Set(readFileSync(join(toolchain, 'go.sum'), 'utf8').split('\n'));
  const required = [...GO_MOD.matchAll(/^\t(\S+) (v\S+)/gm)].map(([, path = '', version = '']) => ({ path, version }));

  it('are those that the toolchain pins', () => {
    expect(required.length).toBeGreaterThan(20);
    expect(required.filter(({ path, version }) => !pinned.includes(`\t${path} ${version}`))).toEqual([]);
  });
  it('have the checksums that the toolchain has', () => {
    const own = GO_SUM.split('\n').filter((line) => required.some((r) => line.startsWith(`${r.path} ${r.version}`)));
    expect(own.length).toBeGreaterThan(required.length);
    expect(own.filter((line) => !sums.has(line))).toEqual([]);
  });
});
