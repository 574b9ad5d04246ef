import { describe, expect, it } from '@jest/globals';
import { parseRequirements, type RequirementsDocument } from './index.js';

const parsed = (text: string, name = 'doc.md'): RequirementsDocument => {
  const result = parseRequirements({ name, bytes: new TextEncoder().encode(text) });
  if (result.kind !== 'parsed') throw new Error(result.message);
  return result.document;
};
const told = (text: string) =>
  parsed(text).requirements.map(({ id, title, kind, fromLine }) => [id, title, kind, fromLine]);
const textOf = (text: string, id: string): string => parsed(text).requirements.find((r) => r.id === id)?.text ?? '';

describe('stories below those who tell them', () => {
  it('are a requirement each, called by what is wanted', () => {
    const text = `# Kiln\n\n## User stories\n\n### Potter\n* As a Potter, I want to book a kiln so that my bowls get fired.\n* As a Potter, I want to cancel a booking.\n\n### Keeper\n* As a Keeper, I want to close a kiln so that I can mend it.\n* As a Keeper, I want to see all bookings.\n`;
    expect(told(text)).toEqual([
      ['REQ-001', 'Book a kiln', 'functional', 6],
      ['REQ-002', 'Cancel a booking', 'functional', 7],
      ['REQ-003', 'Close a kiln', 'functional', 10],
      ['REQ-004', 'See all bookings', 'functional', 11],
    ]);
    expect(parsed(text).requirements.map((r) => r.actor)).toEqual(['Potter', 'Potter', 'Keeper', 'Keeper']);
  });
});

describe('rows of tables', () => {
  it('keep codes of the document that say nothing of their kind', () => {
    expect(
      told(
        '# Casos de uso\n\n| Código | Nome | Atores | Descrição |\n|---|---|---|---|\n| C1 | Reservar forno | Oleiro | Reserva um forno |\n| C2 | Cancelar reserva | Oleiro | Cancela uma reserva |\n',
      ),
    ).toEqual([
      ['C1', 'Reservar forno', 'functional', 5],
      ['C2', 'Cancelar reserva', 'functional', 6],
    ]);
  });
  it('that list improvements are requirements', () => {
    expect(
      told(
        '# Forno\n\n| Identificador | Melhoria | Resultado esperado |\n|---|---|---|\n| RF-31 | Formatar telefone | Telefone com DDD |\n',
      ),
    ).toEqual([['RF-31', 'Formatar telefone', 'functional', 5]]);
  });
  it('get a short name where their only cell is a long sentence', () => {
    const [row] = told(
      '# Kiln\n\n| ID | Requirement |\n|---|---|\n| FR-1 | Maintain a list of glazes (name, colour, maker, price) that potters choose from when they book, and show it on the page of the kiln. |\n',
    );
    expect(row).toEqual(['FR-1', 'Maintain a list of glazes', 'functional', 5]);
  });
});

describe('requirements in a fence of plain text', () => {
  const list = 'FR-001  The system shall list kilns.\nFR-002  A potter shall book a kiln.';

  it('are read', () => {
    expect(told(`# Kiln\n\n## Functional Requirements\n\n\`\`\`text\n${list}\n\`\`\`\n`)).toEqual([
      ['FR-001', 'List kilns', 'functional', 6],
      ['FR-002', 'A potter shall book a kiln', 'functional', 7],
    ]);
  });
  it('are no such where a fence only names them', () => {
    const matrix = 'FR-001 (list) → BR-1\nFR-002 (book) → BR-2';
    const text = `# Kiln\n\n## Functional Requirements\n\n- **FR-009**: The system must close kilns\n\n## Map\n\n\`\`\`\n${matrix}\n\`\`\`\n`;
    expect(told(text).map(([id]) => id)).toEqual(['FR-009']);
  });
});

describe('headings', () => {
  it('whose space was forgotten, and that are called RF, RN and RNF', () => {
    expect(
      told(
        '#RF\n\n- [x] O oleiro deve poder reservar um forno;\n\n#RN\n\n- Um forno fechado não pode ser reservado\n\n#RNF\n',
      ),
    ).toEqual([
      ['REQ-001', 'O oleiro deve poder reservar um forno', 'functional', 3],
      ['RULE-001', 'Um forno fechado não pode ser reservado', 'rule', 7],
    ]);
  });
  it('that tell goals, data sets, what is not built or what comes later hold no requirements', () => {
    const text =
      '# Requirements\n\n## Project Goal\n\nFire bowls.\n\n## Dataset\n\n- kilns.csv\n\n## Booking\n\n- Book a kiln\n\n## Explicitly Not Implemented\n\n- Payments\n\n## Optional Future Work\n\n- A shop\n';
    expect(told(text).map(([, title]) => title)).toEqual(['Booking']);
  });
  it('that hold an id alone take their name from the text', () => {
    expect(told('# Forno\n\n### RF001\n\nO sistema deve permitir o cadastro de fornos com nome.\n')).toEqual([
      ['RF001', 'Cadastro de fornos com nome', 'functional', 3],
    ]);
  });
});

it('lists in HTML are lists', () => {
  expect(
    told(
      '# Forno<br>\n\n## Recursos Básicos\n<ul>\n<li>Cadastro de fornos;<br>\n<li>Listagem de reservas</li>\n</ul>\n',
    ),
  ).toEqual([
    ['REQ-001', 'Cadastro de fornos', 'functional', 5],
    ['REQ-002', 'Listagem de reservas', 'functional', 6],
  ]);
});

it('what scope and MVP both say is one requirement', () => {
  const text =
    '# Forno\n\n## Escopo do Projeto\n\n- Cadastro de fornos;\n- Registro de queimas.\n\n## MVP\n\n- Registro de queimas;\n- Login.\n';
  expect(told(text).map(([, title]) => title)).toEqual(['Cadastro de fornos', 'Registro de queimas', 'Login']);
});

describe('the name of the product', () => {
  it.each([
    ['# Requisitos do Sistema — Forno Aceso\n', 'Forno Aceso'],
    ['## Requisitos Funcionais - Forno Aceso\n', 'Forno Aceso'],
    ['# PRD.md — Product Requirements Document\n### Bright Kiln\n', 'Bright Kiln'],
    [
      '# Software Requirements Specification (SRS)\n\n**Project:** Bright Kiln (`kiln`)\n\n## 3. Features\n',
      'Bright Kiln',
    ],
    ['# Casos de Uso do Sistema\n', 'Casos de Uso do Sistema'],
  ])('%j', (head, title) => {
    expect(parsed(`${head}\n- **RF01**: O sistema deve listar fornos\n`).title).toBe(title);
  });
});

describe('what a document says of its data apart from its requirements', () => {
  const requirements =
    '## Requirements\n\n- **FR-1**: Potters must book kilns\n- **FR-2**: The keeper must manage glazes\n';

  it('stands with the requirement that names the thing', () => {
    const text = `# Kiln\n\n${requirements}\n## Data Model\n\n- **Kiln**: name, size, closed\n- **GlazeRecord**: name, colour\n- **Moon**: phase\n`;
    expect(textOf(text, 'FR-1')).toBe('Potters must book kilns\n\n**Entities**:\n\n- Kiln: name, size, closed');
    expect(textOf(text, 'FR-2')).toContain('- Glaze: name, colour');
    expect(JSON.stringify(parsed(text).requirements)).not.toContain('phase');
  });
  it('as rows of a dictionary or as headings over lists', () => {
    const rows = '## Data dictionary\n\n| Entity | Key fields |\n|---|---|\n| **Kiln** | `name`, `size` |\n';
    expect(textOf(`# Kiln\n\n${requirements}\n${rows}`, 'FR-1')).toContain('- Kiln: name, size');
    const headings = '## Entities\n\n### Glaze\n\n- name: text, required\n- colour: text\n';
    expect(textOf(`# Kiln\n\n${requirements}\n${headings}`, 'FR-2')).toContain(
      '**Fields of Glaze**:\n\n- name: text, required\n- colour: text',
    );
  });
  it('below `each … has`, in both languages, and not what lies within a requirement', () => {
    const each = '## Kilns\n\nEach kiln has:\n\n- Name;\n- Size.\n\nSome are old.\n';
    expect(textOf(`# Kiln\n\n${requirements}\n${each}`, 'FR-1')).toContain('**Fields of kiln**:\n\n- Name;\n- Size.');
    const inside = '# Forno\n\n### RF1: Cadastrar fornos\n\nCada forno possuirá:\n\n- Nome;\n- Tamanho.\n';
    expect(textOf(inside, 'RF1')).toBe('Cada forno possuirá:\n\n- Nome;\n- Tamanho.');
  });
});
