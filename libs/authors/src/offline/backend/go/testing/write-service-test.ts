import { go, imports, members } from '../naming/go-text.js';
import { constantOf, movingActions, touchingActions, type GoEntity } from '../entity/go-entity.js';
import { sampleIn } from '../entity/sample.js';

const fakeSource = (entity: GoEntity): string => {
  const { type, state } = entity;
  return go`
// fakeRows is a repository of one row, which remembers what it was asked.
type fakeRows struct {
	row   ${type}
	err   error
	query Query
	draft Draft
	calls []string
}

func (f *fakeRows) called(name string, version int32) (${type}, error) {
	f.calls = append(f.calls, fmt.Sprintf("%s %d", name, version))
	row := f.row
	row.Version = version + 1
	return row, f.err
}

func (f *fakeRows) List(_ context.Context, query Query) ([]${type}, int64, error) {
	f.query = query
	return []${type}{f.row}, 41, f.err
}

func (f *fakeRows) Get(_ context.Context, id uuid.UUID) (${type}, error) {
	if id != f.row.ID {
		return ${type}{}, fault.New(fault.NotFound, text.NoSuchRow)
	}
	return f.row, nil
}

func (f *fakeRows) Create(_ context.Context, draft Draft) (${type}, error) {
	f.draft = draft
	return f.called("create", 0)
}

func (f *fakeRows) Update(_ context.Context, _ uuid.UUID, version int32, draft Draft) (${type}, error) {
	f.draft = draft
	return f.called("update", version)
}

func (f *fakeRows) Delete(_ context.Context, _ uuid.UUID, version int32) error {
	_, err := f.called("delete", version)
	return err
}
${state && movingActions(entity).length > 0 ? [setState(entity)] : []}
${touchingActions(entity).length > 0 ? [touch(entity)] : []}
`;
};

const setState = ({ type, state }: GoEntity): string => `
func (f *fakeRows) SetState(_ context.Context, _ uuid.UUID, version int32, state ${state?.type ?? ''}) (${type}, error) {
	row, err := f.called("set", version)
	row.${state?.go ?? ''} = state
	return row, err
}`;

const touch = ({ type }: GoEntity): string => `
func (f *fakeRows) Touch(_ context.Context, _ uuid.UUID, version int32) (${type}, error) {
	return f.called("touch", version)
}`;

const sampleSource = (entity: GoEntity): string => go`
func sampleRow() ${entity.type} {
	return ${entity.type}{
		${members([
      ['ID', 'uuid.MustParse("5b0e7a52-3c1f-4d2e-8a9b-6c7d8e9f0a1b")'],
      ...entity.columns.map((c) => [c.go, sampleIn(c, 0)] as const),
      ['Version', '7'],
      ['CreatedAt', 'time.Date(2030, time.January, 15, 9, 30, 0, 0, time.UTC)'],
      ['UpdatedAt', 'time.Date(2030, time.January, 16, 9, 30, 0, 0, time.UTC)'],
    ])}
	}
}
`;

const READ_TESTS = (entity: GoEntity): string => go`
func TestServiceListsAPage(t *testing.T) {
	rows := &fakeRows{row: sampleRow()}
	query := Query{Page: paging.Request{Page: 3, Size: 20, Column: "created_at"}}
	page, err := NewService(rows).List(t.Context(), query)
	want := paging.Page[${entity.type}]{Items: []${entity.type}{sampleRow()}, Page: 3, Size: 20, Total: 41}
	if err != nil || !reflect.DeepEqual(page, want) || !reflect.DeepEqual(rows.query, query) {
		t.Errorf("the page is %+v, %v; asked was %+v", page, err, rows.query)
	}
	rows.err = errors.New("no connection")
	if _, err := NewService(rows).List(t.Context(), query); !errors.Is(err, rows.err) {
		t.Errorf("a failure of the store came back as %v", err)
	}
}

func TestServiceGetsAndCreates(t *testing.T) {
	rows := &fakeRows{row: sampleRow()}
	row, err := NewService(rows).Get(t.Context(), rows.row.ID)
	if err != nil || !reflect.DeepEqual(row, sampleRow()) {
		t.Errorf("the row is %+v, %v", row, err)
	}
	row, err = NewService(rows).Create(t.Context(), sampleDraft())
	if err != nil || row.Version != 1 || !reflect.DeepEqual(rows.draft, sampleDraft()) {
		t.Errorf("created was %+v, %v, from %+v", row, err, rows.draft)
	}
}
`;

const changeCalls = (entity: GoEntity): readonly string[] => [
  `"update 7": func(s *Service, id uuid.UUID, match etag.Match) (int32, error) {
	row, err := s.Update(t.Context(), id, match, otherDraft())
	return row.Version, err
},`,
  `"delete 7": func(s *Service, id uuid.UUID, match etag.Match) (int32, error) {
	return 8, s.Delete(t.Context(), id, match)
},`,
  ...(touchingActions(entity).length > 0
    ? [
        `"touch 7": func(s *Service, id uuid.UUID, match etag.Match) (int32, error) {
	row, err := s.Touch(t.Context(), id, match)
	return row.Version, err
},`,
      ]
    : []),
];

const changeTest = (entity: GoEntity): string => go`
func TestServiceChangesOnlyTheVersionThatTheClientHasSeen(t *testing.T) {
	changes := map[string]func(s *Service, id uuid.UUID, match etag.Match) (int32, error){
		${changeCalls(entity)}
	}
	for call, change := range changes {
		rows := &fakeRows{row: sampleRow()}
		service := NewService(rows)
		if _, err := change(service, uuid.Nil, etag.Exactly(7)); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s of a row that is not there gives %v", call, err)
		}
		if _, err := change(service, rows.row.ID, etag.Exactly(6)); !fault.Is(err, fault.Stale) {
			t.Errorf("%s of an old version gives %v", call, err)
		}
		if rows.calls != nil {
			t.Errorf("%s reached the store: %v", call, rows.calls)
		}
		version, err := change(service, rows.row.ID, etag.Exactly(7))
		if err != nil || version != 8 || !reflect.DeepEqual(rows.calls, []string{call}) {
			t.Errorf("%s gives version %d, %v, after %v", call, version, err, rows.calls)
		}
	}
}

func TestServiceUpdatesWithTheWholeDraft(t *testing.T) {
	rows := &fakeRows{row: sampleRow()}
	if _, err := NewService(rows).Update(t.Context(), rows.row.ID, etag.Exactly(7), otherDraft()); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(rows.draft, otherDraft()) {
		t.Errorf("the store was given %+v", rows.draft)
	}
}
`;

const stateTest = (entity: GoEntity): string => {
  const { state } = entity;
  const actions = movingActions(entity);
  if (!state || actions.length === 0) return '';
  const states = (state.enum?.values ?? []).map((v) => v.value);
  const cases = states.flatMap((from) =>
    actions.map((a) => {
      const to = a.moves.find((m) => m.from === from)?.to;
      return `{${constantOf(state, from)}, ${a.go}, ${to === undefined ? '""' : constantOf(state, to)}},`;
    }),
  );
  return go`
func TestServiceActsWhereTheStateAllows(t *testing.T) {
	cases := []struct {
		from   ${state.type}
		action Action
		to     ${state.type}
	}{
		${cases}
	}
	for _, c := range cases {
		rows := &fakeRows{row: sampleRow()}
		rows.row.${state.go} = c.from
		row, err := NewService(rows).Act(t.Context(), rows.row.ID, etag.Exactly(7), c.action)
		if c.to == "" {
			if !fault.Is(err, fault.Conflict) || rows.calls != nil {
				t.Errorf("%s while %s gives %v", c.action, c.from, err)
			}
			continue
		}
		if err != nil || row.${state.go} != c.to || !reflect.DeepEqual(rows.calls, []string{"set 7"}) {
			t.Errorf("%s while %s gives %s, %v", c.action, c.from, row.${state.go}, err)
		}
	}
}

func TestServiceActsOnTheVersionThatTheClientHasSeen(t *testing.T) {
	rows := &fakeRows{row: sampleRow()}
	if _, err := NewService(rows).Act(t.Context(), rows.row.ID, etag.Exactly(6), ${actions[0]?.go ?? ''}); !fault.Is(err, fault.Stale) {
		t.Errorf("an old version gives %v", err)
	}
}
`;
};

/** `service_test.go`: a fake repository, and what the service asks of it. */
export const writeServiceTest = (entity: GoEntity): string => {
  const own = (name: string): string => `${entity.module}/internal/platform/${name}`;
  const text = [READ_TESTS(entity), changeTest(entity), stateTest(entity), sampleSource(entity), fakeSource(entity)]
    .filter((p) => p !== '')
    .join('\n');
  const paths = [
    ...['context', 'errors', 'fmt', 'reflect', 'testing', 'time', 'github.com/google/uuid'],
    ...['etag', 'fault', 'paging', 'text'].map(own),
    ...(text.includes('field.') ? [own('field')] : []),
  ];
  return `package ${entity.pkg}\n\n${imports(paths, entity.module)}\n\n${text}`;
};
