// A sound backlog of our own and every fault that is planted in it; each row is one file that a user could really have.
const card = (id, more = {}) => ({
  card_id: id,
  title: `Card ${id}`,
  description: 'Keeps the list of tools that can be lent.',
  type: 'design',
  priority: 'HIGH',
  status: 'TODO',
  acceptance_criteria: ['The list shows name and state'],
  dependencies: [],
  ...more,
});

const sound = () => ({
  project: 'Tool shed',
  cards: [card('EPIC-001', { type: 'epic' }), card('PROD-001'), card('PROD-002', { dependencies: ['PROD-001'] })],
});

const json = (value) => Buffer.from(JSON.stringify(value, null, 2));
const planted = (change) => {
  const backlog = sound();
  change(backlog);
  return json(backlog);
};
const utf16 = (text) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

const contract = (version) => `${version}
info: { title: Tool shed, version: '1' }
paths:
  /tools:
    get:
      responses:
        '200':
          description: all
          content:
            application/json:
              schema: { type: array, items: { type: object, properties: { name: { type: string } } } }
`;

/** @type {readonly { name: string, file: string, bytes: () => Buffer, more?: readonly string[], place?: string, sound?: boolean, says?: RegExp }[]} */
export const FAULTS = [
  {
    name: 'a comma too many (line and column)',
    file: 'backlog.json',
    bytes: () => Buffer.from('{\n  "project": "x",\n  "cards": [,]\n}'),
  },
  { name: 'cut off in the middle', file: 'backlog.json', bytes: () => json(sound()).subarray(0, 300) },
  {
    name: 'git conflict markers',
    file: 'backlog.json',
    bytes: () =>
      Buffer.from('{\n<<<<<<< HEAD\n  "project": "a",\n=======\n  "project": "b",\n>>>>>>> theirs\n  "cards": []\n}'),
  },
  { name: 'zero bytes', file: 'backlog.json', bytes: () => Buffer.alloc(0) },
  { name: 'white space only', file: 'backlog.json', bytes: () => Buffer.from(' \n\t\n') },
  {
    name: 'two documents in one file',
    file: 'backlog.json',
    bytes: () => Buffer.concat([json(sound()), Buffer.from('\n'), json(sound())]),
  },
  { name: '{}', file: 'backlog.json', bytes: () => Buffer.from('{}') },
  { name: 'a string instead of an object', file: 'backlog.json', bytes: () => Buffer.from('"backlog"') },
  { name: 'cards is an object', file: 'backlog.json', bytes: () => planted((b) => (b.cards = { a: 1 })) },
  { name: 'a card is a number', file: 'backlog.json', bytes: () => planted((b) => b.cards.push(7)) },
  { name: 'missing id', file: 'backlog.json', bytes: () => planted((b) => delete b.cards[1].card_id) },
  { name: 'empty id', file: 'backlog.json', bytes: () => planted((b) => (b.cards[1].card_id = '')) },
  { name: 'duplicate id', file: 'backlog.json', bytes: () => planted((b) => b.cards.push(card('PROD-001'))) },
  {
    name: 'control characters in an id',
    file: 'backlog.json',
    bytes: () => planted((b) => (b.cards[2].card_id = 'PROD-\u0007002')),
  },
  {
    name: 'dangling dependency',
    file: 'backlog.json',
    bytes: () => planted((b) => b.cards[2].dependencies.push('PROD-999')),
  },
  {
    name: 'self dependency',
    file: 'backlog.json',
    bytes: () => planted((b) => b.cards[2].dependencies.push('PROD-002')),
  },
  { name: 'cycle', file: 'backlog.json', bytes: () => planted((b) => b.cards[1].dependencies.push('PROD-002')) },
  { name: 'unknown prefix', file: 'backlog.json', bytes: () => planted((b) => b.cards.push(card('MKT-001'))) },
  {
    name: 'dependencies is a number',
    file: 'backlog.json',
    bytes: () => planted((b) => (b.cards[2].dependencies = 3)),
  },
  {
    name: 'invalid UTF-8',
    file: 'backlog.json',
    bytes: () => Buffer.concat([Buffer.from('{"project":"'), Buffer.from([0xc3, 0x28]), Buffer.from('","cards":[]}')]),
  },
  { name: '100 MB file', file: 'backlog.json', bytes: () => Buffer.alloc(100 * 1024 * 1024, 0x20) },
  { name: 'a binary file', file: 'backlog.json', bytes: () => Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3]) },
  {
    name: 'document without requirements',
    file: 'notes.md',
    bytes: () => Buffer.from('# Minutes\n\nWe met. It rained.\n'),
  },
  { name: 'empty document', file: 'notes.md', bytes: () => Buffer.alloc(0) },
  {
    name: 'document with conflict markers',
    file: 'notes.md',
    bytes: () => Buffer.from('# A\n<<<<<<< HEAD\n- **FR-001**: The system MUST list tools\n=======\n>>>>>>> x\n'),
  },
  {
    name: 'Gherkin without a feature',
    file: 'lending.feature',
    bytes: () => Buffer.from('Background:\n  Given a tool shed\n'),
  },
  {
    name: 'SQL script without a table',
    file: 'shed.sql',
    bytes: () => Buffer.from("INSERT INTO tool VALUES (1, 'saw');\n"),
  },
  { name: 'Swagger 2.0 (YAML)', file: 'shed.yaml', bytes: () => Buffer.from(contract('swagger: "2.0"')) },
  {
    name: 'Swagger 2.0 (JSON)',
    file: 'shed.json',
    bytes: () => Buffer.from('{\n  "swagger": "2.0",\n  "paths": {}\n}'),
  },
  {
    name: 'a contract without the agent that takes up designs',
    file: 'shed.yaml',
    bytes: () => Buffer.from(contract('openapi: 3.0.3')),
    more: ['--agents', 'product', 'backend'],
    place: '--agents: shed.yaml',
  },
  {
    name: 'a contract with the agents of the design alone',
    file: 'shed.yaml',
    bytes: () => Buffer.from(contract('openapi: 3.0.3')),
    more: ['--agents', 'product', 'arch'],
    sound: true,
    says: /cards: 1,/,
  },
  {
    name: 'SQL script with a statement that is not read (the rest is taken, with a warning)',
    file: 'shed.sql',
    bytes: () =>
      Buffer.from('CREATE TABLE tool (id integer PRIMARY KEY, name text);\nCREATE TABEL loan (id integer);\n'),
    sound: true,
    says: /warning: shed\.sql:2: CREATE TABEL loan/,
  },
  {
    name: 'SQL script with a parenthesis that is not closed (a warning)',
    file: 'shed.sql',
    bytes: () => Buffer.from('CREATE TABLE tool (id integer PRIMARY KEY, name text\nCREATE TABLE loan (id integer);\n'),
    sound: true,
    says: /warning: shed\.sql:1: CREATE TABLE tool: its parenthesis is not closed/,
  },
  {
    name: 'Gherkin with a feature and no scenario (the feature alone)',
    file: 'lending.feature',
    bytes: () => Buffer.from('Feature: Lending tools\n'),
    sound: true,
    says: /Lending tools/,
  },
  {
    name: 'title is missing (the id is taken, with a warning)',
    file: 'backlog.json',
    bytes: () => planted((b) => delete b.cards[1].title),
    sound: true,
    says: /warning: .*PROD-001.*no title/,
  },
  {
    name: 'unknown priority (MEDIUM is taken, with a warning)',
    file: 'backlog.json',
    bytes: () => planted((b) => (b.cards[1].priority = 'SOON')),
    sound: true,
    says: /warning: .*PROD-001.*SOON/,
  },
  { name: 'UTF-16 with BOM', file: 'backlog.json', bytes: () => utf16(JSON.stringify(sound())), sound: true },
  {
    name: 'ids with dots, spaces, slashes, `..`, emoji',
    file: 'backlog.json',
    bytes: () => planted((b) => b.cards.push(card('PROD-1.2 a/b'), card('PROD-..'), card('PROD-🚀'))),
    sound: true,
  },
];
