import { append, edit, remove, type Defect } from './defect.js';

const AT = 'engenharia/backend/';
const python = (defect: Omit<Defect, 'part'>): Defect => ({ ...defect, part: 'python' });

export const PYTHON: readonly Defect[] = [
  python({
    id: 'B1',
    title: 'a wrong status code',
    gate: 'py-tests',
    says: /test_loan_api\.py.*test_a_new_row_is_answered/,
    plant: edit(`${AT}app/api/loan.py`, 'status_code=201', 'status_code=200'),
  }),
  python({
    id: 'B2',
    title: 'no conflict for a value that is taken',
    gate: 'py-tests',
    says: /test_a_value_that_must_be_unique_is_not_taken_twice/,
    plant: edit(`${AT}app/core/service.py`, 'if taken:\n            raise Conflict(errors=taken)', 'del taken'),
  }),
  python({
    id: 'B3',
    title: 'a value pasted into SQL',
    gate: 'qa-security',
    says: /pasted into SQL/,
    plant: edit(
      `${AT}app/core/repository.py`,
      'return self._session.scalar(sa.select(self.row).where(getattr(self.row, attribute) == value))',
      [
        'found = sa.text(f"SELECT * FROM {self.row.__tablename__} WHERE {attribute} = \'{value}\'")',
        '        return self._session.scalar(sa.select(self.row).from_statement(found))',
      ].join('\n'),
    ),
  }),
  python({
    id: 'B4',
    title: 'a password in the source',
    gate: 'loose-ends',
    says: /secret with its value in the source/,
    plant: edit(
      `${AT}app/core/config.py`,
      'DEFAULT_PORT = 8000',
      'DEFAULT_PORT = 8000\nSTORE_PASSWORD = "s3cr3t-of-the-shed"',
    ),
  }),
  python({
    id: 'B5',
    title: 'an error that nobody hears of',
    gate: 'loose-ends',
    says: /caught and dropped/,
    plant: edit(
      `${AT}app/core/repository.py`,
      'except sa.exc.IntegrityError as error:\n            raise Conflict(refusal) from error',
      'except sa.exc.IntegrityError:\n            pass',
    ),
  }),
  python({
    id: 'B6',
    title: 'work left for later',
    gate: 'loose-ends',
    says: /“TODO.*in a comment/,
    plant: append(`${AT}app/services/loan.py`, '\n\n# TODO: remind the neighbour when the loan is due\n'),
  }),
  python({
    id: 'B7',
    title: 'the tests of an entity deleted',
    gate: 'py-coverage',
    says: /loan has no tests/,
    plant: remove(/tests\/(?:integration\/test_loan_api|unit\/test_loan_rules)\.py$/),
  }),
  python({
    id: 'B8',
    title: 'an import that nothing uses',
    gate: 'py-lint',
    says: /F401|unused/,
    plant: edit(`${AT}app/services/loan.py`, 'import uuid', 'import json\nimport uuid'),
  }),
  python({
    id: 'B9',
    title: 'a file that does not compile',
    gate: 'py-compiles',
    says: /SyntaxError/,
    plant: edit(`${AT}app/services/loan.py`, 'row = LoanRow', 'row = = LoanRow'),
  }),
  python({
    id: 'B10',
    title: 'a test that never ends',
    gate: 'py-tests',
    says: /wallMs|stopped|bound|time/,
    plant: append(
      `${AT}tests/unit/test_loan_rules.py`,
      '\n\ndef test_waits_for_the_neighbour() -> None:\n    import threading\n\n    threading.Event().wait()\n',
    ),
  }),
];
