import { append, edit, remove, type Defect } from './defect.js';

const AT = 'engenharia/backend/internal/';
const go = (defect: Omit<Defect, 'part'>): Defect => ({ ...defect, part: 'go' });

export const GO: readonly Defect[] = [
  go({
    id: 'G1',
    title: 'a wrong status code',
    gate: 'go-tests',
    says: /loan.*20[04]/s,
    plant: edit(`${AT}loan/handler.go`, 'c.Status(http.StatusNoContent)', 'c.Status(http.StatusOK)'),
  }),
  go({
    id: 'G2',
    title: 'no conflict for a move that the state forbids',
    gate: 'go-tests',
    says: /loan/,
    plant: edit(`${AT}loan/service.go`, 'fault.New(fault.Conflict,', 'fault.New(fault.Invalid,'),
  }),
  go({
    id: 'G3',
    title: 'a value pasted into SQL',
    gate: 'qa-security',
    says: /pasted into SQL/,
    plant: edit(
      `${AT}loan/repository.go`,
      'const sql = `SELECT ` + columns + ` FROM loans WHERE id = $1`\n\trow, err := r.one(ctx, sql, id)',
      'sql := fmt.Sprintf("SELECT %s FROM loans WHERE id = \'%s\'", columns, id)\n\trow, err := r.one(ctx, sql)',
    ),
  }),
  go({
    id: 'G4',
    title: 'an error that nobody hears of',
    gate: 'loose-ends',
    says: /looked at and dropped/,
    plant: edit(
      `${AT}loan/service.go`,
      'rows, total, err := s.rows.List(ctx, query)\n\tif err != nil {\n\t\treturn paging.Page[Loan]{}, err\n\t}',
      'rows, total, err := s.rows.List(ctx, query)\n\t_ = err',
    ),
  }),
  go({
    id: 'G5',
    title: 'a type error',
    gate: 'go-builds',
    says: /service\.go.*(?:cannot use|mismatched|int32|string)/s,
    plant: edit(
      `${AT}loan/service.go`,
      'return s.rows.Delete(ctx, id, row.Version)',
      'return s.rows.Delete(ctx, id, "1")',
    ),
  }),
  go({
    id: 'G6',
    title: 'the tests of an entity deleted',
    gate: 'go-coverage',
    says: /internal\/loan has code and no tests/,
    plant: remove(/internal\/loan\/.*_test\.go$/),
  }),
  go({
    id: 'G7',
    title: 'a file that is not formatted',
    gate: 'go-lint',
    says: /gofmt/,
    plant: append(`${AT}loan/service.go`, '\n\n\nvar   _ = NewService\n'),
  }),
];
