import type { ServicePlan } from '../../shared/service-plan.js';
import type { GoEntity } from '../entity/go-entity.js';
import { go, goString, imports } from '../naming/go-text.js';

const registrations = (entities: readonly GoEntity[]): readonly string[] =>
  entities.map(({ pkg }) => `${pkg}.NewHandler(${pkg}.NewService(${pkg}.NewRepository(store))).Register(resources)`);

/** `app.go`: the router with every resource of the contract. */
export const writeApp = (plan: ServicePlan, entities: readonly GoEntity[], module: string): string => {
  const paths = [
    ...['context', 'log/slog', 'net/http', 'github.com/gin-gonic/gin', `${module}/api`],
    ...['config', 'db', 'web'].map((name) => `${module}/internal/platform/${name}`),
    ...entities.map((e) => `${module}/internal/${e.pkg}`),
  ];
  return go`
// Package app puts the service together.
package app

${imports(paths, module)}

const basePath = ${goString(plan.basePath)}

// Store is the database that the service keeps its rows in.
type Store interface {
	${plan.entities.some((e) => e.limits.length > 0) ? 'db.Transactor' : 'db.Querier'}
	Ping(ctx context.Context) error
}

// NewRouter serves every resource of the contract, the contract itself, and the service's health.
func NewRouter(store Store, settings config.Config, logger *slog.Logger) *gin.Engine {
	router := web.NewRouter(web.Options{Logger: logger, Timeout: settings.RequestTimeout, Origins: settings.Origins})
	web.Health(router, store)
	router.GET("/openapi.json", func(c *gin.Context) {
		c.Data(http.StatusOK, "application/json", api.Contract())
	})
	tokens := web.Tokens{Full: settings.Tokens, ReadOnly: settings.ReadTokens}
	resources := router.Group(basePath, web.Authenticate(tokens))
	${registrations(entities)}
	return router
}
`;
};
