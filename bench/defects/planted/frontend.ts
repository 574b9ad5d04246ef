import { append, edit, remove, type Defect } from './defect.js';

const AT = 'engenharia/frontend/src/';
const frontend = (defect: Omit<Defect, 'part'>): Defect => ({ ...defect, part: 'frontend' });

export const FRONTEND: readonly Defect[] = [
  frontend({
    id: 'F1',
    title: 'a type error',
    gate: 'web-types',
    says: /TS2\d{3}/,
    plant: edit(
      `${AT}features/loans/loan-form.tsx`,
      "navigate(hrefOf(['loans', id]))",
      "navigate(hrefOf(['loans', 7]))",
    ),
  }),
  frontend({
    id: 'F2',
    title: 'a promise that nobody waits for',
    gate: 'web-lint',
    says: /no-floating-promises/,
    plant: edit(`${AT}ui/record-view.tsx`, 'void run().then(', 'run().then('),
  }),
  frontend({
    id: 'F3',
    title: 'a field without a label',
    gate: 'web-axe',
    says: /label/,
    plant: edit(`${AT}ui/fields.tsx`, '<label htmlFor={id}>\n        {label}', '<label>\n        {label}'),
  }),
  frontend({
    id: 'F4',
    title: 'the tests of a feature deleted',
    gate: 'web-coverage',
    says: /features\/loans has code and no tests/,
    plant: remove(/src\/features\/loans\/.*\.test\.tsx?$/),
  }),
  frontend({
    id: 'F5',
    title: 'a call that the contract does not know',
    gate: 'web-contract',
    says: /PATCH/,
    plant: edit(`${AT}api/loan.ts`, "method: 'PUT'", "method: 'PATCH'"),
  }),
  frontend({
    id: 'F6',
    title: 'a check told to look away',
    gate: 'loose-ends',
    says: /told to look away/,
    plant: edit(`${AT}ui/pager.tsx`, /^/, '/* eslint-disable complexity */\n'),
  }),
  frontend({
    id: 'F7',
    title: 'a test that is skipped',
    gate: 'web-tests',
    says: /proves nothing/,
    plant: edit(
      `${AT}features/loans/loan-pages.test.tsx`,
      "  it('asks before it deletes'",
      "  it.skip('asks before it deletes'",
    ),
  }),
  frontend({
    id: 'F8',
    title: 'text of outside as markup',
    gate: 'qa-security',
    says: /can become markup/,
    plant: edit(
      `${AT}ui/record-view.tsx`,
      '<dd>{children}</dd>',
      "{typeof children === 'string' ? <dd dangerouslySetInnerHTML={{ __html: children }} /> : <dd>{children}</dd>}",
    ),
  }),
  frontend({
    id: 'F9',
    title: 'an import of what is not there',
    gate: 'web-build',
    says: /nowhere/,
    plant: append(`${AT}main.tsx`, "import './nowhere';\n"),
  }),
];
