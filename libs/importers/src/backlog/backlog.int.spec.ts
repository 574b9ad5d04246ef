import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { checkGraph, type CardSpec } from '@squados/contracts';
import { parseCardSpec } from '@squados/contracts/edges';
import { BACKLOG_MASTER_SCHEMA } from '@squados/contracts/schema';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { exportBacklog, importBacklog, readBacklogFile, type BacklogResult } from './index.js';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const INPUTS = join(import.meta.dirname, '../../../../../shared/inputs');
const REAL = join(INPUTS, 'backlogs/squados');
const hasReal = existsSync(REAL);

const fixtures = readdirSync(FIXTURES).map((name) => join(FIXTURES, name));
const realFiles = hasReal ? readdirSync(REAL).filter((name) => name.endsWith('.json')) : [];
const files = [...fixtures, ...realFiles.map((name) => join(REAL, name))];

const imported = (bytes: Uint8Array, file: string): Extract<BacklogResult, { kind: 'imported' }> => {
  const result = importBacklog(bytes, { file });
  if (result.kind === 'rejected') throw new Error(JSON.stringify(result.problems));
  return result;
};
const stateOf = (spec: CardSpec) =>
  spec.importedAs === 'done' ? 'DONE' : spec.importedAs === 'skipped' ? 'SKIPPED' : 'TODO';
const untouched = (result: Extract<BacklogResult, { kind: 'imported' }>) =>
  exportBacklog({ ...result, cards: result.cards.map((spec) => ({ spec, state: stateOf(spec) })) });

/** Numbers of cards on the longest path, edges and cards without dependencies. */
const measured = (cards: readonly CardSpec[]) => {
  const depths = new Map<string, number>();
  const byId = new Map(cards.map((card) => [card.id as string, card]));
  const depth = (id: string): number => {
    const known = depths.get(id) ?? 1 + Math.max(0, ...(byId.get(id)?.dependencies ?? []).map(depth));
    depths.set(id, known);
    return known;
  };
  return {
    nodes: cards.length,
    edges: cards.reduce((sum, card) => sum + card.dependencies.length, 0),
    longest_chain: Math.max(0, ...cards.map((card) => depth(card.id))),
    roots: cards.filter((card) => card.dependencies.length === 0).length,
  };
};

const FINISHED = /^(done|concluído|skipped)$/i;
const STARTS = /^(todo|a fazer)$/i;
type CardJson = Record<string, unknown>;
const parts = (text: string) => {
  const document = JSON.parse(text) as Record<string, Record<string, unknown>> & { cards: CardJson[] };
  const statuses = document.cards.map((card) => card['status'] as string | undefined);
  for (const card of document.cards) card['status'] = '';
  for (const name of ['metadata', 'statistics'])
    for (const key of ['by_status', 'total_cards']) if (document[name]?.[key] !== undefined) document[name][key] = '';
  return { statuses, rest: JSON.stringify(document) };
};

describe.each(files)('%s', (path) => {
  const bytes = readFileSync(path);
  it('is imported whole, into sound cards that also pass the full validation and the schema', () => {
    const result = imported(bytes, path);
    expect(checkGraph(result.cards)).toEqual([]);
    expect(result.cards.map((card) => parseCardSpec(card)).filter((r) => !r.ok)).toEqual([]);
    const fits = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(BACKLOG_MASTER_SCHEMA);
    if (!path.includes('portuguese')) expect(fits(JSON.parse(bytes.toString('utf8')))).toBe(true);
  });
  it('comes back from an export with the same text, but for standings that start over', () => {
    const result = imported(bytes, path);
    const text = bytes.toString('utf8');
    const back = untouched(result);
    const [before, after] = [parts(text), parts(back)];
    expect(after.rest).toBe(before.rest);
    const changed = before.statuses.flatMap((word, i) =>
      word === after.statuses[i] ? [] : [[word, after.statuses[i]]],
    );
    for (const [was, is] of changed) expect([FINISHED.test(was ?? ''), STARTS.test(is ?? '')]).toEqual([false, true]);
    if (changed.length === 0) expect(back).toBe(text.replace(/: 0\.0\b/g, ': 0'));
  });
  it('keeps graph, standing and foreign fields over import, export, import', () => {
    const once = imported(bytes, path);
    const twice = imported(Buffer.from(untouched(once)), path);
    const essence = (cards: readonly CardSpec[]) => cards.map(({ extra: _, ...spec }) => spec);
    expect(essence(twice.cards)).toEqual(essence(once.cards));
    expect(untouched(twice)).toBe(untouched(once));
  });
});

(hasReal ? describe : describe.skip)('files of other teams (skipped where ../shared/inputs is absent)', () => {
  const text = hasReal ? readFileSync(join(INPUTS, 'expected-graphs.json'), 'utf8') : '{}';
  const expected = JSON.parse(text) as Record<string, Record<string, unknown>>;
  it.each(realFiles)('%s has the graph that an independent tool measured', (name) => {
    const { cards } = imported(readFileSync(join(REAL, name)), name);
    expect(expected[`backlogs/squados/${name}`]).toMatchObject(measured(cards));
  });
  it('every task-master, beads and WfFormat file is refused as what it is', () => {
    const others = ['taskmaster', 'beads', 'wfformat'].flatMap((kind) =>
      readdirSync(join(INPUTS, 'backlogs', kind)).map((name) => join(INPUTS, 'backlogs', kind, name)),
    );
    expect(others.length).toBeGreaterThan(20);
    const answers = others.map((file) => {
      const result = importBacklog(readFileSync(file), { file });
      return result.kind === 'rejected' ? result.problems[0]!.code : 'imported';
    });
    const seen = new Map<string, number>();
    for (const answer of answers) seen.set(answer, (seen.get(answer) ?? 0) + 1);
    expect(Object.fromEntries(seen)).toEqual({ 'other-format': others.length - 2, 'conflict-markers': 1, empty: 1 });
  });
});

describe('reading a file', () => {
  it('says why a missing file or a folder cannot be read', async () => {
    for (const [path, words] of [
      [join(FIXTURES, 'missing.json'), 'no such file'],
      [FIXTURES, 'folder'],
    ] as const) {
      const result = await readBacklogFile(path);
      expect(result.kind === 'rejected' && result.problems[0]!.message).toContain(words);
    }
  });
});
