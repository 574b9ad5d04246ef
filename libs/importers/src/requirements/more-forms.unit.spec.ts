import { describe, expect, it } from '@jest/globals';
import { parseRequirements, type RequirementsDocument } from './index.js';

const parsed = (text: string, name = 'doc.md'): RequirementsDocument => {
  const result = parseRequirements({ name, bytes: new TextEncoder().encode(text) });
  if (result.kind !== 'parsed') throw new Error(result.message);
  return result.document;
};
const told = ({ requirements }: RequirementsDocument) =>
  requirements.map(({ id, title, kind, fromLine }) => [id, title, kind, fromLine]);

const FEATURE = `@shelter
Feature: Adopt a dog
  As a visitor
  I want to adopt a dog

  Background:
    Given the shelter is open

  Scenario: A dog is free
    Given a dog with status "free"
    When I adopt the dog
    Then its status is "adopted"

  Scenario Outline: Too young
    Given I am <age> years old
    When I adopt a dog
    Then I am refused
    Examples:
      | age |
      | 15  |
`;

describe('Gherkin', () => {
  it('a .feature file is a requirement with its scenarios as criteria and its lines as places', () => {
    const document = parsed(FEATURE, 'adopt.feature');
    expect(told(document)).toEqual([['REQ-001', 'Adopt a dog', 'functional', 2]]);
    expect(document.requirements[0]!.criteria).toEqual([
      'Given a dog with status "free" When I adopt the dog Then its status is "adopted"',
      'Given I am <age> years old When I adopt a dog Then I am refused',
    ]);
  });
  it('features in fences are requirements where a document has no others, in Portuguese too', () => {
    const fenced = `# Abrigo\n\n\`\`\`gherkin\n# language: pt\nFuncionalidade: Adotar um cão\n  Cenário: Livre\n    Dado um cão livre\n    Quando eu adoto o cão\n    Então ele fica adotado\n\`\`\`\n\n## Notas\n\nNada.\n`;
    expect(told(parsed(fenced))).toEqual([['REQ-001', 'Adotar um cão', 'functional', 5]]);
  });
  it('fences stay examples where requirements stand beside them', () => {
    const both = `# Shelter\n\n- **FR-001**: The system MUST list dogs\n\n\`\`\`gherkin\nFeature: Adopt\n  Scenario: x\n    Given a\n\`\`\`\n`;
    expect(told(parsed(both)).map(([id]) => id)).toEqual(['FR-001']);
  });
});

describe('a plan of tasks', () => {
  const tasks = (count: number): string =>
    Array.from(
      { length: count },
      (_, i) => `- [ ] T00${String(i + 1)} [P] Write \`src/book-${String(i + 1)}.ts\``,
    ).join('\n');
  const plan = `# Tasks: Lend books\n\n## Phase 1: Setup\n\n${tasks(2)}\n\n## Phase 2: User Story 1 - Lend a book\n\n**Goal**: Members lend books.\n\n${tasks(4)}\n`;

  it('is not taken for requirements, and the remedy names the document to give', () => {
    const result = parseRequirements({ name: 'tasks.md', bytes: new TextEncoder().encode(plan) });
    expect(result).toMatchObject({
      kind: 'rejected',
      code: 'other-format',
      message: expect.stringContaining('spec-kit'),
    });
    expect(result).toMatchObject({ remedy: expect.stringContaining('spec.md') });
  });
  it('beside requirements is left aside', () => {
    const both = `# Library\n\n## Requirements\n\n- **FR-001**: The system MUST lend a book\n\n## Plan\n\n${tasks(6)}\n`;
    expect(told(parsed(both)).map(([id]) => id)).toEqual(['FR-001']);
  });
});

describe('tables', () => {
  it('the name of a requirement is its title', () => {
    const [first] = parsed(
      '# Horta\n\n| ID | Nome do Requisito | Descrição | Prioridade |\n|---|---|---|---|\n| RF01 | Cadastro de canteiros | Manter canteiros com nome e área. | Essencial |\n',
    ).requirements;
    expect([first!.title, first!.text]).toEqual([
      'Cadastro de canteiros',
      'Manter canteiros com nome e área.\n- Prioridade: Essencial',
    ]);
  });
  it('a sentence that is all a row says is its text as well', () => {
    const [first] = parsed(
      '# Horta\n\n| ID | Requisito | Escopo |\n|---|---|---|\n| RF01 | Manter canteiros com nome e área | MVP |\n',
    ).requirements;
    expect(first!.text).toBe('Manter canteiros com nome e área\n- Escopo: MVP');
  });
});

describe('a document with ids for its rules alone', () => {
  it('tells what the product does in its plan', () => {
    const document = parsed(
      '# Canil\n\n# 1. Regras de Negócio\n\n### RN001\n\nUm cão adotado não pode ser adotado de novo.\n\n# 2. MVP\n\n- Cadastro de cães;\n- Registro de adoções.\n\n# 3. Funcionalidades Futuras\n\n- Relatórios;\n',
    );
    expect(told(document)).toEqual([
      ['RN001', 'Um cão adotado não pode ser adotado de novo', 'rule', 5],
      ['REQ-001', 'Cadastro de cães', 'functional', 11],
      ['REQ-002', 'Registro de adoções', 'functional', 12],
    ]);
  });
});

describe('a document in Spanish', () => {
  it('is read with a warning that says so', () => {
    const document = parsed(
      '# Perrera\n\n- **RF01:** El sistema debe permitir registrar los perros y las razas.\n- **RF02:** El sistema debe mostrar las citas del día y una lista con los perros.\n',
    );
    expect(document.warnings.join()).toMatch(/espanhol|Spanish/);
  });
});
