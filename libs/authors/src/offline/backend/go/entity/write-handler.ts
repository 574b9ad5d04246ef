import { go, goString, imports } from '../naming/go-text.js';
import { valuesFunction } from './field-rules.js';
import { movingActions, touchingActions, type GoColumn, type GoEntity } from './go-entity.js';

const routes = (entity: GoEntity): readonly string[] => {
  const moving = movingActions(entity);
  return [
    'routes.GET("", web.Handle(h.list))',
    'routes.POST("", web.Handle(h.create))',
    'routes.GET("/:id", web.Handle(h.get))',
    'routes.PUT("/:id", web.Handle(h.update))',
    'routes.DELETE("/:id", web.Handle(h.remove))',
    ...entity.actions.map(
      (a) => `routes.POST("/:id/${a.name}", web.Handle(${moving.includes(a) ? `h.act(${a.go})` : 'h.touch'}))`,
    ),
  ];
};

const filterExpression = (name: string, column: GoColumn): string => {
  if (column.enum) return `web.OneOf(params, "${name}", ${valuesFunction(column.enum.type)}())`;
  if (column.type === 'field.Date') return `params.Date("${name}")`;
  return column.type === 'bool' ? `params.Bool("${name}")` : `params.UUID("${name}")`;
};

/** Columns that `sort` takes, each once and in the contract's order. */
export const sortColumns = (entity: GoEntity): readonly string[] => [
  ...new Set(entity.plan.sort.values.map((v) => v.replace(/^-/, ''))),
];

const querySource = (entity: GoEntity): string => go`
func readQuery(c *gin.Context) (Query, error) {
	params := web.NewQuery(c)
	sortable := []string{${sortColumns(entity).map(goString).join(', ')}}
	query := Query{
		${queryMembers(entity)}
	}
	return query, params.Err()
}
`;

const queryMembers = (entity: GoEntity): readonly string[] => {
  const pairs = [
    ['Page', `params.Page(sortable, ${goString(entity.plan.sort.byDefault)})`],
    ...entity.filters.map((f) => [f.go, filterExpression(f.name, f.column)]),
  ] as const;
  const width = Math.max(...pairs.map(([key]) => (key ?? '').length));
  return pairs.map(([key, value]) => `${`${key ?? ''}:`.padEnd(width + 1)} ${value ?? ''},`);
};

const headSource = (entity: GoEntity): string => go`
// Handler serves ${entity.plan.model.table} over HTTP.
type Handler struct {
	service *Service
}

// NewHandler answers a handler over a service.
func NewHandler(service *Service) *Handler {
	return &Handler{service: service}
}

// Register adds the routes.
func (h *Handler) Register(router gin.IRouter) {
	routes := router.Group("/${entity.plan.model.resource}")
	${routes(entity)}
}
`;

const READS = go`
func (h *Handler) list(c *gin.Context) error {
	query, err := readQuery(c)
	if err != nil {
		return err
	}
	page, err := h.service.List(c.Request.Context(), query)
	if err != nil {
		return err
	}
	c.JSON(http.StatusOK, page)
	return nil
}

func (h *Handler) get(c *gin.Context) error {
	id, err := web.ID(c)
	if err != nil {
		return err
	}
	row, err := h.service.Get(c.Request.Context(), id)
	if err != nil {
		return err
	}
	return web.Versioned(c, http.StatusOK, row.Version, row)
}
`;

const WRITES = go`
func (h *Handler) create(c *gin.Context) error {
	draft, err := readDraft(c)
	if err != nil {
		return err
	}
	row, err := h.service.Create(c.Request.Context(), draft)
	if err != nil {
		return err
	}
	c.Header("Location", c.Request.URL.Path+"/"+row.ID.String())
	return web.Versioned(c, http.StatusCreated, row.Version, row)
}

func (h *Handler) update(c *gin.Context) error {
	id, match, err := web.Target(c)
	if err != nil {
		return err
	}
	draft, err := readDraft(c)
	if err != nil {
		return err
	}
	row, err := h.service.Update(c.Request.Context(), id, match, draft)
	if err != nil {
		return err
	}
	return web.Versioned(c, http.StatusOK, row.Version, row)
}

func (h *Handler) remove(c *gin.Context) error {
	id, match, err := web.Target(c)
	if err != nil {
		return err
	}
	if err := h.service.Delete(c.Request.Context(), id, match); err != nil {
		return err
	}
	c.Status(http.StatusNoContent)
	return nil
}

func readDraft(c *gin.Context) (Draft, error) {
	body, err := web.Body(c)
	if err != nil {
		return Draft{}, err
	}
	return ReadDraft(body)
}
`;

const ACT = go`
func (h *Handler) act(action Action) func(c *gin.Context) error {
	return func(c *gin.Context) error {
		id, match, err := web.Target(c)
		if err != nil {
			return err
		}
		row, err := h.service.Act(c.Request.Context(), id, match, action)
		if err != nil {
			return err
		}
		return web.Versioned(c, http.StatusOK, row.Version, row)
	}
}
`;

const TOUCH = go`
func (h *Handler) touch(c *gin.Context) error {
	id, match, err := web.Target(c)
	if err != nil {
		return err
	}
	row, err := h.service.Touch(c.Request.Context(), id, match)
	if err != nil {
		return err
	}
	return web.Versioned(c, http.StatusOK, row.Version, row)
}
`;

/** `handler.go`: routes, and what of a request becomes a call of the service. */
export const writeHandler = (entity: GoEntity): string =>
  [
    `package ${entity.pkg}\n`,
    `${imports(['net/http', 'github.com/gin-gonic/gin', `${entity.module}/internal/platform/web`], entity.module)}\n`,
    headSource(entity),
    READS,
    WRITES,
    ...(movingActions(entity).length > 0 ? [ACT] : []),
    ...(touchingActions(entity).length > 0 ? [TOUCH] : []),
    querySource(entity),
  ].join('\n');
