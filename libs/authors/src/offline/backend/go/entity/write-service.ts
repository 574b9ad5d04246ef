import { go, imports } from '../naming/go-text.js';
import { movingActions, touchingActions, type GoEntity } from './go-entity.js';

const interfaceSource = (entity: GoEntity): string => go`
// Repository is where the rows of ${entity.plan.model.table} are kept. A change names the version that it builds on: where the row has
// another one by then, the change is stale.
type Repository interface {
	List(ctx context.Context, query Query) (rows []${entity.type}, total int64, err error)
	Get(ctx context.Context, id uuid.UUID) (${entity.type}, error)
	Create(ctx context.Context, draft Draft) (${entity.type}, error)
	Update(ctx context.Context, id uuid.UUID, version int32, draft Draft) (${entity.type}, error)
	Delete(ctx context.Context, id uuid.UUID, version int32) error
	${entity.state && movingActions(entity).length > 0 ? [`SetState(ctx context.Context, id uuid.UUID, version int32, state ${entity.state.type}) (${entity.type}, error)`] : []}
	${touchingActions(entity).length > 0 ? [`Touch(ctx context.Context, id uuid.UUID, version int32) (${entity.type}, error)`] : []}
}
`;

const actSource = (entity: GoEntity): string => {
  if (!entity.state || movingActions(entity).length === 0) return '';
  const { type } = entity;
  return go`
// Act leads a row to the state that an action stands for, if its own state allows that.
func (s *Service) Act(ctx context.Context, id uuid.UUID, match etag.Match, action Action) (${type}, error) {
	row, err := s.current(ctx, id, match)
	if err != nil {
		return ${type}{}, err
	}
	state, allowed := next(row.${entity.state.go}, action)
	if !allowed {
		return ${type}{}, fault.New(fault.Conflict, fmt.Sprintf(text.NotInState, row.${entity.state.go}))
	}
	return s.rows.SetState(ctx, id, row.Version, state)
}
`;
};

const touchSource = (entity: GoEntity): string => {
  const actions = touchingActions(entity);
  if (actions.length === 0) return '';
  const names = actions.map((a) => a.name).join(', ');
  const { type } = entity;
  return go`
// Touch counts a row's version up. It is all that these actions do, for the design derives no change from them: ${names}.
func (s *Service) Touch(ctx context.Context, id uuid.UUID, match etag.Match) (${type}, error) {
	row, err := s.current(ctx, id, match)
	if err != nil {
		return ${type}{}, err
	}
	return s.rows.Touch(ctx, id, row.Version)
}
`;
};

const serviceSource = (entity: GoEntity): string => {
  const { type } = entity;
  return go`
// Service holds the rules of ${entity.plan.model.table}.
type Service struct {
	rows Repository
}

// NewService answers a service over a repository.
func NewService(rows Repository) *Service {
	return &Service{rows: rows}
}

// List answers one page of rows.
func (s *Service) List(ctx context.Context, query Query) (paging.Page[${type}], error) {
	rows, total, err := s.rows.List(ctx, query)
	if err != nil {
		return paging.Page[${type}]{}, err
	}
	return paging.Of(rows, query.Page, total), nil
}

// Get answers one row.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (${type}, error) {
	return s.rows.Get(ctx, id)
}

// Create keeps a new row.
func (s *Service) Create(ctx context.Context, draft Draft) (${type}, error) {
	return s.rows.Create(ctx, draft)
}

// Update replaces what a row holds, if the client has seen its current version.
func (s *Service) Update(ctx context.Context, id uuid.UUID, match etag.Match, draft Draft) (${type}, error) {
	row, err := s.current(ctx, id, match)
	if err != nil {
		return ${type}{}, err
	}
	return s.rows.Update(ctx, id, row.Version, draft)
}

// Delete takes a row away, if the client has seen its current version.
func (s *Service) Delete(ctx context.Context, id uuid.UUID, match etag.Match) error {
	row, err := s.current(ctx, id, match)
	if err != nil {
		return err
	}
	return s.rows.Delete(ctx, id, row.Version)
}
`;
};

const currentSource = ({ type }: GoEntity): string => go`
func (s *Service) current(ctx context.Context, id uuid.UUID, match etag.Match) (${type}, error) {
	row, err := s.rows.Get(ctx, id)
	if err != nil {
		return ${type}{}, err
	}
	if !match.Allows(row.Version) {
		return ${type}{}, fault.New(fault.Stale, text.StaleVersion)
	}
	return row, nil
}
`;

/** `service.go`: what may be done with a row and when; and the port that its repository fills. */
export const writeService = (entity: GoEntity): string => {
  const own = (name: string): string => `${entity.module}/internal/platform/${name}`;
  const paths = ['context', 'github.com/google/uuid', ...['etag', 'fault', 'paging', 'text'].map(own)];
  const all = movingActions(entity).length > 0 ? [...paths, 'fmt'] : paths;
  return [
    `package ${entity.pkg}\n`,
    `${imports(all, entity.module)}\n`,
    interfaceSource(entity),
    serviceSource(entity),
    actSource(entity),
    touchSource(entity),
    currentSource(entity),
  ]
    .filter((part) => part !== '')
    .join('\n');
};
