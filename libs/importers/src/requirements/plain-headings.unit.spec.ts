import { describe, expect, it } from '@jest/globals';
import { parseRequirements } from './parse-requirements.js';
import type { RequirementsDocument } from './requirement.js';

const parsed = (text: string): RequirementsDocument => {
  const result = parseRequirements({ name: 'srs.txt', bytes: new TextEncoder().encode(text) });
  if (result.kind === 'rejected') throw new Error(result.message);
  return result.document;
};
const told = (text: string): readonly string[] =>
  parsed(text).requirements.map((r) => `${r.id} ${r.kind} ${r.fromLine}-${r.toLine} ${r.title}`);

describe('a document whose chapters are merely numbered', () => {
  const ENGLISH = `Software Requirements Specification
Equipment Booking

1. Introduction
The system must be described here, and that is no requirement.

3. Specific requirements
3.1 Functional requirements
3.1.1 The system shall register equipment with a name and a daily rate.
3.1.2 The system shall book equipment for a period.
A booking has a start date and an end date.
3.2 Non-functional requirements
3.2.1 The system shall answer within two seconds.
`;

  it('has each numbered sentence as a requirement of its chapter, with what stands below it', () => {
    expect(told(ENGLISH)).toEqual([
      'REQ-001 functional 9-9 The system shall register equipment with a name and a daily rate',
      'REQ-002 functional 10-11 The system shall book equipment for a period',
      'NFR-001 non-functional 13-13 The system shall answer within two seconds',
    ]);
    const { title, requirements } = parsed(ENGLISH);
    expect(title).toBe('Equipment Booking');
    expect(requirements[1]?.text).toContain('A booking has a start date');
    expect(requirements[1]?.section).toEqual(['Equipment Booking', 'Specific requirements', 'Functional requirements']);
  });

  it('has each numbered title as one, with the paragraph below it', () => {
    const text = `Controle de Frota

1 Visão geral
O sistema deve ser simples.

2 Requisitos funcionais

2.1 Cadastro de veículos
O sistema deve permitir cadastrar veículos com placa e ano.
A placa é única.

2.2 Manutenção
O sistema deve avisar quando a revisão vence.

3 Requisitos não funcionais
3.1 Segurança
O acesso deve exigir senha.
`;
    expect(told(text)).toEqual([
      'REQ-001 functional 8-10 Cadastro de veículos',
      'REQ-002 functional 12-13 Manutenção',
      'NFR-001 non-functional 16-17 Segurança',
    ]);
    expect(parsed(text)).toMatchObject({ title: 'Controle de Frota', language: 'pt' });
  });

  it('has bold chapters, as word processors write them, end the requirement before them', () => {
    const text = `**DOCUMENTO DE REQUISITOS**

**Oficina de Bicicletas**

**1. REQUISITOS FUNCIONAIS**

**RF 01 – Cadastrar bicicleta**

O sistema deve cadastrar bicicletas com marca e modelo.

**2. REQUISITOS NÃO FUNCIONAIS**

**RNF 03 – Desempenho**

O sistema deve responder em dois segundos.
`;
    expect(told(text)).toEqual(['RF01 functional 7-9 Cadastrar bicicleta', 'RNF03 non-functional 13-15 Desempenho']);
    expect(parsed(text)).toMatchObject({ title: 'Oficina de Bicicletas' });
    expect(parsed(text).requirements[0]?.section).toContain('REQUISITOS FUNCIONAIS');
  });

  it('keeps a list that is counted from 1 again below a chapter', () => {
    const text = `Book club

1. Introduction
Some words.
2. Functional requirements
1. Register readers
2. Lend books with a due date
3. Non-functional requirements
- Fast pages
`;
    expect(told(text)).toEqual([
      'REQ-001 functional 6-6 Register readers',
      'REQ-002 functional 7-7 Lend books with a due date',
      'NFR-001 non-functional 9-9 Fast pages',
    ]);
  });

  it('reads numbered sentences as ever where no number leads to a chapter of requirements', () => {
    const text = `1. The clerk must register readers.
2. The clerk must lend books.
3. The clerk must take books back.

## Notes
`;
    expect(() => parsed(text)).toThrow('no functional requirement');
    expect(told(`# Club\n\n${text}`)).toHaveLength(3);
  });
});

describe('underlined headings', () => {
  it('are headings; a line of signs below a paragraph or at the top is none', () => {
    const text = `Clinic
======

Functional Requirements
-----------------------

1. The system shall register patients.
2. The system shall book an appointment.

Quality attributes
------------------

- Fast pages
`;
    expect(told(text)).toEqual([
      'REQ-001 functional 7-7 The system shall register patients',
      'REQ-002 functional 8-8 The system shall book an appointment',
      'NFR-001 non-functional 13-13 Fast pages',
    ]);
    expect(parsed(text).title).toBe('Clinic');
    expect(parsed('---\ntitle: x\n---\n\n# Shop\n\n## Features\n\n- Sell\n- Buy\n').title).toBe('Shop');
  });
});

describe('ids and tables of other tools', () => {
  it('reads ids with a number sign, once they stand in the plan with a dash', () => {
    const text = `# Desk

## Requirements

- **US#12**: The agent must open a ticket
- **RF #3** - The agent must close a ticket, see US#12
- **REQ-UC-01.2**: The lead must list tickets
`;
    expect(parsed(text).requirements.map(({ id }) => id)).toEqual(['US-12', 'RF-3', 'REQ-UC-01.2']);
    expect(parsed(text).requirements[1]?.mentions).toEqual(['US-12']);
  });

  it('takes each row of a table that counts its rows, with the columns that it knows', () => {
    const text = `# Warehouse

## Requirements

| # | Title | User Story | Importance | Owner | Acceptance Criteria |
| --- | --- | --- | --- | --- | --- |
| 1 | Receive goods | As a clerk, I want to record a delivery | Must Have | Ops | A delivery has a supplier<br>Pallets are at least 1 |
| 2 | Stock report | As a manager, I want to see pallets | Could Have | Ops | |
`;
    expect(told(text)).toEqual(['REQ-001 functional 7-7 Receive goods', 'REQ-002 functional 8-8 Stock report']);
    expect(parsed(text).requirements).toMatchObject([
      { actor: 'clerk', moscow: 'must', criteria: ['A delivery has a supplier', 'Pallets are at least 1'] },
      { actor: 'manager', moscow: 'could', criteria: [] },
    ]);
  });

  it('takes a dash for nobody', () => {
    const text = `# Portal\n\n## Requisitos\n\n| Código | Descrição | Ator |\n|---|---|---|\n| RF01 | O sistema deve listar moradores | — |\n`;
    expect(parsed(text).requirements[0]?.actor).toBeUndefined();
  });
});
