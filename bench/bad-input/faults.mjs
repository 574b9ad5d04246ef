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

/** @type {readonly { name: string, file: string, bytes: () => Buffer, sound?: boolean, says?: RegExp }[]} */
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
