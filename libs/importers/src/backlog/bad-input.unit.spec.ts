import { describe, expect, it } from '@jest/globals';
import { agentName } from '@squados/contracts';
import fc from 'fast-check';
import { importBacklog, MAX_BACKLOG_BYTES, problemText, type Problem } from './index.js';

const card = (id: string, ...dependencies: string[]) => ({
  card_id: id,
  title: `Card ${id}`,
  dependencies,
  status: 'TODO',
});
type Json = Record<string, unknown>;
interface Backlog {
  project: string;
  cards: Json[];
}
const sound = (): Backlog => ({
  project: 'Loja',
  cards: [card('EPIC-001'), card('PROD-001', 'EPIC-001'), card('PROD-002', 'PROD-001'), card('BE-001')],
});
const utf8 = (text: string) => new TextEncoder().encode(text);
const json = (value: unknown) => utf8(JSON.stringify(value, null, 2));
const text = JSON.stringify(sound(), null, 2);

const problems = (bytes: Uint8Array, lenient = false): readonly Problem[] => {
  const result = importBacklog(bytes, { file: 'backlog_master.json', lenient });
  return result.kind === 'rejected' ? result.problems : result.dropped;
};
const idsOf = (bytes: Uint8Array): readonly string[] => {
  const result = importBacklog(bytes, { file: 'b.json', lenient: true });
  return result.kind === 'imported' ? result.cards.map((c) => c.id) : [];
};
/** The sound backlog with one card's fields changed. */
const withCard = (at: number, change: Json) => {
  const backlog = sound();
  backlog.cards[at] = { ...backlog.cards[at], ...change };
  return json(backlog);
};
const withCards = (change: (cards: unknown[]) => unknown) => {
  const backlog = sound();
  return json({ ...backlog, cards: change(backlog.cards) });
};
const utf16 = (s: string, bigEndian: boolean) => {
  const bytes = new Uint8Array(Buffer.from(`\uFEFF${s}`, 'utf16le'));
  return bigEndian ? bytes.map((_, i) => bytes[i ^ 1]!) : bytes;
};
const conflict = text.replace(
  '"project": "Loja",',
  '\n<<<<<<< HEAD\n  "project": "Loja",\n=======\n  "project": "Outra",\n>>>>>>> main',
);

describe('a sound backlog', () => {
  it.each([
    ['UTF-8', utf8(text)],
    ['UTF-8 with its mark', utf8(`\uFEFF${text}`)],
    ['UTF-16 little endian with its mark', utf16(text, false)],
    ['UTF-16 big endian with its mark', utf16(text, true)],
    ['CRLF lines and white space around', utf8(`\r\n ${text.replace(/\n/g, '\r\n')}\r\n\t`)],
  ])('is read from %s', (_, bytes) => {
    expect(problems(bytes)).toEqual([]);
    expect(idsOf(bytes)).toEqual(['EPIC-001', 'PROD-001', 'PROD-002', 'BE-001']);
  });
  it.each(['BE.1.2', 'BE 1', 'BE/../1', 'be..', 'FE-🚀', 'QA-ação', 'BE-1#*>%2E', 'ARQ-001-CORR-1', 'BE-__proto__'])(
    'takes the id %s',
    (id) => {
      expect(problems(withCards((cards) => [...cards, card(id, 'BE-001'), card('QA-9', id)]))).toEqual([]);
    },
  );
  it.each([
    ['squad', 'produto', 'product'],
    ['assigned_to', 'ArchitectureOwnerAgent', 'arch'],
    ['assigned_to', 'backend-owner', 'backend'],
    ['agent', 'qa', 'qa'],
    ['squad', 'Front-End', 'frontend'],
    ['owner', 'DevOps', 'infra'],
  ])('routes an id without a known prefix by its %s %p', (field, word, agent) => {
    const result = importBacklog(
      withCards(() => [{ ...card('TELA-1'), [field]: word }]),
      { file: 'b.json' },
    );
    expect(result.kind === 'imported' && result.cards[0]!.agent).toBe(agent);
  });
  it.each([
    ['P0', 'CRITICAL'],
    ['p1', 'HIGH'],
    ['P2', 'MEDIUM'],
    ['P3', 'LOW'],
    ['Crítica', 'CRITICAL'],
    ['ALTA', 'HIGH'],
    ['média', 'MEDIUM'],
    ['baixa', 'LOW'],
    ['Must have', 'CRITICAL'],
    [1, 'HIGH'],
    [null, 'MEDIUM'],
  ])('reads the priority %j as %s', (priority, expected) => {
    const result = importBacklog(withCard(0, { priority }), { file: 'b.json' });
    expect(result.kind === 'imported' && result.cards[0]!.priority).toBe(expected);
  });
  it.each([
    ['DONE', 'done'],
    ['done', 'done'],
    ['Completed', 'done'],
    ['CONCLUÍDO', 'done'],
    ['concluida', 'done'],
    ['SKIPPED', 'skipped'],
    ['cancelado', 'skipped'],
    ['TODO', undefined],
    ['IN_PROGRESS', undefined],
    ['em revisão', undefined],
    ['FAILED', undefined],
    ['BLOCKED', undefined],
    ['VALIDATING', undefined],
    [null, undefined],
  ])('imports the status %j as %s', (status, expected) => {
    const result = importBacklog(withCard(0, { status }), { file: 'b.json' });
    expect(result.kind === 'imported' && [result.cards[0]!.importedAs, result.warnings]).toEqual([expected, []]);
  });
  it('unites dependencies stated under several names, and those that other cards state as blocks', () => {
    const bytes = withCards((cards) => [
      ...cards,
      { id: 'QA-1', depends_on: ['BE-001'], blocked_by: ['PROD-001', 'BE-001'], dependencies: ['PROD-002'] },
      { ...card('FE-1'), blocks: ['QA-1', 'BE-001'] },
    ]);
    const result = importBacklog(bytes, { file: 'b.json' });
    const found = result.kind === 'imported' && new Map(result.cards.map((c) => [c.id as string, c.dependencies]));
    expect(found && [found.get('QA-1'), found.get('BE-001')]).toEqual([
      ['PROD-002', 'BE-001', 'PROD-001', 'FE-1'],
      ['FE-1'],
    ]);
  });
  it('warns of what it had to guess: title, priority, status, repeated keys, numbers that lose digits, no cards', () => {
    const odd = text
      .replace(
        '"title": "Card EPIC-001"',
        '"title": null, "priority": "sideways", "status": "quux", "big": 12345678901234567890, "big": 12345678901234567890',
      )
      .replace('"project"', '"squados:import": 1, "project"');
    const result = importBacklog(utf8(odd), { file: 'b.json' });
    expect(result.kind === 'imported' && result.warnings.join('\n')).toMatch(
      /status" stands twice[\s\S]*big" stands twice|big" stands twice[\s\S]*status" stands twice/,
    );
    const words = result.kind === 'imported' ? result.warnings.join('\n') : '';
    for (const word of ['no title', 'sideways', 'loses digits', 'reserved']) expect(words).toContain(word);
    const empty = importBacklog(json({ cards: [] }), { file: 'b.json' });
    expect(empty.kind === 'imported' && [empty.title, empty.warnings]).toEqual(['b', ['the backlog has no cards']]);
  });
});

/** Fault, bytes, code, what the line for people must contain, cards that a lenient import still takes. */
const FAULTS: readonly (readonly [string, Uint8Array, string, string, number])[] = [
  ['an empty file', utf8(''), 'empty', '0 bytes', 0],
  ['only white space', utf8(' \n\t\r\n'), 'empty', 'white space', 0],
  ['git conflict markers', utf8(conflict), 'conflict-markers', 'backlog_master.json:3:1', 0],
  ['a missing comma', utf8(text.replace('"Loja",', '"Loja"')), 'not-json', ':3:3: expected a comma or }', 0],
  ['a comma too many', utf8(text.replace(/\n {2}\]\n\}$/, ',\n  ]\n}')), 'not-json', 'a comma stands before ]', 0],
  ['single quotes', utf8(text.replace('"Loja"', "'Loja'")), 'not-json', ':2:14: a text stands in single quotes', 0],
  ['a key without quotes', utf8(text.replace('"project"', 'project')), 'not-json', 'key in double quotes', 0],
  ['a missing colon', utf8(text.replace('"project":', '"project"')), 'not-json', 'a colon after the key', 0],
  ['a comment', utf8(text.replace('"Loja"', '// nome\n"Loja"')), 'not-json', 'comment', 0],
  ['NaN', utf8(text.replace('"Loja"', 'NaN')), 'not-json', 'Write null', 0],
  ['None of Python', utf8(text.replace('"Loja"', 'None')), 'not-json', 'Write null', 0],
  ['a bare word', utf8(text.replace('"Loja"', 'Loja')), 'not-json', 'expected a value here', 0],
  ['a number with a leading zero', utf8(text.replace('"Loja"', '007')), 'not-json', 'leading zeros', 0],
  [
    'a line break inside a text',
    utf8(text.replace('Loja', 'Lo\nja')),
    'not-json',
    'line break or control character',
    0,
  ],
  ['an unknown escape', utf8(text.replace('Loja', 'C:\\projects')), 'not-json', 'backslash', 0],
  [
    'a text that is not closed',
    utf8(text.slice(0, -3).replace(/"TODO"(?![\s\S]*"TODO")/, '"TODO')),
    'not-json',
    'line break',
    0,
  ],
  [
    'a file cut in the middle',
    utf8(text.slice(0, text.indexOf('Card PROD') + 3)),
    'not-json',
    'a text that begins here has no closing quote',
    0,
  ],
  [
    'a file cut between two cards',
    utf8(text.slice(0, text.indexOf('{', 60))),
    'not-json',
    ':3:12: the file ends before the [',
    0,
  ],
  ['something behind the end', utf8(`${text}]`), 'not-json', 'something follows', 0],
  ['two documents', utf8(`${text}\n${text}`), 'two-documents', 'second JSON document', 0],
  ['invalid UTF-8', Uint8Array.of(...utf8('{"project":"caf'), 0xe9, ...utf8('"}')), 'not-text', 'offset 15', 0],
  [
    'invalid UTF-8 behind a genuine replacement character',
    Uint8Array.of(...utf8('\uFEFF{"é\uFFFD'), 0xff),
    'not-text',
    'offset 10',
    0,
  ],
  ['UTF-16 without its mark', utf16(text, false).subarray(2), 'not-text', 'NUL bytes', 0],
  ['half a character at the end of UTF-16', utf16(text, false).subarray(0, -1), 'not-text', 'middle of a character', 0],
  ['a file of 65 MB', new Uint8Array(MAX_BACKLOG_BYTES + 1), 'too-large', 'at most 64 MB', 0],
  ['an empty object', json({}), 'no-cards', 'no field "cards"', 0],
  ['a text', json('cards'), 'wrong-kind', 'a string', 0],
  ['a number', json(7), 'wrong-kind', 'a number', 0],
  ['null', json(null), 'wrong-kind', 'null', 0],
  ['a list', json([1, 2]), 'wrong-kind', 'a list of 2', 0],
  [
    'task-master tasks',
    json({ master: { tasks: [{ id: 1, title: 'T', subtasks: [] }] } }),
    'other-format',
    'task-master',
    0,
  ],
  ['a list of task-master tasks', json([{ id: 1, title: 'T', dependencies: [] }]), 'other-format', 'task-master', 0],
  ['beads', utf8('{"id":"x-1","issue_type":"task"}\n{"id":"x-2","issue_type":"task"}\n'), 'other-format', 'beads', 0],
  ['WfFormat', json({ schemaVersion: '1.5', workflow: {} }), 'other-format', 'WfFormat', 0],
  ['cards under a wrong kind', json({ cards: { a: 1 } }), 'cards-not-a-list', 'an object, not a list', 0],
  ['nesting without end', utf8('{"cards":'.repeat(100_000)), 'too-deep', 'deeper than', 0],
  ['lists without end', utf8('['.repeat(100_000)), 'too-deep', 'deeper than', 0],
  ['a card that is a text', withCards((cards) => [...cards, 'BE-9']), 'card-not-an-object', 'card no. 5', 4],
  ['a card that is null', withCards((cards) => [null, ...cards]), 'card-not-an-object', 'card no. 1', 4],
  ['a card that is a list', withCards((cards) => [...cards, []]), 'card-not-an-object', 'a list, not an object', 4],
  ['a missing id', withCard(3, { card_id: undefined }), 'missing-id', 'neither id nor card_id', 3],
  ['an id that is null', withCard(3, { card_id: null }), 'missing-id', ':26:5', 3],
  ['two ids that differ', withCard(3, { id: 'BE-002' }), 'conflicting-ids', 'differ', 3],
  ['an id that is a number, and no agent', withCard(3, { card_id: 7 }), 'unknown-prefix', '"agent": "backend"', 3],
  ['an id that is a list', withCard(3, { card_id: ['BE-1'] }), 'wrong-type', 'card_id is a list', 3],
  ['an empty id', withCard(3, { card_id: '' }), 'invalid-id', 'the id is empty', 3],
  ['an id of spaces', withCard(3, { card_id: '  ' }), 'invalid-id', 'the id is empty', 3],
  ['a control character in an id', withCard(3, { card_id: 'BE-\u0007' }), 'invalid-id', 'control character', 3],
  ['half an emoji in an id', withCard(3, { card_id: 'BE-\ud83d' }), 'invalid-id', 'half a character', 3],
  ['an id of 201 characters', withCard(3, { card_id: `BE-${'x'.repeat(198)}` }), 'invalid-id', 'longer than 200', 3],
  ['a duplicate id', withCards((cards) => [...cards, card('BE-001')]), 'duplicate-id', 'cards no. 4 and 5', 4],
  [
    'a dangling dependency',
    withCard(3, { dependencies: ['BE-404'] }),
    'dangling-dependency',
    '"BE-404", which is not in the file',
    3,
  ],
  ['blocks that dangle', withCard(3, { blocks: ['BE-404'] }), 'dangling-dependency', 'it blocks "BE-404"', 3],
  ['a card that blocks itself', withCard(3, { blocks: ['BE-001'] }), 'self-dependency', 'itself', 3],
  [
    'a self dependency',
    withCard(3, { dependencies: ['BE-001'] }),
    'self-dependency',
    '"BE-001": it depends on itself',
    3,
  ],
  [
    'a cycle',
    withCard(0, { dependencies: ['PROD-002'] }),
    'dependency-cycle',
    'EPIC-001 → PROD-002 → PROD-001 → EPIC-001',
    1,
  ],
  [
    'an unknown prefix',
    withCard(3, { card_id: 'ZZ-1' }),
    'unknown-prefix',
    'card "ZZ-1": the prefix "ZZ" belongs to no agent',
    3,
  ],
  [
    'no prefix at all',
    withCard(3, { card_id: '42' }),
    'unknown-prefix',
    'EPIC, PROD, ARCH, ARQ, BE, FE, INFRA, DEPLOY, QA',
    3,
  ],
  [
    'an unknown prefix and a squad that nobody knows',
    withCard(3, { card_id: 'ZZ-1', squad: 'piratas' }),
    'unknown-prefix',
    '"piratas"',
    3,
  ],
  ['a title that is a number', withCard(3, { title: 7 }), 'wrong-type', 'title is a number, not a text', 3],
  ['a title of 501 characters', withCard(3, { title: 'x'.repeat(501) }), 'too-long', 'longer than 500', 3],
  [
    'a description of 200,001 characters',
    withCard(3, { description: 'x'.repeat(200_001) }),
    'too-long',
    'longer than 200000',
    3,
  ],
  ['dependencies that are a number', withCard(3, { dependencies: 3 }), 'wrong-type', 'not a list of card ids', 3],
  ['a dependency on a number that is no card', withCard(3, { dependencies: [1] }), 'dangling-dependency', '"1"', 3],
  [
    'a dependency that is an object without an id',
    withCard(3, { dependencies: [{ type: 'blocks' }] }),
    'wrong-type',
    'dependencies[0] is an object',
    3,
  ],
  ['a dependency that no id can be', withCard(3, { dependencies: [''] }), 'invalid-id', 'dependencies[0]', 3],
  [
    'criteria that are a number',
    withCard(3, { acceptance_criteria: 7 }),
    'wrong-type',
    'acceptance_criteria is a number',
    3,
  ],
  [
    'a criterion that is an object',
    withCard(3, { acceptance_criteria: ['ok', {}] }),
    'wrong-type',
    'acceptance_criteria[1] is an object',
    3,
  ],
  ['1,001 criteria', withCard(3, { acceptance_criteria: Array(1_001).fill('c') }), 'too-long', '1001 entries', 3],
  [
    'a criterion without end',
    withCard(3, { acceptance_criteria: ['x'.repeat(20_001)] }),
    'too-long',
    'longer than 20000',
    3,
  ],
  ['a status that is a number', withCard(3, { status: 1 }), 'wrong-type', 'status is a number', 3],
  ['a priority that is a list', withCard(3, { priority: [] }), 'wrong-type', 'priority is a list', 3],
  ['a dropped card in the middle of a chain', withCard(1, { title: 7 }), 'wrong-type', 'PROD-001', 2],
];

describe('bad input', () => {
  it.each(FAULTS)('%s', (_, bytes, code, words, kept) => {
    const found = problems(bytes);
    expect(found.map((p) => p.code)).toContain(code);
    const lines = found.map(problemText).join('\n');
    expect(lines).toContain(words);
    for (const problem of found) {
      expect(problem.remedy.length).toBeGreaterThan(5);
      expect(problemText(problem)).toMatch(/^backlog_master\.json[^\n\r\0]*$/);
    }
    expect(idsOf(bytes)).toHaveLength(kept);
  });
  it('strict: one fault refuses the whole, and every fault is listed at once', () => {
    const bytes = withCards((cards) => [...cards, null, card('ZZ-1'), card('QA-1', 'QA-404')]);
    expect(problems(bytes).map((p) => [p.code, p.place.card ?? p.place.index])).toEqual([
      ['card-not-an-object', 4],
      ['unknown-prefix', 'ZZ-1'],
      ['dangling-dependency', 'QA-1'],
    ]);
  });
  it('lenient: cards that depend on a dropped one are listed with it, all the way up', () => {
    const found = problems(withCard(0, { title: 7 }), true);
    expect(found.map((p) => [p.place.card, p.code])).toEqual([
      ['EPIC-001', 'wrong-type'],
      ['PROD-001', 'depends-on-dropped'],
      ['PROD-002', 'depends-on-dropped'],
    ]);
  });
  it('lenient: nothing sound is a refusal that says so', () => {
    const result = importBacklog(json({ cards: [null, card('ZZ-1')] }), { file: 'b.json', lenient: true });
    expect(result.kind === 'rejected' && result.problems.map((p) => p.code)).toEqual([
      'nothing-sound',
      'card-not-an-object',
      'unknown-prefix',
    ]);
  });
  it('a card of an agent that this run does not have is refused with the agents it has', () => {
    const known = ['product', 'painter'].map(agentName);
    const bytes = withCards((cards) => [...cards, { ...card('ART-1'), agent: 'painter' }]);
    const result = importBacklog(bytes, { file: 'b.json', knownAgents: known });
    const lines = result.kind === 'rejected' ? result.problems.map(problemText) : [];
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/card "BE-001".*backend.*product, painter/);
  });
  it('prototype keys are data like any other and harm nobody', () => {
    const hostile = text.replace(
      '"status": "TODO"',
      '"__proto__": {"polluted": 1}, "constructor": 1, "status": "TODO"',
    );
    const result = importBacklog(utf8(hostile), { file: 'b.json' });
    expect(result.kind).toBe('imported');
    expect(({} as Json)['polluted']).toBeUndefined();
    expect(result.kind === 'imported' && Object.keys(result.cards[0]!.extra!)).toEqual([
      '__proto__',
      'constructor',
      'squados:import',
    ]);
  });
  it('never throws, whatever bytes come', () => {
    const cut = fc
      .tuple(fc.nat(text.length), fc.nat(text.length), fc.string())
      .map(([a, b, s]) => text.slice(0, a) + s + text.slice(b));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          cut.map(utf8),
          fc.jsonValue().map(json),
          fc.jsonValue().map((v) => json({ cards: [v] })),
        ),
        (bytes) => {
          const strict = importBacklog(bytes, { file: 'f' });
          importBacklog(bytes, { file: 'f', lenient: true });
          if (strict.kind === 'rejected') expect(strict.problems.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 400 },
    );
  });
  it('finds a fault exactly where JSON.parse refuses', () => {
    const pieces = fc.constantFrom(...'{}[],:"\\ \n0123456789.-+eEtrufalsn/', 'true', 'null', '\\u00e9', '"a"', '1e5');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const candidate = parts.join('');
        const parses = ((): boolean => {
          try {
            JSON.parse(candidate);
            return true;
          } catch {
            return false;
          }
        })();
        const found = problems(utf8(candidate)).map((p) => p.code);
        const isJsonFault = found.some((code) => ['not-json', 'two-documents', 'empty'].includes(code));
        expect([candidate, isJsonFault]).toEqual([candidate, !parses]);
      }),
      { numRuns: 5_000 },
    );
  });
});
