import { describe, expect, it } from '@jest/globals';
import { parseRequirements, type Requirement, type RequirementsDocument, type RequirementsResult } from './index.js';

const parse = (text: string, name = 'doc.md'): RequirementsResult =>
  parseRequirements({ name, bytes: new TextEncoder().encode(text) });

const read = (text: string): RequirementsDocument => {
  const result = parse(text);
  if (result.kind === 'rejected') throw new Error(`${result.code}: ${result.message}`);
  return result.document;
};

const ids = (text: string): readonly string[] => read(text).requirements.map((r) => r.id);
const only = (text: string): Requirement => read(text).requirements[0]!;
const rejection = (result: RequirementsResult): { code: string; message: string; remedy: string } => {
  if (result.kind === 'parsed') throw new Error('was parsed');
  return result;
};

describe('requirements in headings', () => {
  it.each([
    ['#### RF001: Cadastrar livro', 'RF001', 'Cadastrar livro'],
    ['### FR-001 — Lend a book', 'FR-001', 'Lend a book'],
    ['### 3.1 FR-001: User Authentication', 'FR-001', 'User Authentication'],
    ['## 3.1. [RF-02] Emitir nota', 'RF-02', 'Emitir nota'],
    ['## 🚀 **RF 03** - Buscar', 'RF03', 'Buscar'],
    ['### RF-AUTH-01: Entrar', 'RF-AUTH-01', 'Entrar'],
    ['### Requirement FR-7: Pay', 'FR-7', 'Pay'],
    ['### FR-001.2: Sub requirement ###', 'FR-001.2', 'Sub requirement'],
  ])('%s is a requirement', (heading, id, title) => {
    expect(only(`${heading}\n\nText.`)).toMatchObject({ id, title, text: 'Text.', kind: 'functional' });
  });

  it('gives lines from its heading to its last word, sections above it and the text without the heading', () => {
    const text =
      '# Product\n\n## Core\n\n### RF001: One\n\nA text.\n\n- an item\n\n---\n\n### RF002: Two\n\nB.\n\n## Other\n\nNot theirs.';
    expect(read(text).requirements.map((r) => [r.fromLine, r.toLine, r.text, r.section])).toEqual([
      [5, 9, 'A text.\n\n- an item', ['Product', 'Core']],
      [13, 15, 'B.', ['Product', 'Core']],
    ]);
  });

  it('tells rules, qualities and use cases by their family', () => {
    const text =
      '### RF001: a\n\nx\n\n### RN01: b\n\nx\n\n### RNF-1: c\n\nx\n\n### UC2: d\n\nx\n\n### BR-9: e\n\nx\n\n### NFR3: f\n\nx';
    expect(read(text).requirements.map((r) => r.kind)).toEqual([
      'functional',
      'rule',
      'non-functional',
      'use-case',
      'rule',
      'non-functional',
    ]);
  });

  it('takes a rule nested below a requirement out of that requirement’s text', () => {
    const found = read(
      '### RF001: a\n\nFirst.\n\n#### RN01: Nested\n\nRule text.\n\n#### Notes\n\nBack to a.',
    ).requirements;
    expect(found.map((r) => [r.id, r.text])).toEqual([
      ['RF001', 'First.\n\n\n#### Notes\n\nBack to a.'],
      ['RN01', 'Rule text.'],
    ]);
  });

  it('takes headings in code fences for text', () => {
    const found = read('### RF001: a\n\n```\n### RF002: not one\n```\n\nafter');
    expect(found.requirements.map((r) => r.id)).toEqual(['RF001']);
    expect(found.requirements[0]?.text).toContain('### RF002: not one');
  });

  it.each([
    '### RF040-046: all phases',
    '### RF001 e RF002',
    '### AES-256: cipher',
    '### Sprint 3: RF009',
    '### SC-001: fast',
  ])('%s defines nothing', (heading) => {
    expect(ids(`### RF001: a\n\nx\n\n${heading}\n\ny`)).toEqual(['RF001']);
  });
});

describe('requirements in tables', () => {
  const table =
    '# Form\n\n| ID | Título | Descrição | Prioridade |\n| :-- | :-- | --- | --- |\n| **RF-01** | Criar | Deve criar \\| abrir. | Alta |\n| RF-02 | Fechar | Pode fechar.<br>Depois não. | Baixa |';

  it('takes title, text and priority from their columns', () => {
    expect(read(table)).toMatchObject({ form: 'tables', language: 'pt' });
    expect(read(table).requirements).toMatchObject([
      {
        id: 'RF-01',
        title: 'Criar',
        text: 'Deve criar | abrir.\n- Prioridade: Alta',
        priority: 'HIGH',
        fromLine: 5,
        toLine: 5,
      },
      { id: 'RF-02', title: 'Fechar', text: 'Pode fechar.\nDepois não.\n- Prioridade: Baixa', priority: 'LOW' },
    ]);
  });

  it('splits a criteria column and reads an actor column', () => {
    const text =
      '| ID | Feature | Acceptance criteria | Actor |\n|---|---|---|---|\n| FR-1 | Pay | - paid once<br>- receipt sent | Clerk |';
    expect(only(text)).toMatchObject({ criteria: ['paid once', 'receipt sent'], actor: 'Clerk' });
  });

  it('reads a table with one property per row', () => {
    const text =
      '| ID | FR-001 |\n|---|---|\n| **Title** | Login |\n| **Priority** | P0 - Critical |\n| **Description** | Users sign in |\n| Flow | 1. a<br>2. b |';
    expect(only(text)).toMatchObject({
      id: 'FR-001',
      title: 'Login',
      priority: 'CRITICAL',
      text: 'Users sign in\n- Flow: 1. a; 2. b',
    });
  });

  it('keeps such a table as text where a heading already defines the id', () => {
    const found = read('### FR-001: Login\n\n| ID | FR-001 |\n|---|---|\n| **Priority** | P2 |');
    expect(found.requirements).toMatchObject([{ title: 'Login', priority: 'MEDIUM' }]);
    expect(found.warnings).toEqual([]);
  });

  it('defines nothing in a traceability matrix, an index or a list of who uses what', () => {
    const text = `${table}\n\n## Matriz de rastreabilidade\n\n| ID | Título |\n|---|---|\n| RF-77 | Nada |\n\n## Testes\n\n| Requisito | Teste |\n|---|---|\n| RF-88 | T1 |`;
    expect(ids(text)).toEqual(['RF-01', 'RF-02']);
  });
});

describe('requirements in lists and paragraphs', () => {
  it('reads spec-kit items with their wrapped lines and makes a title of the sentence', () => {
    const text =
      '### Functional Requirements\n\n- **FR-001**: The system MUST let a\n  member return a book.\n- **FR-002**: System SHOULD send a reminder.\n  - nested detail';
    expect(read(text).form).toBe('list');
    expect(read(text).requirements).toMatchObject([
      { id: 'FR-001', title: 'Let a member return a book', moscow: 'must', priority: 'HIGH', toLine: 4 },
      { id: 'FR-002', title: 'Send a reminder', moscow: 'should', priority: 'MEDIUM', toLine: 6 },
    ]);
  });

  it('keeps user stories as use cases beside functional requirements, and as requirements where there is nothing else', () => {
    const story = '### User Story 1 - Browse (Priority: P1)\n\nAs a visitor, I want to browse, so that I find cars.';
    expect(
      read(`${story}\n\n## Requirements\n\n- **FR-001**: System MUST list cars.`).requirements.map((r) => [
        r.id,
        r.kind,
      ]),
    ).toEqual([
      ['US-1', 'use-case'],
      ['FR-001', 'functional'],
    ]);
    expect(only(story)).toMatchObject({
      id: 'US-1',
      title: 'Browse',
      kind: 'functional',
      priority: 'HIGH',
      actor: 'visitor',
      story: 'As a visitor, I want to browse, so that I find cars.',
    });
  });

  it('reads bold paragraphs and plain lines of a text file', () => {
    expect(
      read('**RF-01** Emitir nota fiscal\n\nCom CPF.\n\n**RF-02 - Cancelar**: até 24 h').requirements.map((r) => [
        r.id,
        r.title,
      ]),
    ).toEqual([
      ['RF-01', 'Emitir nota fiscal'],
      ['RF-02', 'Cancelar'],
    ]);
    expect(ids('RF1: Abrir\nRF2: Fechar')).toEqual(['RF1', 'RF2']);
  });

  it('takes ids below a dependencies label or in a sentence for mentions', () => {
    const found = read(
      '### RF001: a\n\nUsa RF002.\n\n**Dependências**:\n- RF002: b\n- RF099: elsewhere\n\n### RF002: b\n\nx',
    ).requirements;
    expect(found.map((r) => [r.id, r.mentions, r.dependsOn])).toEqual([
      ['RF001', ['RF002'], ['RF002']],
      ['RF002', [], undefined],
    ]);
  });

  it('takes a list below a dependencies label for mentions outside of any requirement too', () => {
    expect(
      ids('- **FR-001**: The system must lend.\n\n**Dependencies**:\n\n- FR-900: The old system must run.'),
    ).toEqual(['FR-001']);
  });

  it('spells out a range of mentions and finds the stated dependencies only', () => {
    const text = ['RF001', 'RF002', 'RF003'].map((id) => `### ${id}: t\n\nx`).join('\n\n');
    const last = read(`${text}\n\n### RF004: d\n\nVer RF001-003. Depende de RF002 e RF3.`).requirements.at(-1);
    expect(last).toMatchObject({ mentions: ['RF001', 'RF002', 'RF003'], dependsOn: ['RF002', 'RF003'] });
  });
});

describe('requirements in bold lines', () => {
  const STORIES =
    '# Condo\n\n## Histórias\n\n**HU01 - Cadastro de moradores**\nComo síndico, quero cadastrar moradores com nome.\n\n**HU02 - Reservas**\nComo morador, quero reservar o salão.';

  it('takes a line that is bold as a whole for the title of what stands below it', () => {
    expect(read(STORIES).requirements.map((r) => [r.id, r.title, r.text])).toEqual([
      ['HU01', 'Cadastro de moradores', 'Como síndico, quero cadastrar moradores com nome.'],
      ['HU02', 'Reservas', 'Como morador, quero reservar o salão.'],
    ]);
  });

  it('leaves a bold beginning of a sentence in it', () => {
    expect(only('# P\n\n**FR-001** The system must lend books.\nIt must take them back.')).toMatchObject({
      title: 'Lend books',
    });
  });
});

describe('a story', () => {
  it.each([
    ['As a clerk I want to register parcels so that none is lost.', 'clerk'],
    ['As a clerk, I want to register parcels.', 'clerk'],
    ['Como síndico, quero cadastrar moradores.', 'síndico'],
  ])('%s', (text, actor) => {
    expect(only(`# P\n\n### FR-001: Parcels\n\n${text}`)).toMatchObject({ actor, story: text });
  });
});

describe('free-form documents', () => {
  it('takes a list of what must be for its requirements, under no heading that calls it so', () => {
    const text =
      '# Hotel\n\n1. The system must let a guest book a room.\n2. Bookings can be cancelled.\n3. Guests should register with an email.\n4. Dark mode.';
    expect(read(text).requirements.map((r) => [r.id, r.fromLine, r.title])).toEqual([
      ['REQ-001', 3, 'The system must let a guest book a room'],
      ['REQ-002', 4, 'Bookings can be cancelled'],
      ['REQ-003', 5, 'Guests should register with an email'],
      ['REQ-004', 6, 'Dark mode'],
    ]);
  });

  it.each([
    [
      'what calls itself so',
      '# Desk\n\n## Epic 1: Tickets\n\n### Story 1.1: Create ticket\n\nText.\n\n### Story 1.2 - Close ticket\n\nText.',
      ['Create ticket', 'Close ticket'],
    ],
    [
      'what has a story below it',
      '# Desk\n\n## Tickets\n\n### Creating\n\nAs a user I want to create a ticket.\n\n### Colours\n\nBlue.',
      ['Creating'],
    ],
    [
      'lines of plain text',
      'BARBEARIA\n\nO sistema deve cadastrar clientes.\nO cliente pode agendar um horário.\nHá dois barbeiros na casa.\nO sistema deve listar os horários.',
      ['O sistema deve cadastrar clientes', 'O cliente pode agendar um horário', 'O sistema deve listar os horários'],
    ],
  ])('takes %s', (_what, text, titles) => {
    expect(read(text).requirements.map((r) => r.title)).toEqual(titles);
  });

  it.each([
    ['two of them', '# Notes\n\n- We must go.\n- They must stay.'],
    ['mostly other items', '# Notes\n\n- a must b\n- c must d\n- e must f\n- milk\n- bread\n- eggs\n- salt'],
    ['a skipped section', '# Doc\n\n## Notes\n\n- We must go.\n- They must stay.\n- All must rest.'],
  ])('but not %s', (_what, text) => {
    expect(rejection(parse(text)).code).toBe('no-requirements');
  });

  it('makes requirements of the headings below a features section, not of overview, risks or glossary', () => {
    const text =
      '# Shop\n\n## Overview\n\nWords.\n\n## Core Features\n\n### 1. Cart\n\nHolds items.\n\n**Acceptance Criteria:**\n- [ ] keeps items\n\n### 2. Checkout\n\nPays.\n\n## Risks\n\n- none\n\n## Glossary\n\n- Cart: a list';
    expect(read(text)).toMatchObject({ form: 'free-form', title: 'Shop' });
    expect(read(text).requirements.map((r) => [r.id, r.title, r.criteria])).toEqual([
      ['REQ-001', 'Cart', ['keeps items']],
      ['REQ-002', 'Checkout', []],
    ]);
  });

  it('makes requirements of list items, with rules, qualities and use cases from their own sections', () => {
    const text =
      '# Farmácia\n\n## 🏗️ Requisitos Funcionais\n1. **Cadastro**\n   - Permitir registrar nome.\n2. **Venda**\n   - Registrar.\n\n## Requisitos Não Funcionais\n1. **Performance**\n   - < 2 segundos\n\n## Regras de Negócio\n1. Estoque não pode ficar negativo.\n\n## Casos de Uso\n1. **Vender**\n   - Ator: Funcionário';
    expect(read(text).requirements.map((r) => [r.id, r.kind, r.title])).toEqual([
      ['REQ-001', 'functional', 'Cadastro'],
      ['REQ-002', 'functional', 'Venda'],
      ['NFR-001', 'non-functional', 'Performance'],
      ['RULE-001', 'rule', 'Estoque não pode ficar negativo'],
      ['UC-001', 'use-case', 'Vender'],
    ]);
    expect(read(text).requirements.at(-1)?.actor).toBe('Funcionário');
  });

  it('falls back to the numbered steps of a roadmap', () => {
    const text =
      '# Plan\n\n# Development Roadmap\n\n## Phase 1: Core\n1. **Data**\n   - design\n2. **Commands**\n   - parse\n\n# Risks\n\n## Feature creep\n\nWords.';
    expect(read(text).requirements.map((r) => r.title)).toEqual(['Data', 'Commands']);
  });

  it('takes the items below a label of a roadmap that has no headings', () => {
    const text =
      '# Development Roadmap\n-   **MVP Requirements:**\n    1. Set up the page.\n    2. Store links.\n-   **Future:** accounts';
    expect(read(text).requirements.map((r) => [r.title, r.fromLine])).toEqual([
      ['Set up the page', 3],
      ['Store links', 4],
    ]);
  });

  it('reads a requirements section that is only a paragraph', () => {
    expect(only('## Functionality\n\nThe service shortens links.').title).toBe('Functionality');
  });

  it('never gives an id that the document uses itself', () => {
    const found = read(
      '## Features\n\n- **Search** books\n\n## Stories\n\n### US-1: x\n\nAs a user, I want REQ-001.',
    ).requirements;
    expect(new Set(found.map((r) => r.id)).size).toBe(found.length);
  });
});

describe('criteria', () => {
  const criteria = (body: string): readonly string[] => only(`### RF001: a\n\n${body}`).criteria;

  it.each([
    [
      'a label and a list',
      '**Critérios de Aceitação**:\n- **um** só\n- ✅ dois\n\nOutro texto\n- não é',
      ['um só', 'dois'],
    ],
    ['a label with words after it', 'Acceptance criteria: the total is shown', ['the total is shown']],
    [
      'wrapped and nested lines',
      '**Acceptance Criteria:**\n\n1. one goes\n   on here\n   - inner\n2. two',
      ['one goes on here; inner', 'two'],
    ],
    ['checkboxes without a label', '- [ ] first\n- [x] second\n- plain', ['first', 'second']],
    [
      'Given/When/Then in lines',
      'Given a book\nWhen it is lent\nThen it is out',
      ['Given a book When it is lent Then it is out'],
    ],
    [
      'Dado/Quando/Então in one item',
      '- Dado um livro, quando emprestado, então sai',
      ['Dado um livro, quando emprestado, então sai'],
    ],
    [
      'a gherkin block',
      '```gherkin\nScenario: x\nDado um livro\nQuando sai\nEntão falta\n```',
      ['Dado um livro Quando sai Então falta'],
    ],
    [
      'bold Given/When/Then under a label',
      '**Acceptance Scenarios**:\n\n1. **Given** a, **When** b,\n   **Then** c.',
      ['Given a, When b, Then c.'],
    ],
    ['nothing', 'Only a text.\n\n- an item', []],
  ])('reads %s', (_name, body, expected) => expect(criteria(body)).toEqual(expected));

  it('gives criteria that stand apart to the requirement they speak of, and tells of the rest', () => {
    const found = read(
      '### FR-001: Login\n\nSign in.\n\n### FR-002: Export report\n\nPDF.\n\n## Acceptance Criteria\n\n### Export\n- [ ] report opens as PDF\n\n### Zzz\n- [ ] qqqq wwww',
    );
    expect(found.requirements.map((r) => r.criteria)).toEqual([[], ['report opens as PDF']]);
    expect(found.looseCriteria).toEqual(['qqqq wwww']);
    expect(found.warnings[0]).toContain('1 acceptance criteria stand apart');
  });
});

describe('priority and MoSCoW', () => {
  it.each([
    ['**Prioridade**: Crítica', 'CRITICAL', 'must'],
    ['Priority: P2', 'MEDIUM', 'should'],
    ['- Prioridade: Baixa', 'LOW', 'could'],
    ['**Status**: Novo - Crítico', 'CRITICAL', 'must'],
    ['MoSCoW: Could have', 'LOW', 'could'],
    ['**Priority**: Won’t have'.replace('’', "'"), 'LOW', 'wont'],
    ['O sistema deveria avisar.', 'MEDIUM', 'should'],
    ['The system COULD remember.', 'LOW', 'could'],
    ['O sistema deve avisar. Poderia lembrar.', 'HIGH', 'must'],
    ['No words about it.', 'HIGH', 'must'],
  ])('%s', (line, priority, moscow) => expect(only(`### RF001: a\n\n${line}`)).toMatchObject({ priority, moscow }));
});

describe('actors', () => {
  it.each([
    ['Como um gerente, quero ver.', 'gerente'],
    ['Como aluno, quero ver.', 'aluno'],
    ['As an editor, I want to see.', 'editor'],
    ['**Atores**: Gerente, Caixa', 'Gerente'],
    ['It fails as a result, sometimes.', undefined],
  ])('%s', (line, actor) => expect(only(`### RF001: a\n\n${line}`).actor).toBe(actor));
});

describe('repeated ids', () => {
  it('uses the first and names both lines', () => {
    const found = read('### RF062: First\n\nA.\n\n### RF-62: Second\n\nB.');
    expect(found.requirements.map((r) => r.title)).toEqual(['First']);
    expect(found.warnings).toEqual([
      expect.stringMatching(/line 1 \("First"\).*line 5 \("Second"\).*different texts.*first one is used/),
    ]);
  });

  it('says so when the texts are the same', () => {
    expect(read('### RF1: A\n\nx\n\n### RF1: A\n\nx').warnings[0]).toContain('with the same text');
  });
});

describe('encodings and line ends', () => {
  const text = '### RF001: Ação\r\n\r\nTexto é lido.\r\n';
  const utf16 = (little: boolean): Uint8Array => {
    const bytes = new Uint8Array(2 + text.length * 2);
    const view = new DataView(bytes.buffer);
    view.setUint16(0, 0xfeff, little);
    for (let i = 0; i < text.length; i++) view.setUint16(2 + i * 2, text.charCodeAt(i), little);
    return bytes;
  };

  it.each([
    ['UTF-8 with a mark', new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(text)])],
    ['UTF-16 little endian', utf16(true)],
    ['UTF-16 big endian', utf16(false)],
    ['Windows-1252', Uint8Array.from(text, (char) => char.charCodeAt(0))],
  ])('reads %s', (_name, bytes) => {
    const result = parseRequirements({ name: 'a.md', bytes });
    expect(result).toMatchObject({
      kind: 'parsed',
      document: { requirements: [{ id: 'RF001', title: 'Ação', text: 'Texto é lido.' }] },
    });
  });
});

describe('rejections', () => {
  it.each([
    ['empty', ''],
    ['empty', ' \n\t\n'],
    ['not-text', '### RF001: a\u0000b'],
    ['not-text', '\u0001\u0002\u0003\u0004### RF1: a'],
    ['conflict-markers', '### RF001: a\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> other\n'],
    ['no-requirements', '# Notes\n\nWe met RF001 today.'],
    ['no-requirements', '## Regras de negócio\n\n- RN01: só isso'],
    ['too-large', `### RF001: a${'\n'.repeat(200_001)}`],
  ])('%s', (code, text) =>
    expect(rejection(parse(text, 'notes.md'))).toMatchObject({ code, message: expect.stringMatching(/^notes\.md: /) }),
  );

  it('refuses more than 16 MiB', () => {
    expect(rejection(parseRequirements({ name: 'x', bytes: new Uint8Array(16 * 1024 * 1024 + 1) })).code).toBe(
      'too-large',
    );
  });

  it('shows three accepted forms, each of which it accepts', () => {
    const { remedy } = rejection(parse('nothing here'));
    const forms = remedy.split(/\n\d\. [^\n]+\n/).slice(1);
    expect(forms).toHaveLength(3);
    for (const form of forms) expect(parse(form.replace(/^ {3}/gm, '')).kind).toBe('parsed');
  });

  it('lets conflict markers in a code fence pass', () => {
    expect(parse('### RF001: a\n\n```\n<<<<<<< HEAD\n=======\n>>>>>>> b\n```').kind).toBe('parsed');
  });
});

describe('titles', () => {
  it.each([
    ['# Product Requirements Document (PRD)\n# FitPro - Gestão', 'FitPro - Gestão'],
    ['# Feature Specification: Fleet', 'Fleet'],
    ['# Software Requirements Specification (SRS)\n## Revenue System', 'Revenue System'],
    ['# Tool - Product Requirements Document', 'Tool'],
    ['# Overview\nx\n# Core', 'my doc'],
  ])('%s', (head, title) => {
    const result = parse(`${head}\n\n### RF1: a\n\nx`, 'docs/my_doc.md');
    expect(result).toMatchObject({ document: { title } });
  });
});

describe('determinism', () => {
  it('gives the same result for the same bytes', () => {
    const text = '## Features\n\n- **A** one\n- **B** two\n\n## Business rules\n\n- never three';
    expect(parse(text)).toEqual(parse(text));
  });
});
