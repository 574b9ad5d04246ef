import { go, imports } from '../naming/go-text.js';
import { sqlName } from '../naming/go-names.js';
import { constantOf, type GoColumn, type GoEntity } from './go-entity.js';

/** A limit with the columns that it is about. */
export interface GoLimit {
  readonly column: GoColumn;
  readonly most: number;
  /** Table of what the column refers to. */
  readonly owners: string;
  /** Constants of the states that count; empty: all rows do. */
  readonly states: readonly string[];
}

/** The limits of an entity whose columns it has. */
export const limitsOf = (entity: GoEntity, entities: readonly GoEntity[]): readonly GoLimit[] =>
  entity.plan.limits.flatMap(({ relation, most, states }) => {
    const column = entity.columns.find((c) => c.name === relation.field);
    const owner = entities.find((e) => e.plan.model.name === relation.target);
    const { state } = entity;
    if (!column || !owner || (states.length > 0 && !state)) return [];
    const constants = state ? states.map((value) => constantOf(state, value)) : [];
    return [{ column, most, owners: owner.plan.model.table, states: constants }];
  });

const BACKTICK = '`';

const limitSource = (entity: GoEntity, { column, most, owners, states }: GoLimit): readonly string[] => {
  const [table, reference] = [sqlName(entity.plan.model.table), sqlName(column.name)];
  const state = sqlName(entity.state?.name ?? '');
  const counted = states.length === 0 ? '' : `\n\t\tAND own.${state} = ANY ($2) AND other.${state} = ANY ($2)`;
  const lock = `SELECT id FROM ${sqlName(owners)}
		WHERE id = (SELECT ${reference} FROM ${table} WHERE id = $1) FOR NO KEY UPDATE`;
  const count = `SELECT count(*) FROM ${table} AS own JOIN ${table} AS other USING (${reference})
		WHERE own.id = $1${counted}`;
  return [
    '{',
    `	Column: "${column.name}",`,
    `	Most:   ${most},`,
    `	Lock: ${BACKTICK}${lock}${BACKTICK},`,
    `	Count: ${BACKTICK}${count}${BACKTICK},`,
    ...(states.length === 0 ? [] : [`	States: []string{${states.map((s) => `string(${s})`).join(', ')}},`]),
    '},',
  ];
};

/** `limits.go`: how many rows may share a reference; only for entities that have such a rule. */
export const writeLimits = (entity: GoEntity, limits: readonly GoLimit[]): string => {
  const { type, module, pkg } = entity;
  return [
    `package ${pkg}\n`,
    `${imports(['context', 'github.com/jackc/pgx/v5', `${module}/internal/platform/db`], module)}\n`,
    go`
// limits are how many rows of ${entity.plan.model.table} may share a reference.
var limits = []db.Limit{
	${limits.flatMap((limit) => limitSource(entity, limit))}
}

// limited runs a write in a transaction, which is taken back where the row that it answers is one too many.
func (r *PostgresRepository) limited(ctx context.Context, write func(tx *PostgresRepository) (${type}, error)) (${type}, error) {
	var row ${type}
	err := pgx.BeginFunc(ctx, r.db, func(tx pgx.Tx) error {
		written, err := write(NewRepository(tx))
		if err != nil {
			return err
		}
		row = written
		for _, limit := range limits {
			if err := limit.Check(ctx, tx, row.ID); err != nil {
				return err
			}
		}
		return nil
	})
	return row, err
}
`,
  ].join('\n');
};
