import { describe, expect, it } from '@jest/globals';
import type { Command } from '../index.js';
import { LIMITS } from '../limits.js';
import { fullCard, plainCard, policy } from '../testing/samples.js';
import { parseCardSpec, parseCommand, validateEvent } from './index.js';

const by = { kind: 'person', name: 'ana' };
const about = { project: 'P', by, reason: 'porque sim' };
const COMMANDS: { readonly [T in Command['type']]: object } = {
  StartProject: { project: 'P', title: 'Loja', agents: ['product'], policy },
  AddCards: { project: 'P', cards: [plainCard, fullCard], by, kind: 'import' },
  ChangeCard: { ...about, spec: fullCard },
  PauseProject: { ...about, now: false },
  ResumeProject: about,
  StopProject: about,
  SkipCard: { ...about, card: 'BE-1' },
  RetryCard: { ...about, card: 'BE-1' },
  RollBack: { ...about, card: 'BE-1', shown: ['BE-1', 'QA-1'] },
  ApproveCard: {
    ...about,
    card: 'DEPLOY-1',
    attempt: 2,
    role: 'tech-lead',
    decision: 'approved',
    manifestHash: 'a'.repeat(64),
  },
  SetBudget: { ...about, scope: { kind: 'card', name: 'BE-1' }, nanoUsd: 5_000_000_000, perAttempt: 1_000_000_000 },
  WaiveGate: { ...about, card: 'BE-1', attempt: 2, gate: 'openapi' },
};
const commands = Object.entries(COMMANDS);

/** Paths of the problems that parsing finds. */
const pathsOf = (value: unknown): readonly string[] => {
  const result = parseCommand(value);
  return result.ok ? [] : result.problems.map((p) => p.path);
};

describe('parsing a command', () => {
  it.each(commands)('takes a sound %s as it is', (type, rest) => {
    const command = { type, ...rest };
    expect(parseCommand(command)).toEqual({ ok: true, command });
  });
  it.each(commands)('refuses a %s with an unknown property', (type, rest) => {
    expect(pathsOf({ type, ...rest, surprise: 1 })).toEqual(['surprise']);
  });
  it.each(commands)('refuses a %s without its project', (type, rest) => {
    expect(pathsOf({ type, ...rest, project: undefined })).toEqual(['project']);
  });
  it.each([
    [null],
    [1],
    ['SkipCard'],
    [[]],
    [{}],
    [{ type: 'toString' }],
    [{ type: '__proto__' }],
    [{ type: 'Destroy' }],
  ])('refuses %j and says which commands exist', (value) => {
    const result = parseCommand(value);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.problems[0]?.remedy).toMatch(/JSON object|StartProject/);
  });
  it('names the place of each fault, with message and remedy', () => {
    const cards = [plainCard, { ...fullCard, priority: 'P0', dependencies: ['A', 'A'], source: { document: '' } }, 7];
    const result = parseCommand({ type: 'AddCards', project: 'P', cards, by, kind: 'import' });
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.problems.map((p) => p.path).sort()).toEqual([
      'cards',
      'cards[1].dependencies',
      'cards[1].priority',
      'cards[1].source.document',
      'cards[1].source.fromLine',
      'cards[1].source.toLine',
      'cards[2]',
    ]);
    for (const problem of result.problems) expect([problem.message, problem.remedy].every(Boolean)).toBe(true);
  });
  it('refuses __proto__, constructor and toString as properties, and stays unharmed', () => {
    const planted = '{"__proto__":1,"constructor":2,"toString":3,';
    const hostile = JSON.stringify({ type: 'AddCards', project: 'P', cards: [plainCard], by, kind: 'import' })
      .replace('{', planted)
      .replace('[{', `[${planted}`);
    const keys = ['__proto__', 'constructor', 'toString'];
    expect(pathsOf(JSON.parse(hostile))).toEqual([...keys, ...keys.map((key) => `cards[0].${key}`)]);
    expect(({} as { ok?: boolean }).ok).toBeUndefined();
  });
  it('reports at most a hundred problems of a hopeless import', () => {
    const cards = Array.from({ length: 500 }, () => ({ ...plainCard, id: '' }));
    expect(pathsOf({ type: 'AddCards', project: 'P', cards, by, kind: 'import' })).toHaveLength(100);
  });
});

describe('limits of a card', () => {
  const long = (n: number) => 'x'.repeat(n);
  const nested = (levels: number): object => (levels === 0 ? {} : { inner: nested(levels - 1) });
  const fits = (change: object) => parseCardSpec({ ...fullCard, ...change }).ok;

  it.each([
    ['id', long(LIMITS.id), long(LIMITS.id + 1)],
    ['id', '..', ''],
    ['id', 'a b/c.d 🚀', '   '],
    ['id', 'ação', 'a\u0000b'],
    ['id', '🚀'.repeat(LIMITS.id), '🚀'.repeat(LIMITS.id + 1)],
    ['id', 'x', 'a\nb'],
    ['id', 'y', 'a\u0085b'],
    ['id', 'z', 7],
    ['id', '\u{1F680}', '\uD83D'],
    ['title', long(LIMITS.title), long(LIMITS.title + 1)],
    ['title', 'T', ' \n '],
    ['description', long(LIMITS.description), long(LIMITS.description + 1)],
    ['acceptanceCriteria', Array(LIMITS.items).fill('c'), Array(LIMITS.items + 1).fill('c')],
    ['dependencies', ['A', 'B'], ['A', 'A']],
    ['dependencies', [], ['PROD-001']],
    ['agent', 'seventh-agent', 'Backend'],
    ['priority', 'LOW', 'low'],
    ['language', 'en', 'fr'],
    ['extra', nested(LIMITS.depth - 1), nested(LIMITS.depth + 1)],
    ['extra', { any: [1, null, { thing: true }] }, []],
    ['parent', undefined, null],
    ['attachments', [], [null]],
    ['importedAs', 'skipped', 'failed'],
  ])('%s: takes %j, refuses %j', (field, sound, faulty) => {
    expect([fits({ [field]: sound }), fits({ [field]: faulty })]).toEqual([true, false]);
  });
  it('refuses what is no object', () => {
    expect(parseCardSpec([]).ok).toBe(false);
  });
  it('measures hostile depth without running out of stack', () => {
    let deep: object = {};
    for (let level = 0; level < 200_000; level++) deep = { deep };
    expect(fits({ extra: deep })).toBe(false);
  });
});

describe('validating an event from outside', () => {
  it.each([[undefined], [null], ['x'], [[]]])('refuses %j as no object', (value) => {
    expect(validateEvent(value).ok).toBe(false);
  });
  it('says when it was written by a newer build, and when its type does not exist', () => {
    const result = validateEvent({ type: 'CardSkipped', version: 2, data: {} });
    expect(JSON.stringify(result)).toContain('newer than this build reads (1)');
    expect(JSON.stringify(validateEvent({ type: 'CardExploded', version: 1, data: {} }))).toContain('is no event type');
  });
});
