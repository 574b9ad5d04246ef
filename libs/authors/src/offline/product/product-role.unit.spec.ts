import { describe, expect, it } from '@jest/globals';
import type { RoleResult, Task } from '@squados/agent-runtime';
import { agentName, cardId, projectId, sha256, type CardSpec } from '@squados/contracts';
import { cardFileName, createProductRole, EFFORT_RULE, kindOf, specPath } from './index.js';

const role = createProductRole();
const encoder = new TextEncoder();

const card = (id: string, over: Partial<CardSpec> = {}): CardSpec => ({
  id: cardId(id),
  title: id,
  description: '',
  agent: agentName('product'),
  priority: 'HIGH',
  dependencies: [],
  acceptanceCriteria: [],
  requirementIds: [],
  deliverables: [],
  ...over,
});

const task = (
  of: CardSpec,
  over: { readonly cards?: readonly CardSpec[]; readonly agents?: readonly string[] } = {},
): Task => ({
  project: {
    id: projectId('p'),
    title: 'Bakery',
    agents: (over.agents ?? ['product', 'arch']).map(agentName),
    policy: {} as Task['project']['policy'],
    documents: [],
  },
  card: of,
  attempt: 1,
  dependencies: [],
  cards: over.cards ?? [of],
});

const documents = new Map<string, string>();
const attach = (name: string, text: string) => {
  const hash = sha256(String(documents.size + 1).padStart(64, '0'));
  documents.set(hash, text);
  return { name, sha256: hash, bytes: text.length };
};

const write = (given: Task): Promise<RoleResult> =>
  role.write(given, {
    signal: new AbortController().signal,
    readArtifact: (hash) => Promise.resolve(encoder.encode(documents.get(hash) ?? '')),
    note: () => undefined,
  });

type Written = Extract<RoleResult, { kind: 'written' }>;
const written = async (given: Task): Promise<Written> => {
  const result = await write(given);
  if (result.kind !== 'written') throw new Error(JSON.stringify(result));
  return result;
};
const failed = async (given: Task): Promise<Extract<RoleResult, { kind: 'failed' }>> => {
  const result = await write(given);
  if (result.kind !== 'failed') throw new Error('did not fail');
  return result;
};

const PT = `# Oficina

## Cadastros

### RF001: Cadastrar cliente

**Prioridade**: Crítica

Como atendente, quero cadastrar um cliente, para que a oficina saiba com quem fala.

**Campos**:

- **nome** (texto, obrigatório, até 100 caracteres)
- **cpf** (texto, obrigatório, único)

**Critérios de aceitação**:

- Um cliente sem nome é recusado
- Dois clientes nunca têm o mesmo CPF
- A lista responde em menos de 300 ms

## Ordens

### RF002: Abrir ordem

O sistema deve abrir uma ordem. Depende de RF001.

**Fluxo**:

1. Atendente escolhe o cliente
2. Sistema cria a ordem

### RF003: Fechar ordem

O sistema deveria fechar uma ordem. Depende de RF002.

### RF004: Emitir nota

MoSCoW: Won't have

## Regras

- **RN-01**: Cliente com CPF repetido nunca é cadastrado
- **RN-02**: Uma ordem fechada não volta a abrir

## Requisitos não funcionais

### RNF-01: Tempo

A tela responde em até 2 s.
`;

const epic = (text: string, name = 'oficina.md'): CardSpec =>
  card('EPIC-001', { type: 'epic', attachments: [attach(name, text)] });
const cardsOf = async (text: string): Promise<readonly CardSpec[]> =>
  (await written(task(epic(text)))).proposals.map((p) => p.card);

describe('an epic with a requirements document', () => {
  it('proposes design, backend and frontend for each requirement, numbered in document order', async () => {
    const cards = await cardsOf(PT);
    expect(cards.map((c) => [c.id, c.type, c.requirementIds[0], c.dependencies])).toEqual([
      ['PROD-001', 'design', 'RF001', []],
      ['PROD-002', 'backend', 'RF001', ['PROD-001']],
      ['PROD-003', 'frontend', 'RF001', ['PROD-002']],
      ['PROD-004', 'design', 'RF002', ['PROD-001']],
      ['PROD-005', 'backend', 'RF002', ['PROD-004']],
      ['PROD-006', 'frontend', 'RF002', ['PROD-005']],
      ['PROD-007', 'design', 'RF003', ['PROD-004']],
      ['PROD-008', 'backend', 'RF003', ['PROD-007']],
      ['PROD-009', 'frontend', 'RF003', ['PROD-008']],
    ]);
  });

  it('writes cards in the document’s language with story, criteria, effort, value, MoSCoW, parent and lines', async () => {
    const [design, backend, frontend] = await cardsOf(PT);
    expect(design).toMatchObject({
      title: 'RF001 - Desenho técnico e arquitetura: Cadastrar cliente',
      priority: 'CRITICAL',
      language: 'pt',
      parent: 'EPIC-001',
      source: { document: 'oficina.md', fromLine: 5, toLine: 20 },
      extra: { moscow: 'must' },
      deliverables: ['produto/specs/PROD-001/spec.md'],
    });
    expect(design?.userStory).toBe(
      'Como líder técnico, quero o desenho técnico de “Cadastrar cliente”, para que backend e frontend sigam um único contrato.',
    );
    expect(frontend?.userStory).toBe(
      'Como atendente, quero cadastrar um cliente, para que a oficina saiba com quem fala.',
    );
    expect(backend?.title).toBe('RF001 - Implementação do backend: Cadastrar cliente');
    expect(design?.businessValue).toContain('oficina.md:5');
  });

  it('puts the whole text, its rules and the qualities into the design card', async () => {
    const [design] = await cardsOf(PT);
    expect(design?.description).toContain('- **nome** (texto, obrigatório, até 100 caracteres)');
    expect(design?.description).toContain('- **RN-01** Cliente com CPF repetido nunca é cadastrado');
    expect(design?.description).not.toContain('RN-02');
    expect(design?.description).toContain('- **RNF-01** Tempo: A tela responde em até 2 s.');
  });

  it('takes criteria from the text and its rules, and marks what it derived', async () => {
    const cards = await cardsOf(PT);
    expect(cards[0]?.acceptanceCriteria.slice(0, 4)).toEqual([
      'Um cliente sem nome é recusado',
      'Dois clientes nunca têm o mesmo CPF',
      'A lista responde em menos de 300 ms',
      'RN-01: Cliente com CPF repetido nunca é cadastrado',
    ]);
    const open = cards.find((c) => c.id === 'PROD-006')?.acceptanceCriteria ?? [];
    expect(open.length).toBeGreaterThanOrEqual(3);
    expect(open[0]).toBe('(derivado) O sistema deve abrir uma ordem.');
    expect(open.every((c) => c.startsWith('(derivado)'))).toBe(true);
  });

  it('estimates by the rule that it states', async () => {
    const cards = await cardsOf(PT);
    expect([cards[0]?.extra?.['effort_points'], cards[0]?.effort, cards[2]?.extra?.['effort_points']]).toEqual([
      5,
      'M',
      4,
    ]);
    const many = `### FR-1: x\n\n${Array.from({ length: 40 }, (_, i) => `- part ${String(i)}`).join('\n')}`;
    expect((await cardsOf(many))[0]?.effort).toBe('XL');
    expect((await cardsOf('### FR-1: x\n\ntext'))[0]?.effort).toBe('S');
  });

  it('leaves out what the text leaves out, and says so', async () => {
    const result = await written(task(epic(PT)));
    expect(result.proposals.some((p) => p.card.requirementIds.includes('RF004'))).toBe(false);
    expect(JSON.parse(result.files.get('produto/backlog_produto_completo.json') ?? '')).toMatchObject({
      excluded: [{ id: 'RF004', title: 'Emitir nota' }],
      effort_rule: EFFORT_RULE,
    });
  });

  it('writes every overview file', async () => {
    expect([...(await written(task(epic(PT)))).files.keys()]).toEqual([
      'produto/backlog_produto_completo.json',
      'produto/MVP_Features.md',
      'produto/User_Stories_Completo.md',
      'produto/Success_Metrics.md',
      'produto/rastreabilidade.md',
      'produto/ux-designs/wireframes/README.md',
      'produto/ux-designs/wireframes/01-cadastros.md',
      'produto/ux-designs/wireframes/02-ordens.md',
      'produto/ux-designs/user-flows/01-cadastros.md',
      'produto/ux-designs/user-flows/02-ordens.md',
    ]);
  });

  it('draws fields in wireframes, the stated steps in flows, stated numbers in metrics', async () => {
    const { files } = await written(task(epic(PT)));
    const screens = files.get('produto/ux-designs/wireframes/01-cadastros.md') ?? '';
    expect(screens).toMatch(/Nome +\[ texto, obrigatório/);
    const frame = screens.split('\n').filter((line) => /^[┌│└]/.test(line));
    expect(new Set(frame.map((line) => Array.from(line).length)).size).toBe(1);
    expect(files.get('produto/ux-designs/user-flows/02-ordens.md')).toContain('s1["Atendente escolhe o cliente"]');
    expect(files.get('produto/Success_Metrics.md')).toContain('| RNF-01 Tempo | A tela responde em até 2 s. |');
    expect(files.get('produto/Success_Metrics.md')).toContain(
      '| RF001 Cadastrar cliente | A lista responde em menos de 300 ms |',
    );
    expect(files.get('produto/rastreabilidade.md')).toContain(
      '| RF001 | Cadastrar cliente | oficina.md:5–20 | PROD-001 | PROD-002 | PROD-003 |',
    );
    expect(files.get('produto/MVP_Features.md')).toContain('- RF003 precisa de RF002');
  });

  it('records assumptions where the document is silent', async () => {
    const result = await written(task(epic('# Shop\n\n## Features\n\n- **Cart** holds items\n- **Checkout** pays')));
    expect(result.assumptions[0]).toContain('REQ-001, REQ-002');
    expect(result.files.get('produto/Success_Metrics.md')).toContain('Answers under 500 ms');
  });

  it('writes the same bytes twice', async () => {
    const given = task(epic(PT));
    expect([...(await written(given)).files]).toEqual([...(await written(given)).files]);
  });

  it('drops the dependency that would close a circle and says which', async () => {
    const result = await written(task(epic('### FR-1: a\n\nDepends on FR-2.\n\n### FR-2: b\n\nDepends on FR-1.')));
    expect(result.proposals.filter((p) => p.card.type === 'design').map((p) => p.card.dependencies)).toEqual([
      ['PROD-004'],
      [],
    ]);
    expect(result.assumptions.join()).toContain('FR-2 → FR-1');
  });

  it('reads several documents as one; an id that two define is taken from the first', async () => {
    const given = card('EPIC-001', {
      type: 'epic',
      attachments: [
        attach('a.md', '### FR-1: a\n\nx'),
        attach('notes.md', 'no requirements'),
        attach('b.md', '### FR-1: other\n\ny\n\n### FR-2: b\n\nz'),
      ],
    });
    const result = await written(task(given));
    expect(
      result.proposals
        .filter((p) => p.card.type === 'design')
        .map((p) => [p.card.requirementIds[0], p.card.source?.document]),
    ).toEqual([
      ['FR-1', 'a.md'],
      ['FR-2', 'b.md'],
    ]);
    expect(result.assumptions.join()).toContain('FR-1 stands in a.md and in b.md');
  });

  it.each([
    ['requirements-no-requirements', 'hello', 'Write requirements in one of these forms'],
    ['requirements-conflict-markers', '### FR-1: a\n<<<<<<< HEAD\n=======\n>>>>>>> b', 'Resolve the conflict'],
    ['requirements-empty', '', 'Put requirements into it'],
  ])('fails for good with %s and a remedy', async (code, text, remedy) => {
    expect(await failed(task(epic(text, 'x.md')))).toMatchObject({
      retryable: false,
      code,
      place: 'x.md',
      message: expect.stringContaining(remedy),
    });
  });

  it('stops between documents when it is told to', async () => {
    const aborted = AbortSignal.abort(new Error('stopped'));
    await expect(
      role.write(task(epic(PT)), {
        signal: aborted,
        readArtifact: () => Promise.resolve(encoder.encode(PT)),
        note: () => undefined,
      }),
    ).rejects.toThrow('stopped');
  });
});

describe('an epic without documents', () => {
  it('takes its own text where that holds requirements', async () => {
    const result = await written(task(card('EPIC-1', { description: '### FR-1: Pay\n\nThe system must take money.' })));
    expect(result.proposals.map((p) => [p.card.id, p.card.source?.document])).toEqual([
      ['PROD-001', 'EPIC-1'],
      ['PROD-002', 'EPIC-1'],
      ['PROD-003', 'EPIC-1'],
    ]);
  });

  it('writes only the overview where the project has product cards', async () => {
    const own = card('EPIC-1', { description: '### FR-1: Pay\n\nx' });
    const old = card('PROD-001', {
      title: 'RF9 - Technical Design & Architecture',
      description: 'Create detailed technical design for Loans. The text says it all.',
      requirementIds: ['RF9'],
      type: 'design',
    });
    const result = await written(task(own, { cards: [own, old] }));
    expect(result.proposals).toEqual([]);
    expect(result.files.get('produto/MVP_Features.md')).toContain('| RF9 | Loans | The text says it all. |');
  });

  it('proposes no second set beside documents either', async () => {
    const own = epic(PT);
    const result = await written(task(own, { cards: [own, card('PROD-777', { requirementIds: ['RF001'] })] }));
    expect(result.proposals).toEqual([]);
    expect(result.files.get('produto/rastreabilidade.md')).toContain('PROD-777');
  });

  it('fails for good when there is nothing to work from', async () => {
    expect(await failed(task(card('EPIC-1', { description: 'Make it good.' })))).toMatchObject({
      code: 'input-missing',
      retryable: false,
      place: 'EPIC-1',
      message: expect.stringContaining('Attach a requirements document'),
    });
  });
});

describe('a product card', () => {
  const design = card('PROD-004', {
    type: 'design',
    title: 'RF2 - Desenho técnico e arquitetura: Abrir ordem',
    description: 'O sistema deve abrir uma ordem.\n# TODO heading in the text',
    requirementIds: ['RF2'],
    acceptanceCriteria: ['um', 'dois'],
    language: 'pt',
    priority: 'LOW',
    effort: 'S',
    source: { document: 'd.md', fromLine: 3, toLine: 9 },
  });

  it('leads from a design to one architecture card with the same number, priority and text', async () => {
    const { proposals } = await written(task(design));
    expect(proposals.map((p) => p.card)).toMatchObject([
      {
        id: 'ARCH-004',
        title: 'RF2 - Arquitetura: Abrir ordem',
        agent: 'arch',
        type: 'architecture',
        dependencies: ['PROD-004'],
        priority: 'LOW',
        requirementIds: ['RF2'],
        description: design.description,
        acceptanceCriteria: ['um', 'dois'],
        source: design.source,
      },
    ]);
  });

  it('leads on only to agents that exist', async () => {
    const next = async (type: string, agents: readonly string[]): Promise<readonly string[]> =>
      (await written(task({ ...design, type }, { agents }))).proposals.map((p) => p.card.id);
    expect(await next('design', ['product'])).toEqual([]);
    expect(await next('backend', ['product', 'arch'])).toEqual([]);
    expect(await next('backend', ['product', 'backend'])).toEqual(['BE-004']);
    expect(await next('frontend', ['product', 'frontend'])).toEqual(['FE-004']);
    expect(await next('feature', ['product', 'arch', 'backend', 'frontend'])).toEqual(['ARCH-004']);
  });

  it('does not propose again what the project holds already', async () => {
    expect((await written(task(design, { cards: [design, card('ARCH-004')] }))).proposals).toEqual([]);
    const renamed = card('ARCH-ORDER', { agent: agentName('arch'), dependencies: [design.id] });
    expect((await written(task(design, { cards: [design, renamed] }))).proposals).toEqual([]);
  });

  it('quotes the requirement as data and makes the criteria checkable', async () => {
    const spec = (await written(task(design))).files.get('produto/specs/PROD-004/spec.md') ?? '';
    expect(spec).toContain('> O sistema deve abrir uma ordem.\n> # TODO heading in the text');
    expect(spec).toContain('- [ ] um\n- [ ] dois');
    expect(spec).toContain('d.md:3–9');
    expect(spec).toContain('## História de usuário');
  });

  it('tells a backend card its operations and error cases', async () => {
    const given = card('PROD-5', {
      type: 'backend',
      title: 'FR-1 - Backend Implementation: Create a loan',
      description: 'Create loans.',
      acceptanceCriteria: [
        'Only administrators can delete a loan',
        'The number is unique',
        'A closed loan is not changed',
        'At most five loans',
      ],
    });
    const spec = (await written(task(given))).files.get(specPath('PROD-5')) ?? '';
    for (const row of [
      '| Create | Create a loan | 201 |',
      '| Only administrators can delete a loan | 403; 401',
      '| The number is unique | 409 and what it clashes with |',
      '| A closed loan is not changed | 409 and the current state |',
      '| At most five loans | 422 and the rule',
    ])
      expect(spec).toContain(row);
  });

  it('tells a frontend card its states and messages', async () => {
    const spec =
      (await written(task(card('PROD-6', { type: 'frontend', title: 'Loans', description: 'Show loans.' })))).files.get(
        specPath('PROD-6'),
      ) ?? '';
    for (const part of [
      '## States of the screen',
      '| Empty |',
      '## Accessibility',
      'As a user of the product, I want “Loans”',
    ])
      expect(spec).toContain(part);
  });

  it('gives any other card a specification and no successor', async () => {
    const result = await written(task(card('PROD-7', { title: 'Define MVP features', description: 'Choose them.' })));
    expect([result.files.size, result.proposals.length]).toEqual([1, 0]);
  });

  it('takes the language of the requirement, not of the words around it, for what follows', async () => {
    const mixed = card('PROD-8', {
      type: 'design',
      title: 'RF1 - Technical Design & Architecture',
      description:
        'Create detailed technical design for Gestão de Oráculos. O sistema deve permitir que os oráculos sejam criados e editados.',
      requirementIds: ['RF1'],
    });
    expect((await written(task(mixed))).proposals[0]?.card).toMatchObject({
      language: 'pt',
      title: 'RF1 - Arquitetura: Gestão de Oráculos',
      description: 'O sistema deve permitir que os oráculos sejam criados e editados.',
    });
  });
});

describe('kinds of cards', () => {
  it.each([
    [{ type: 'design' }, 'design'],
    [{ type: 'Frontend' }, 'frontend'],
    [{ type: 'feature', title: 'RF001 - Backend Implementation' }, 'backend'],
    [{ type: 'feature', title: 'RF001 - Frontend Implementation' }, 'frontend'],
    [{ title: 'Arquitetura da ordem' }, 'design'],
    [{ title: 'X', description: 'Implement backend for loans. Then more.' }, 'backend'],
    [{ title: 'Define MVP features', description: 'A list. The backend comes later.' }, 'other'],
    [{ type: 'epic' }, 'epic'],
  ])('%j is %s', (over, kind) => expect(kindOf(card('PROD-1', over))).toBe(kind));
});

describe('file names of cards', () => {
  it.each(['../../etc/passwd', 'A/B', 'a.b', 'PROD 1', '🙂', 'C:\\x', '.', '..', 'x'.repeat(500)])(
    '%s stays one folder',
    (id) => {
      const name = cardFileName(id);
      expect(name).toMatch(/^[A-Za-z0-9_=-]{1,120}$/);
      expect(specPath(id).split('/')).toHaveLength(4);
    },
  );

  it('never gives two ids one name', () => {
    const ids = ['a.b', 'a=2Eb', 'a b', 'a-b', 'A.b', `${'x'.repeat(300)}1`, `${'x'.repeat(300)}2`];
    expect(new Set(ids.map(cardFileName)).size).toBe(ids.length);
  });
});
