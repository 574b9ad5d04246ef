import type { GoldenCase } from '@squados/authors/judge';

const files = (path: string, text: string): GoldenCase['files'] => new Map([[path, text]]);

const LOANS = {
  title: 'Lend a book',
  acceptanceCriteria: ['At most five loans for a member', 'A lent book is not lent again'],
};
const SERVICE = 'engenharia/backend/app/loans.py';

const soundService = `"""Lending: the rules of a loan."""

from app.errors import Conflict
from app.storage import Loans

MOST_LOANS = 5


class LoanService:
    """Lends and takes back books; storage is given."""

    def __init__(self, loans: Loans) -> None:
        self._loans = loans

    def lend(self, book_id: int, member_id: int) -> int:
        """Records a loan and answers with its id. Raises Conflict when a rule forbids it."""
        if self._loans.is_lent(book_id):
            raise Conflict(f"book {book_id} is lent already")
        if self._loans.count_open(member_id) >= MOST_LOANS:
            raise Conflict(f"member {member_id} has {MOST_LOANS} loans")
        return self._loans.add(book_id, member_id)
`;

const service = (name: string, defect: string, text: string): GoldenCase => ({
  ...{ name, agent: 'backend', card: LOANS, files: files(SERVICE, text), defect },
});

const FORM = { title: 'Lend a book on the page', acceptanceCriteria: ['Errors are told', 'Works with the keyboard'] };
const PAGE = 'engenharia/frontend/src/lend-form.tsx';

const soundForm = `import { useState, type FormEvent } from 'react';
import { lend } from './api';

/** Lends a book by its number and tells how it went. */
export const LendForm = () => {
  const [book, setBook] = useState('');
  const [message, setMessage] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const result = await lend(book);
    setMessage(result.kind === 'lent' ? 'The book is lent.' : result.message);
  };
  return (
    <form onSubmit={submit}>
      <label htmlFor="book">Number of the book</label>
      <input id="book" value={book} onChange={(event) => setBook(event.target.value)} required />
      <button type="submit">Lend</button>
      <p role="status">{message}</p>
    </form>
  );
};
`;

const form = (name: string, defect: string, text: string): GoldenCase => ({
  ...{ name, agent: 'frontend', card: FORM, files: files(PAGE, text), defect },
});

const DESIGN = { title: 'Design of lending', acceptanceCriteria: ['Layers point one way', 'Decisions give reasons'] };
const ADR = 'arquitetura/adr/0001-storage.md';

const soundAdr = `# 0001: PostgreSQL for loans

## Context
Two librarians may lend the same book at the same moment; the rule "a book is lent once" must hold then too.

## Decision
Loans lie in PostgreSQL, with a unique index over the open loans of a book. The domain knows a port \`Loans\`; the adapter depends on it, never the other way round.

## Alternatives
SQLite: one writer is enough for one branch, but branches share the catalogue. A document store: cheap to begin with, but the rule would live in code alone.

## Consequences
The rule holds whatever the service does. Tests need a PostgreSQL.
`;

const adr = (name: string, defect: string, text: string): GoldenCase => ({
  ...{ name, agent: 'arch', card: DESIGN, files: files(ADR, text), defect },
});

/** Sound works, and the same ones with one planted defect each. */
export const GOLDEN_SET: readonly GoldenCase[] = [
  { name: 'sound service', agent: 'backend', card: LOANS, files: files(SERVICE, soundService) },
  { name: 'sound form', agent: 'frontend', card: FORM, files: files(PAGE, soundForm) },
  { name: 'sound decision', agent: 'arch', card: DESIGN, files: files(ADR, soundAdr) },
  service('off by one', 'six loans are let through', soundService.replace('>= MOST_LOANS', '> MOST_LOANS')),
  service(
    'missing rule',
    'a lent book is lent again',
    soundService.replace(/ {8}if self\._loans\.is_lent[\s\S]*?already"\)\n/, ''),
  ),
  service(
    'swallowed error',
    'every failure looks like success',
    soundService.replace(
      /( {8}return self\._loans\.add.*)\n/,
      '        try:\n    $1\n        except Exception:\n            return 0\n',
    ),
  ),
  service(
    'injection',
    'SQL is put together from input',
    soundService.replace(
      'self._loans.add(book_id, member_id)',
      'self._loans.run(f"insert into loans values ({book_id}, {member_id})")',
    ),
  ),
  service(
    'query in a loop',
    'one query for each loan of everybody',
    soundService.replace(
      'self._loans.count_open(member_id) >= MOST_LOANS',
      'len([i for i in self._loans.all_ids() if self._loans.get(i).member == member_id]) >= MOST_LOANS',
    ),
  ),
  form('no label', 'the field has no name for a screen reader', soundForm.replace(/ {6}<label.*\n/, '')),
  form(
    'no error',
    'errors are not told',
    soundForm.replace("result.kind === 'lent' ? 'The book is lent.' : result.message", "'The book is lent.'"),
  ),
  form(
    'mouse only',
    'cannot be reached by keyboard',
    soundForm.replace('<button type="submit">Lend</button>', '<div onClick={submit as never}>Lend</div>'),
  ),
  form('any', 'types are switched off', soundForm.replace('event: FormEvent', 'event: any')),
  adr('no alternatives', 'nothing was weighed', soundAdr.replace(/## Alternatives[\s\S]*?\n\n/, '')),
  adr(
    'wrong way',
    'the domain depends on the adapter',
    soundAdr.replace(
      'The domain knows a port `Loans`; the adapter depends on it, never the other way round.',
      'The domain imports the PostgreSQL client and runs its queries.',
    ),
  ),
  adr('no reason', 'the decision gives none', soundAdr.replace(/Two librarians.*\n/, 'A database is needed.\n')),
];
