import { aligned, go, goString, imports } from '../naming/go-text.js';
import { sampleOf } from '../entity/sample.js';
import { sortColumns } from '../entity/write-handler.js';
import { constantOf, movingActions, touchingActions, type GoColumn, type GoEntity } from '../entity/go-entity.js';

const pathOf = (entity: GoEntity): string => `/api/${entity.plan.model.resource}`;

const supportSource = (entity: GoEntity): string => go`
type request struct {
	method, path, body, ifMatch string
}

// answer is what the handler answers over a repository of one row.
func answer(t *testing.T, rows *fakeRows, r request) *httptest.ResponseRecorder {
	t.Helper()
	router := web.NewRouter(web.Options{Logger: slog.New(slog.DiscardHandler), Timeout: time.Minute})
	NewHandler(NewService(rows)).Register(router.Group("/api"))
	sent := httptest.NewRequestWithContext(t.Context(), r.method, r.path, strings.NewReader(r.body))
	if r.ifMatch != "" {
		sent.Header.Set("If-Match", r.ifMatch)
	}
	recorder := httptest.NewRecorder()
	router.ServeHTTP(recorder, sent)
	return recorder
}

func holds(t *testing.T, response *httptest.ResponseRecorder, status int, want any) {
	t.Helper()
	if response.Code != status {
		t.Fatalf("the status is %d, not %d: %s", response.Code, status, response.Body)
	}
	expected, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if response.Body.String() != string(expected) {
		t.Errorf("the body is %s, not %s", response.Body, expected)
	}
}

// rowAt is the path of the row that the fake repository has.
func rowAt(suffix string) string {
	return "${pathOf(entity)}/" + sampleRow().ID.String() + suffix
}
`;

const statusTable = (entity: GoEntity): readonly string[] => {
  const path = pathOf(entity);
  const changes = [
    ['http.MethodPut', '""', 'sampleBody'],
    ['http.MethodDelete', '""', '""'],
    ...entity.actions.map((a) => ['http.MethodPost', `"/${a.name}"`, '""']),
  ];
  const problem = (method: string, at: string, rest: string, status: string): string =>
    `{request{method: ${method}, path: ${at}${rest}}, http.${status}},`;
  return [
    problem('http.MethodGet', `"${path}/no-id"`, '', 'StatusBadRequest'),
    problem('http.MethodGet', `"${path}/00000000-0000-4000-8000-000000000000"`, '', 'StatusNotFound'),
    problem('http.MethodPost', `"${path}"`, ', body: "no JSON"', 'StatusBadRequest'),
    problem('http.MethodPost', `"${path}"`, `, body: ${goString('{"no_such_field": 1}')}`, 'StatusUnprocessableEntity'),
    problem('http.MethodPut', 'rowAt("")', ', body: "no JSON", ifMatch: `"7"`', 'StatusBadRequest'),
    problem(
      'http.MethodPut',
      'rowAt("")',
      `, body: ${goString('{"no_such_field": 1}')}, ifMatch: \`"7"\``,
      'StatusUnprocessableEntity',
    ),
    ...changes.flatMap(([method = '', suffix = '', body = '']) => [
      problem(
        method,
        `"${path}/no-id" + ${suffix}`.replace(' + ""', ''),
        `, body: ${body}, ifMatch: \`"7"\``,
        'StatusBadRequest',
      ),
      problem(method, `rowAt(${suffix})`, `, body: ${body}`, 'StatusBadRequest'),
      problem(method, `rowAt(${suffix})`, `, body: ${body}, ifMatch: \`"6"\``, 'StatusPreconditionFailed'),
    ]),
  ].map((line) => line.replace(', body: ""', ''));
};

const problemTest = (entity: GoEntity): string => go`
func TestHandlerTellsWhatIsWrong(t *testing.T) {
	cases := []struct {
		request request
		status  int
	}{
		${statusTable(entity)}
	}
	for _, c := range cases {
		response := answer(t, &fakeRows{row: sampleRow()}, c.request)
		if response.Code != c.status || response.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%+v gives %d: %s", c.request, response.Code, response.Body)
		}
	}
}

func TestHandlerTellsAFailureOfTheStoreWithoutItsWords(t *testing.T) {
	rows := &fakeRows{row: sampleRow(), err: errors.New("secret words")}
	for _, r := range []request{
		{method: http.MethodGet, path: "${pathOf(entity)}"},
		{method: http.MethodPost, path: "${pathOf(entity)}", body: sampleBody},
		{method: http.MethodPut, path: rowAt(""), body: sampleBody, ifMatch: "*"},
		{method: http.MethodDelete, path: rowAt(""), ifMatch: "*"},
		${touchingActions(entity)
      .slice(0, 1)
      .map((a) => `{method: http.MethodPost, path: rowAt("/${a.name}"), ifMatch: "*"},`)}
	} {
		response := answer(t, rows, r)
		if response.Code != http.StatusInternalServerError || strings.Contains(response.Body.String(), "secret") {
			t.Errorf("%s %s gives %d: %s", r.method, r.path, response.Code, response.Body)
		}
	}
}
`;

const successTests = (entity: GoEntity): string => go`
func TestHandlerCreates(t *testing.T) {
	rows := &fakeRows{row: sampleRow()}
	response := answer(t, rows, request{method: http.MethodPost, path: "${pathOf(entity)}", body: sampleBody})
	want := sampleRow()
	want.Version = 1
	holds(t, response, http.StatusCreated, want)
	if response.Header().Get("ETag") != \`"1"\` || response.Header().Get("Location") != rowAt("") {
		t.Errorf("the headers are %v", response.Header())
	}
	if !reflect.DeepEqual(rows.draft, sampleDraft()) {
		t.Errorf("the store was given %+v", rows.draft)
	}
}

func TestHandlerGets(t *testing.T) {
	response := answer(t, &fakeRows{row: sampleRow()}, request{method: http.MethodGet, path: rowAt("")})
	holds(t, response, http.StatusOK, sampleRow())
	if response.Header().Get("ETag") != \`"7"\` {
		t.Errorf("the headers are %v", response.Header())
	}
}

func TestHandlerUpdates(t *testing.T) {
	rows := &fakeRows{row: sampleRow()}
	response := answer(t, rows, request{method: http.MethodPut, path: rowAt(""), body: otherBody, ifMatch: \`"7"\`})
	want := sampleRow()
	want.Version = 8
	holds(t, response, http.StatusOK, want)
	if response.Header().Get("ETag") != \`"8"\` || !reflect.DeepEqual(rows.draft, otherDraft()) {
		t.Errorf("the headers are %v, the store was given %+v", response.Header(), rows.draft)
	}
}

func TestHandlerDeletes(t *testing.T) {
	rows := &fakeRows{row: sampleRow()}
	response := answer(t, rows, request{method: http.MethodDelete, path: rowAt(""), ifMatch: \`"7"\`})
	if response.Code != http.StatusNoContent || response.Body.Len() > 0 || !reflect.DeepEqual(rows.calls, []string{"delete 7"}) {
		t.Errorf("the answer is %d %s, after %v", response.Code, response.Body, rows.calls)
	}
}
`;

/** Half a character has no place in an address; Go has it as U+FFFD, too. */
const queryValue = (column: GoColumn): string =>
  encodeURIComponent(String(JSON.parse(sampleOf(column, 0).json)).replace(/\p{Cs}/gu, '\ufffd'));

const expectedFilter = (column: GoColumn): string => `newFilter(${sampleOf(column, 0).go})`;

const listTest = (entity: GoEntity): string => {
  const column = sortColumns(entity).at(-1) ?? 'created_at';
  const parts = [
    'page=3',
    'size=7',
    `sort=-${column}`,
    ...entity.filters.map((f) => `${f.name}=${queryValue(f.column)}`),
  ];
  const wanted = [
    ['Page:', `paging.Request{Page: 3, Size: 7, Column: "${column}", Descending: true},`],
    ...entity.filters.map((f) => [`${f.go}:`, `${expectedFilter(f.column)},`]),
  ];
  const byDefault = entity.plan.sort.byDefault;
  const first = `paging.Request{Page: 1, Size: 20, Column: "${byDefault.replace(/^-/, '')}"${byDefault.startsWith('-') ? ', Descending: true' : ''}}`;
  const wrong = [
    'page=0',
    'page=x',
    'size=101',
    'sort=no_such_field',
    ...entity.filters.map((f) => `${f.name}=no-such-value`),
  ];
  return go`
func TestHandlerListsWhatIsAskedFor(t *testing.T) {
	rows := &fakeRows{row: sampleRow()}
	response := answer(t, rows, request{method: http.MethodGet, path: "${pathOf(entity)}?${parts.join('&')}"})
	holds(t, response, http.StatusOK, paging.Page[${entity.type}]{Items: []${entity.type}{sampleRow()}, Page: 3, Size: 7, Total: 41})
	want := Query{
		${aligned(wanted)}
	}
	if !reflect.DeepEqual(rows.query, want) {
		t.Errorf("asked was %+v, not %+v", rows.query, want)
	}
}

func TestHandlerListsTheFirstPageByDefault(t *testing.T) {
	rows := &fakeRows{row: sampleRow()}
	answer(t, rows, request{method: http.MethodGet, path: "${pathOf(entity)}"})
	if want := (Query{Page: ${first}}); !reflect.DeepEqual(rows.query, want) {
		t.Errorf("asked was %+v, not %+v", rows.query, want)
	}
	for _, column := range []string{${sortColumns(entity)
    .map((c) => `"${c}"`)
    .join(', ')}} {
		answer(t, rows, request{method: http.MethodGet, path: "${pathOf(entity)}?sort=" + column})
		if rows.query.Page.Column != column || rows.query.Page.Descending {
			t.Errorf("sort=%s asks for %+v", column, rows.query.Page)
		}
	}
}

func TestHandlerRefusesParametersThatItCannotRead(t *testing.T) {
	for _, query := range []string{
		${wrong.map((w) => `"${w}",`)}
	} {
		response := answer(t, &fakeRows{row: sampleRow()}, request{method: http.MethodGet, path: "${pathOf(entity)}?" + query})
		name, _, _ := strings.Cut(query, "=")
		if response.Code != http.StatusBadRequest || !strings.Contains(response.Body.String(), name) {
			t.Errorf("%s gives %d: %s", query, response.Code, response.Body)
		}
	}
}
${entity.filters.length > 0 ? ['\nfunc newFilter[T any](value T) *T {\n\treturn &value\n}'] : []}
`;
};

const actionTest = (entity: GoEntity): string => {
  const { state } = entity;
  const moving = movingActions(entity);
  if (entity.actions.length === 0) return '';
  const cases = [
    ...moving.map((a) => {
      const move = a.moves[0];
      const [from, to] = state ? [constantOf(state, move?.from ?? ''), constantOf(state, move?.to ?? '')] : ['', ''];
      return `{"${a.name}", func(row *${entity.type}) { row.${state?.go ?? ''} = ${from} }, func(row *${entity.type}) { row.${state?.go ?? ''} = ${to} }},`;
    }),
    ...touchingActions(entity).map((a) => `{"${a.name}", func(*${entity.type}) {}, func(*${entity.type}) {}},`),
  ];
  return go`
func TestHandlerActs(t *testing.T) {
	cases := []struct {
		action        string
		before, after func(row *${entity.type})
	}{
		${cases}
	}
	for _, c := range cases {
		rows := &fakeRows{row: sampleRow()}
		c.before(&rows.row)
		want := rows.row
		c.after(&want)
		want.Version = 8
		response := answer(t, rows, request{method: http.MethodPost, path: rowAt("/" + c.action), ifMatch: \`"7"\`})
		holds(t, response, http.StatusOK, want)
		if response.Header().Get("ETag") != \`"8"\` {
			t.Errorf("the headers are %v", response.Header())
		}
	}
}
`;
};

/** `handler_test.go`: every route over a fake repository: status, headers, body. */
export const writeHandlerTest = (entity: GoEntity): string => {
  const own = (name: string): string => `${entity.module}/internal/platform/${name}`;
  const text = [successTests(entity), listTest(entity), actionTest(entity), problemTest(entity), supportSource(entity)]
    .filter((p) => p !== '')
    .join('\n');
  const paths = [
    ...[
      'encoding/json',
      'errors',
      'log/slog',
      'net/http',
      'net/http/httptest',
      'reflect',
      'strings',
      'testing',
      'time',
    ],
    ...['paging', 'web'].map(own),
    ...(text.includes('field.') ? [own('field')] : []),
    ...(text.includes('uuid.') ? ['github.com/google/uuid'] : []),
  ];
  return `package ${entity.pkg}\n\n${imports(paths, entity.module)}\n\n${text}`;
};
