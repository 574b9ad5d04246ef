import type { ServicePlan } from '../../shared/service-plan.js';
import type { GoEntity } from '../entity/go-entity.js';
import { go, goString, imports, members } from '../naming/go-text.js';

const shapes = (entities: readonly GoEntity[]): readonly string[] =>
  entities.flatMap(({ plan, pkg, type }) => [
    `{${goString(plan.schemas.read)}, ${pkg}.${type}{}},`,
    `{${goString(plan.schemas.page)}, paging.Page[${pkg}.${type}]{}},`,
  ]);

const drafts = (entities: readonly GoEntity[]): readonly string[] =>
  members(
    entities.map(({ plan, pkg }) => [
      goString(plan.schemas.input),
      `func(body field.Object) error { _, err := ${pkg}.ReadDraft(body); return err }`,
    ]),
  );

/** `contract_test.go`: routes and JSON fields are those of the contract, no more and no less. */
export const writeContractTest = (plan: ServicePlan, entities: readonly GoEntity[], module: string): string => {
  const own = (name: string): string => `${module}/internal/platform/${name}`;
  const paths = [
    ...['encoding/json', 'errors', 'log/slog', 'maps', 'net/http', 'net/http/httptest', 'reflect', 'slices'],
    ...['strings', 'testing', 'time', `${module}/api`],
    ...['config', 'fault', 'field', 'paging', 'text', 'web'].map(own),
    ...entities.map((e) => `${module}/internal/${e.pkg}`),
  ];
  return go`
package app

${imports(paths, module)}

type document struct {
	Paths      map[string]map[string]json.RawMessage \`json:"paths"\`
	Components struct {
		Schemas map[string]struct {
			Properties map[string]json.RawMessage \`json:"properties"\`
			Required   []string                   \`json:"required"\`
		} \`json:"schemas"\`
	} \`json:"components"\`
}

func contract(t *testing.T) document {
	t.Helper()
	var read document
	if err := json.Unmarshal(api.Contract(), &read); err != nil {
		t.Fatal(err)
	}
	return read
}

func settings() config.Config {
	return config.Config{Tokens: []string{"full"}, ReadTokens: []string{"reader"}, RequestTimeout: time.Minute}
}

func TestRoutesAreThoseOfTheContract(t *testing.T) {
	var promised, served []string
	for path, methods := range contract(t).Paths {
		for method := range methods {
			if method != "parameters" {
				promised = append(promised, strings.ToUpper(method)+" "+path)
			}
		}
	}
	for _, route := range NewRouter(nil, settings(), slog.New(slog.DiscardHandler)).Routes() {
		if path, ours := strings.CutPrefix(route.Path, basePath); ours {
			served = append(served, route.Method+" "+strings.ReplaceAll(path, ":id", "{id}"))
		}
	}
	slices.Sort(promised)
	slices.Sort(served)
	if !slices.Equal(promised, served) {
		t.Errorf("served are %v, promised %v", served, promised)
	}
}

func TestRowsHaveTheFieldsOfTheContract(t *testing.T) {
	shapes := []struct {
		schema string
		value  any
	}{
		${shapes(entities)}
	}
	for _, shape := range shapes {
		promised := slices.Sorted(maps.Keys(contract(t).Components.Schemas[shape.schema].Properties))
		if fields := jsonFields(reflect.TypeOf(shape.value)); !slices.Equal(fields, promised) {
			t.Errorf("%s has %v, promised are %v", shape.schema, fields, promised)
		}
	}
}

func jsonFields(of reflect.Type) []string {
	var names []string
	for i := range of.NumField() {
		name, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func TestBodiesHaveTheFieldsOfTheContract(t *testing.T) {
	for schema, read := range map[string]func(body field.Object) error{
		${drafts(entities)}
	} {
		promised := contract(t).Components.Schemas[schema]
		everything := field.Object{}
		for name := range promised.Properties {
			everything[name] = json.RawMessage("null")
		}
		if unknown := named(read(everything), text.UnknownField); unknown != nil {
			t.Errorf("%s does not know %v", schema, unknown)
		}
		required := named(read(field.Object{}), text.Required)
		if slices.Sort(promised.Required); !slices.Equal(required, promised.Required) {
			t.Errorf("%s requires %v, promised are %v", schema, required, promised.Required)
		}
	}
}

// named lists the fields that an error has that message for.
func named(err error, message string) []string {
	var failure *fault.Error
	if !errors.As(err, &failure) {
		return nil
	}
	var names []string
	for _, problem := range failure.Fields {
		if problem.Message == message {
			names = append(names, problem.Name)
		}
	}
	slices.Sort(names)
	return names
}

func TestProblemsHaveTheFieldsOfTheContract(t *testing.T) {
	promised := slices.Sorted(maps.Keys(contract(t).Components.Schemas[${goString(problemSchema(plan))}].Properties))
	if fields := jsonFields(reflect.TypeFor[web.Problem]()); !slices.Equal(fields, promised) {
		t.Errorf("problems have %v, promised are %v", fields, promised)
	}
}

func TestTokensOpenTheResourcesAndNothingElseNeedsOne(t *testing.T) {
	router := NewRouter(nil, settings(), slog.New(slog.DiscardHandler))
	cases := []struct {
		method, path, token string
		status              int
	}{
		{http.MethodGet, "/health/live", "", http.StatusOK},
		{http.MethodGet, "/openapi.json", "", http.StatusOK},
		{http.MethodGet, basePath + "/${entities[0]?.plan.model.resource ?? ''}", "", http.StatusUnauthorized},
		{http.MethodGet, basePath + "/${entities[0]?.plan.model.resource ?? ''}/no-id", "reader", http.StatusBadRequest},
		{http.MethodPost, basePath + "/${entities[0]?.plan.model.resource ?? ''}", "reader", http.StatusForbidden},
		{http.MethodPost, basePath + "/${entities[0]?.plan.model.resource ?? ''}", "full", http.StatusBadRequest},
	}
	for _, c := range cases {
		request := httptest.NewRequestWithContext(t.Context(), c.method, c.path, strings.NewReader("no JSON"))
		request.Header.Set("Authorization", "Bearer "+c.token)
		recorder := httptest.NewRecorder()
		router.ServeHTTP(recorder, request)
		if recorder.Code != c.status {
			t.Errorf("%s %s with the token %q gives %d: %s", c.method, c.path, c.token, recorder.Code, recorder.Body)
		}
	}
}

func TestTheContractIsServedAsDesigned(t *testing.T) {
	recorder := httptest.NewRecorder()
	request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/openapi.json", nil)
	NewRouter(nil, settings(), slog.New(slog.DiscardHandler)).ServeHTTP(recorder, request)
	if recorder.Header().Get("Content-Type") != "application/json" || recorder.Body.String() != string(api.Contract()) {
		t.Errorf("served is %s", recorder.Body)
	}
}
`;
};

/** The schema that no entity accounts for: what errors look like. */
const problemSchema = (plan: ServicePlan): string => {
  const components = plan.contract['components'];
  const schemas =
    typeof components === 'object' && components !== null && 'schemas' in components ? components['schemas'] : {};
  const known = new Set(plan.entities.flatMap((e) => Object.values(e.schemas)));
  return Object.keys(schemas as object).find((name) => !known.has(name)) ?? 'Problem';
};
