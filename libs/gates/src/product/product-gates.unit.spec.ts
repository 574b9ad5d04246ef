import { describe, expect, it } from '@jest/globals';
import type { GatePool } from '../pool/gate-pool.port.js';
import type { CheckReport, JobOutcome } from '../pool/job.js';
import type { Gate, GateInput, Task } from '@squados/agent-runtime';
import { agentName, cardId, projectId, sha256, type CardSpec, type Proposal } from '@squados/contracts';
import {
  BACKLOG_PATH,
  createDocumentLintGate,
  createProductGates,
  createProductSchemaGate,
  createRequirementCoverageGate,
} from './index.js';

const DOCUMENT = `# Desk

### FR-001: Lend a book

**Acceptance criteria**:
- a book is lent once
- a due date is set

### FR-002: Return a book

**Acceptance criteria**:
- the book is free again
`;

const product = (id: string, over: Partial<CardSpec> = {}): CardSpec => ({
  id: cardId(id),
  title: `FR-001 - Technical Design & Architecture: Lend a book`,
  description: 'A text.',
  agent: agentName('product'),
  type: 'design',
  priority: 'HIGH',
  dependencies: [],
  acceptanceCriteria: ['a book is lent once', 'a due date is set', 'the book is free again'],
  requirementIds: ['FR-001'],
  deliverables: [],
  effort: 'M',
  userStory: 'As a clerk, I want to lend a book, so that readers are served.',
  businessValue: 'Lending is the purpose.',
  extra: { moscow: 'must' },
  ...over,
});

const EPIC = product('EPIC-001', {
  type: 'epic',
  attachments: [{ name: 'desk.md', sha256: sha256('a'.repeat(64)), bytes: 1 }],
});
const CLEAN: readonly CardSpec[] = [
  product('PROD-001'),
  product('PROD-002', { requirementIds: ['FR-002'], dependencies: [cardId('PROD-001')] }),
];

const entry = (card: CardSpec): Record<string, unknown> => ({
  card_id: card.id,
  title: card.title,
  type: card.type,
  user_story: card.userStory,
  acceptance_criteria: card.acceptanceCriteria,
  effort_estimate: card.effort,
  business_value: card.businessValue,
  moscow: 'must',
  priority: card.priority,
  requirement_ids: card.requirementIds,
  dependencies: card.dependencies,
});

const backlog = (cards: readonly CardSpec[], over: Record<string, unknown> = {}): string =>
  JSON.stringify({
    version: 1,
    product: 'Desk',
    language: 'en',
    effort_rule: 'counted',
    requirements: [{ id: 'FR-001', title: 't', moscow: 'must', priority: 'HIGH', cards: [] }],
    cards: cards.map(entry),
    ...over,
  });

const taskFor = (card: CardSpec, cards: readonly CardSpec[]): Task => ({
  project: {
    id: projectId('p'),
    title: 'Desk',
    agents: [agentName('product')],
    policy: {} as Task['project']['policy'],
    documents: [],
  },
  card,
  attempt: 1,
  dependencies: [],
  cards,
});

interface Given {
  readonly card?: CardSpec;
  readonly cards?: readonly CardSpec[];
  readonly proposals?: readonly CardSpec[];
  readonly files?: Readonly<Record<string, string>>;
  readonly document?: string;
}

const inputOf = ({ card = EPIC, cards = [EPIC], proposals = CLEAN, files, document = DOCUMENT }: Given): GateInput => ({
  task: taskFor(card, cards),
  files: new Map(Object.entries(files ?? { [BACKLOG_PATH]: backlog(proposals) })),
  proposals: proposals.map((p): Proposal => ({ card: p })),
  tools: {
    signal: new AbortController().signal,
    readArtifact: () => Promise.resolve(new TextEncoder().encode(document)),
    note: () => undefined,
  },
});

const run = (gate: Gate, given: Given = {}) => gate.run(inputOf(given));
const rules = async (gate: Gate, given: Given): Promise<readonly (string | undefined)[]> =>
  ((await run(gate, given)).findings ?? []).map((f) => f.rule);

describe('product-schema', () => {
  const gate = createProductSchemaGate();
  const planted = (over: Partial<CardSpec>): readonly CardSpec[] => [
    CLEAN[0]!,
    product('PROD-002', { requirementIds: ['FR-002'], ...over }),
  ];

  it('passes a complete backlog and says what it looked at', async () => {
    expect(await run(gate)).toMatchObject({
      outcome: 'pass',
      exitCode: 0,
      summary: 'backlog file, 2 proposed cards: 0 errors',
      isolation: { level: 0 },
    });
  });

  it.each<[string, Partial<CardSpec>]>([
    ['user-story', { userStory: 'We need lending.' }],
    ['user-story', { userStory: 'As a clerk, I want to lend a book.' }],
    ['criteria', { acceptanceCriteria: ['one', 'one ', 'two'] }],
    ['effort', { effort: '3 days' }],
    ['business-value', { businessValue: ' ' }],
    ['moscow', { extra: { moscow: 'perhaps' } }],
    ['requirement', { requirementIds: [] }],
    ['title', { title: '' }],
    ['description', { description: '' }],
    ['dangling', { dependencies: [cardId('PROD-999')] }],
    ['self-dependency', { dependencies: [cardId('PROD-002')] }],
    ['duplicate-id', { id: cardId('PROD-001') }],
    ['id-taken', { id: cardId('EPIC-001') }],
  ])('finds %s in a proposal', async (rule, over) => {
    const proposals = planted(over);
    expect(await rules(gate, { proposals, files: { [BACKLOG_PATH]: backlog(CLEAN) } })).toContain(rule);
  });

  it('accepts a Portuguese story', async () => {
    const proposals = planted({
      userStory: 'Como atendente, quero emprestar um livro, para que o leitor seja atendido.',
    });
    expect((await run(gate, { proposals })).outcome).toBe('pass');
  });

  it('names the circle of dependencies, through cards that exist already', async () => {
    const old = product('PROD-900', { dependencies: [cardId('PROD-001')] });
    const proposals = [product('PROD-001', { dependencies: [cardId('PROD-900')] })];
    const verdict = await run(gate, { proposals, cards: [EPIC, old] });
    expect(verdict.summary).toMatch(/circle: PROD-900 → PROD-001 → PROD-900|circle: PROD-001 → PROD-900 → PROD-001/);
  });

  it.each<[string, string]>([
    ['missing', ''],
    ['json', '{"version": 1,'],
    ['json', '[]'],
    ['equals', backlog(CLEAN, { version: 2 })],
    ['isIn', backlog(CLEAN, { language: 'fr' })],
    ['arrayMinSize', backlog(CLEAN, { requirements: [] })],
    ['isArray', backlog(CLEAN, { cards: 'none' })],
    ['nestedValidation', backlog(CLEAN, { cards: [null] })],
    ['not-in-backlog', backlog(CLEAN.slice(1))],
    ['not-proposed', backlog([...CLEAN, product('PROD-003')])],
    ['duplicate-id', backlog([...CLEAN, CLEAN[0]!])],
    ['matches', backlog([CLEAN[0]!, { ...CLEAN[1]!, userStory: 'no' }])],
  ])('finds %s in the backlog file', async (rule, text) => {
    expect(await rules(gate, { files: text === '' ? { 'produto/x.md': '# x' } : { [BACKLOG_PATH]: text } })).toContain(
      rule,
    );
  });

  it('holds a chain card to words, ids and graph, not to a story of its own', async () => {
    const card = CLEAN[0]!;
    const arch = product('ARCH-001', {
      agent: agentName('arch'),
      dependencies: [card.id],
      userStory: '',
      effort: 'x',
      extra: {},
    });
    expect((await run(gate, { card, cards: [EPIC, card], proposals: [arch], files: {} })).outcome).toBe('pass');
    expect(await rules(gate, { card, cards: [EPIC, card, arch], proposals: [arch], files: {} })).toEqual(['id-taken']);
  });

  it('warns only of cards that others wrote', async () => {
    const old = product('PROD-001', { userStory: 'none' });
    const verdict = await run(gate, { proposals: [], cards: [EPIC, old], files: { [BACKLOG_PATH]: backlog([old]) } });
    expect(verdict).toMatchObject({
      outcome: 'pass',
      findings: [expect.objectContaining({ severity: 'warning', rule: 'matches' })],
    });
  });

  it('stays away from cards of other agents', () => {
    expect(gate.applies(taskFor(product('ARCH-001', { agent: agentName('arch') }), []))).toBe('none');
  });
});

describe('requirement-coverage', () => {
  const gate = createRequirementCoverageGate();

  it('counts covered requirements and criteria', async () => {
    expect((await run(gate)).summary).toBe('2 of 2 requirements covered, 3 of 3 criteria in cards: 0 errors');
  });

  it('names a requirement without a design card and one without a story', async () => {
    const proposals = [
      CLEAN[0]!,
      product('PROD-002', { requirementIds: ['FR-002'], type: 'backend', title: 'x', userStory: '' }),
    ];
    const verdict = await run(gate, { proposals });
    expect(verdict.summary).toContain('1 of 2 requirements covered');
    expect(verdict.findings?.map((f) => [f.rule, f.message.includes('FR-002 "Return a book" (desk.md:9)')])).toEqual([
      ['no-design-card', true],
      ['no-story', true],
    ]);
  });

  it('names a criterion that no card holds', async () => {
    const proposals = CLEAN.map((card) => ({
      ...card,
      acceptanceCriteria: ['a book is lent once', 'a  **due** date is set'],
    }));
    expect(await run(gate, { proposals })).toMatchObject({
      outcome: 'fail',
      findings: [{ rule: 'criterion-missing', message: expect.stringContaining('the book is free again') }],
    });
  });

  it('reads the document again: a requirement that the author never saw is missing', async () => {
    expect(await rules(gate, { document: `${DOCUMENT}\n### FR-003: Reserve\n\ntext` })).toEqual([
      'no-design-card',
      'no-story',
    ]);
  });

  it('needs no card for what is left out by the text itself', async () => {
    expect((await run(gate, { document: `${DOCUMENT}\n### FR-003: Reserve\n\nMoSCoW: won't have` })).outcome).toBe(
      'pass',
    );
  });

  it('takes cards that exist already, and only warns of the criteria that they leave out', async () => {
    const cards = [
      EPIC,
      product('PROD-001', { acceptanceCriteria: ['designed'] }),
      product('PROD-004', { requirementIds: ['FR-002'], acceptanceCriteria: ['designed'] }),
    ];
    const verdict = await run(gate, { cards, proposals: [] });
    expect([verdict.outcome, verdict.findings?.length, verdict.findings?.[0]?.severity]).toEqual([
      'pass',
      3,
      'warning',
    ]);
  });

  it('fails when the documents hold nothing', async () =>
    expect((await run(gate, { document: 'hello' })).outcome).toBe('fail'));

  it('applies to an epic with documents only', () => {
    const { attachments: _none, ...bare } = EPIC;
    expect([EPIC, bare, CLEAN[0]!].map((card) => gate.applies(taskFor(card, [])))).toEqual([
      'required',
      'none',
      'none',
    ]);
  });
});

describe('document-lint', () => {
  const gate = createDocumentLintGate();
  const lint = (text: string, over: Given = {}): Promise<readonly (string | undefined)[]> =>
    rules(gate, { files: { 'produto/a.md': text }, ...over });

  it('passes a sound page', async () =>
    expect(await run(gate, { files: { 'produto/a.md': '# A\n\nText.\n\n## B\n\n- one\n' } })).toMatchObject({
      outcome: 'pass',
      summary: '1 document: 0 errors',
    }));

  it.each([
    ['placeholder', '# A\n\nTODO: write'],
    ['placeholder', '# A\n\nLorem ipsum dolor.'],
    ['placeholder', '# A\n\nO prazo está a definir.'],
    ['hedging', '# A\n\nThis is probably right.'],
    ['hedging', '# A\n\nTalvez funcione.'],
    ['heading-level', '# A\n\ntext\n\n### C\n\ntext'],
    ['heading-level', '## B\n\ntext'],
    ['second-title', '# A\n\ntext\n\n# B\n\ntext'],
    ['empty-section', '# A\n\ntext\n\n## B\n\n## C\n\ntext'],
    ['unclosed-block', '# A\n\n```\ncode'],
    ['broken-link', '# A\n\n[there](nowhere.md)'],
  ])('finds %s', async (rule, text) => expect(await lint(text)).toContain(rule));

  it('lets words stand that were quoted from the card or the document', async () => {
    const card = product('PROD-001', {
      acceptanceCriteria: ['Includes placeholders for validation'],
      description: 'Maybe later.',
    });
    const page =
      '# A\n\n> TODO: in a quotation\n\n- [ ] Includes placeholders for validation\n\n| Case | Answer |\n| --- | --- |\n| Maybe later. | 404 |';
    expect(await lint(page, { card })).toEqual([]);
    expect(await lint('# A\n\nMaybe never.', { card })).toEqual(['hedging']);
  });

  it('fails when no page was written', async () => expect(await rules(gate, { files: {} })).toEqual(['missing']));
});

describe('mermaid-parses', () => {
  const asked: unknown[] = [];
  const poolThat = (outcome: JobOutcome<CheckReport>): GatePool => ({
    isolation: { level: 1, by: 'a fake' },
    run: ((_name: string, input: unknown) => {
      asked.push(input);
      return Promise.resolve(outcome);
    }) as GatePool['run'],
    warm: () => Promise.resolve(),
    close: () => Promise.resolve(),
  });
  const gateWith = (outcome: JobOutcome<CheckReport>): Gate => createProductGates({ pool: poolThat(outcome) })[3]!;
  const files = { 'produto/ux-designs/user-flows/01-desk.md': 'flow', 'produto/MVP_Features.md': '# x' };

  it('asks the pool about the flows only, and says what it answered', async () => {
    const gate = gateWith({ kind: 'done', value: { outcome: 'fail', summary: '1 diagram: 1 error', findings: [] } });
    expect(await run(gate, { files })).toMatchObject({
      outcome: 'fail',
      summary: '1 diagram: 1 error',
      isolation: { level: 1 },
    });
    expect(asked).toEqual([{ files: [{ path: 'produto/ux-designs/user-flows/01-desk.md', text: 'flow' }] }]);
  });

  it('refers when the parser is not there', async () => {
    expect((await run(gateWith({ kind: 'missing', what: 'mermaid' }), { files })).outcome).toBe('refer');
  });

  it('applies to an epic only', () => {
    const gate = gateWith({ kind: 'aborted' });
    expect([EPIC, CLEAN[0]!].map((card) => gate.applies(taskFor(card, [])))).toEqual(['required', 'none']);
  });
});

describe('the product gates', () => {
  it('are three, each with a name of its own', () => {
    expect(createProductGates().map((gate) => gate.name)).toEqual([
      'product-schema',
      'requirement-coverage',
      'document-lint',
    ]);
  });
});
