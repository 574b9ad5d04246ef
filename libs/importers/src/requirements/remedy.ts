import type { RequirementsResult } from './requirement.js';

type Rejected = Extract<RequirementsResult, { kind: 'rejected' }>;

const FORMS = `Write requirements in one of these forms (English or Portuguese):

1. A heading with an id:
   ### RF001: Cadastrar livro
   O sistema deve permitir cadastrar livros.
   **Critérios de aceitação**:
   - Um livro sem título é recusado

2. A table with an id column and a title or description:
   | ID     | Title      | Description                        |
   | ------ | ---------- | ---------------------------------- |
   | FR-001 | Lend a book | The system must lend a book once. |

3. A list, with ids or below a heading such as "Features", "Functional requirements", "Funcionalidades":
   - **FR-001**: The system MUST lend a book to one member at a time.`;

const REMEDIES: Record<Rejected['code'], string> = {
  empty: `Put requirements into it. ${FORMS}`,
  'not-text': 'Save the document as Markdown or plain text in UTF-8 (or UTF-16 with a byte order mark).',
  'no-requirements': FORMS,
  'other-format': `Give the document that the tasks were made from (spec-kit: spec.md beside it). ${FORMS}`,
  'conflict-markers': 'Resolve the conflict (remove the lines with <<<<<<<, ======= and >>>>>>>) and run again.',
  'too-large': 'Split the document, or leave out what is not a requirement.',
  'duplicate-id': 'Give each requirement an id of its own.',
};

export const NOTHING_FOUND = (lines: number, others: number): string =>
  others === 0
    ? `no functional requirement was found in its ${String(lines)} lines`
    : `it holds ${String(others)} rules or non-functional requirements but no functional requirement`;

export const rejection = (name: string, code: Rejected['code'], reason: string): Rejected => ({
  kind: 'rejected',
  code,
  message: `${name}: ${reason}.`,
  remedy: REMEDIES[code],
});
