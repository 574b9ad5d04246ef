import { aligned, go, goString, imports, inComment, jsonTag, members } from '../naming/go-text.js';
import { readExpression, valuesFunction } from './field-rules.js';
import {
  columnType,
  constantOf,
  movingActions,
  typeImports,
  writableColumns,
  type GoColumn,
  type GoEntity,
  type GoEnum,
} from './go-entity.js';

const enumSource = (column: GoColumn, { type, values }: GoEnum): string => {
  const label = 'field' in column.of ? inComment(column.of.field.label) : column.name;
  return go`
// ${type} is what ${column.name} holds (${label}).
type ${type} string

// Values of ${type}.
const (
	${aligned(values.map((v) => [v.go, type, `= ${goString(v.value)}`]))}
)

func ${valuesFunction(type)}() []${type} {
	return []${type}{${values.map((v) => v.go).join(', ')}}
}
`;
};

const actionSource = (entity: GoEntity, state: GoColumn): string => {
  const actions = movingActions(entity);
  const cases = actions.flatMap((a) =>
    a.moves.map(
      (m) =>
        `case from == ${constantOf(state, m.from)} && action == ${a.go}:\n\treturn ${constantOf(state, m.to)}, true`,
    ),
  );
  return go`
// Action leads a row from one state to another.
type Action string

// Every action.
const (
	${aligned(actions.map((a) => [a.go, 'Action', `= "${a.name}"`]))}
)

// next is the state that an action leads to; false where the current one does not allow it.
func next(from ${state.type}, action Action) (${state.type}, bool) {
	switch {
	${cases}
	}
	return "", false
}
`;
};

const rowSource = (entity: GoEntity): string => {
  const own = entity.columns.map((c) => [c.go, columnType(c), jsonTag(c.name)]);
  return go`
// ${entity.type} is one row of ${entity.plan.model.table} (${inComment(entity.plan.model.label)}).
type ${entity.type} struct {
	${aligned([
    ['ID', 'uuid.UUID', jsonTag('id')],
    ...own,
    ['Version', 'int32', jsonTag('version')],
    ['CreatedAt', 'time.Time', jsonTag('created_at')],
    ['UpdatedAt', 'time.Time', jsonTag('updated_at')],
  ])}
}
`;
};

const draftSource = (entity: GoEntity): string => {
  const columns = writableColumns(entity);
  if (columns.length === 0)
    return go`
// Draft is what a client may write: nothing.
type Draft struct{}

// ReadDraft checks the body of a request.
func ReadDraft(body field.Object) (Draft, error) {
	return Draft{}, field.Check(body).Err()
}
`;
  return go`
// Draft is what a client may write.
type Draft struct {
	${aligned(columns.map((c) => [c.go, columnType(c)]))}
}

// ReadDraft checks the body of a request.
func ReadDraft(body field.Object) (Draft, error) {
	checks := field.Check(body)
	draft := Draft{
		${members(columns.map((c) => [c.go, readExpression(c)]))}
	}
	return draft, checks.Err()
}
`;
};

const querySource = (entity: GoEntity): string => go`
// Query is one page of a list, and which rows are wanted.
type Query struct {
	${aligned([['Page', 'paging.Request'], ...entity.filters.map((f) => [f.go, `*${f.column.type}`])])}
}
`;

const modelImports = (entity: GoEntity): readonly string[] => [
  'time',
  'github.com/google/uuid',
  `${entity.module}/internal/platform/field`,
  `${entity.module}/internal/platform/paging`,
  ...typeImports(entity, entity.columns),
];

/** `model.go`: the row, its enums and states, what may be written of it and the rules for that. */
export const writeModel = (entity: GoEntity): string => {
  const { model } = entity.plan;
  const enums = entity.columns.flatMap((c) => (c.enum ? [enumSource(c, c.enum)] : []));
  const actions = entity.state && movingActions(entity).length > 0 ? [actionSource(entity, entity.state)] : [];
  const about = `// Package ${entity.pkg} holds the rows of ${model.table} (${inComment(model.labelPlural)}): their rules, where they are kept, how they are served.`;
  return [
    `${about}\npackage ${entity.pkg}\n`,
    `${imports(modelImports(entity), entity.module)}\n`,
    ...enums,
    ...actions,
    rowSource(entity),
    draftSource(entity),
    querySource(entity),
  ].join('\n');
};
