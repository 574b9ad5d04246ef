import type { AppModel, EntityView, FieldView, FilterView } from '../app-model/app-model.js';
import { quoted } from '../text/literals.js';
import { file, indent, when, type Part } from '../text/lines.js';
import { hasQuery } from './query-file.js';
import { formatted, pointsAtItself, targetImports, targetOf } from './shown.js';

const MAX_COLUMNS = 6;
const isColumn = (f: FieldView): boolean => f.kind !== 'text' && f.kind !== 'json';
const canLink = (f: FieldView): boolean => isColumn(f) && f.kind !== 'relation' && f.kind !== 'boolean';

/** What a table has room for: first something that names the row, last its state, between them the rest in the contract's order. */
export const columnsOf = (e: EntityView): readonly FieldView[] => {
  const first =
    e.fields.find((f) => canLink(f) && !f.isNullable && !(e.wire && f.isOptional)) ??
    (e.wire && e.fields.find((f) => canLink(f) && e.calls.get === undefined)) ??
    e.rowFields.find((f) => f.name === 'id');
  const state = e.fields.filter((f) => f.name === e.model.states?.field && f !== first);
  const rest = e.fields.filter((f) => isColumn(f) && f !== first && !state.includes(f));
  return [...(first ? [first] : []), ...rest.slice(0, MAX_COLUMNS - 1 - state.length), ...state];
};

export const fieldLabel = (e: EntityView, name: string): string =>
  e.rowFields.some((f) => f.name === name && f.system) ? `t.fields.${name}` : `${e.value}Labels.fields.${name}`;

const column = (app: AppModel, e: EntityView, f: FieldView): Part => {
  const target = targetOf(app, f);
  const cell = target ? `<RelationLink target={${target.value}Target} id={${e.value}.${f.name}} />` : formatted(e, f);
  return [
    '{',
    indent([
      `name: ${quoted(f.name)},`,
      `label: ${fieldLabel(e, f.name)},`,
      `isSortable: ${String(e.sorts.includes(f.name))},`,
      `cell: (${e.value}) => ${cell},`,
    ]),
    '},',
  ];
};

const TYPES: Partial<Record<FieldView['kind'], string>> = { date: 'date', datetime: 'datetime-local', time: 'time' };

/** Which component narrows the list by a filter, and the attributes of its own. */
export const filterInput = (
  app: AppModel,
  e: EntityView,
  f: FilterView,
): readonly [component: string, rest: string] => {
  const target = f.field && targetOf(app, f.field);
  if (target) return ['RelationField', ` target={${target.value}Target} emptyLabel={t.all}`];
  if (f.field?.choice)
    return ['SelectField', ` options={optionsOf(${e.value}Labels.values.${f.name})} emptyLabel={t.all}`];
  if (f.kind === 'boolean') return ['YesNoField', ' emptyLabel={t.all}'];
  const type = TYPES[f.kind];
  return ['TextField', type === undefined ? '' : ` type="${type}"`];
};

const filterLine = (app: AppModel, e: EntityView, f: FilterView): string => {
  const [component, rest] = filterInput(app, e, f);
  return `<${component} {...field(${quoted(f.name)})} label={${fieldLabel(e, f.name)}}${rest} />`;
};

const filters = (app: AppModel, e: EntityView): Part =>
  e.filters.length > 0 && [
    'filters={',
    indent(['<>', indent(e.filters.map((f) => filterLine(app, e, f))), '</>']),
    '}',
  ];

const uses = (app: AppModel, e: EntityView) => {
  const columns = columnsOf(e);
  const inputs = e.filters.map((f) => filterInput(app, e, f));
  const components = [...new Set(inputs.map(([component]) => component))];
  const relations = [...columns, ...e.filters.flatMap((f) => f.field ?? [])].filter((f) => f.kind === 'relation');
  return {
    columns,
    fieldImports: [
      ...components.filter((c) => c !== 'RelationField').sort(),
      ...(inputs.some(([, rest]) => rest.includes('optionsOf')) ? ['optionsOf'] : []),
    ],
    relationImports: [
      ...(components.includes('RelationField') ? ['RelationField'] : []),
      ...(columns.some((f) => f.kind === 'relation') ? ['RelationLink'] : []),
    ],
    relations,
    t: inputs.some(([, rest]) => rest.includes('t.all')) || columns.some((f) => fieldLabel(e, f.name).startsWith('t.')),
    format: columns.some((f) => f.kind !== 'relation'),
  };
};

const imports = (app: AppModel, e: EntityView): Part => {
  const use = uses(app, e);
  return [
    `import { useCallback } from 'react';`,
    `import { useHttp } from '../../api/http-context';`,
    `import { ${e.calls.list?.fn ?? ''}, type ${e.type} } from '../../api/${e.file}';`,
    when(hasQuery(e), `import { useRoute } from '../../app/router';`),
    when(use.format, `import { useFormat } from '../../i18n/format';`),
    when(use.t, `import { useI18n } from '../../i18n/i18n';`),
    `import type { Column } from '../../ui/data-table';`,
    when(use.fieldImports.length > 0, `import { ${use.fieldImports.join(', ')} } from '../../ui/fields';`),
    `import { ListView${e.filters.length > 0 ? ', useFilterField' : ''} } from '../../ui/list-view';`,
    when(use.relationImports.length > 0, `import { ${use.relationImports.join(', ')} } from '../../ui/relation';`),
    `import { useRemote } from '../../ui/use-remote';`,
    targetImports(app, use.relations, e),
    `import { ${e.value}Labels } from './${e.file}-labels';`,
    when(hasQuery(e), `import { read${e.type}Query } from './${e.file}-query';`),
    pointsAtItself(app, use.relations, e) && `import { ${e.value}Target } from './${e.file}-target';`,
    '',
  ];
};

const sortShown = (e: EntityView): string =>
  e.sorts.length === 0
    ? 'undefined'
    : `wanted.sort${e.defaultSort === undefined ? '' : ` ?? ${quoted(e.defaultSort)}`}`;

/** Rows of a given contract that have no page of their own. */
const isUnlinked = (e: EntityView): boolean => e.wire !== undefined && e.calls.get === undefined;

const loading = (e: EntityView): Part => {
  const fn = e.calls.list?.fn ?? '';
  return loadingBy(e, fn);
};

const loadingBy = (e: EntityView, fn: string): Part =>
  hasQuery(e)
    ? [
        `const load = useCallback(`,
        `  (signal: AbortSignal) => ${fn}(http, read${e.type}Query(query), signal),`,
        '  [http, query],',
        ');',
      ]
    : `const load = useCallback((signal: AbortSignal) => ${fn}(http, signal), [http]);`;

const body = (app: AppModel, e: EntityView): Part => {
  const use = uses(app, e);
  return [
    use.t && 'const { t } = useI18n();',
    use.format && 'const format = useFormat();',
    'const http = useHttp();',
    hasQuery(e) && 'const { query } = useRoute();',
    e.filters.length > 0 && `const field = useFilterField(${quoted(e.resource)});`,
    loading(e),
    'const [remote, reload] = useRemote(load);',
    `const columns: readonly Column<${e.type}>[] = [`,
    indent(use.columns.map((f) => column(app, e, f))),
    '];',
    'return (',
    indent([
      '<ListView',
      indent([
        `resource=${JSON.stringify(e.resource)}`,
        `title={${e.value}Labels.many}`,
        'columns={columns}',
        'remote={remote}',
        'onRetry={reload}',
        `sort={${sortShown(e).replace('wanted', `read${e.type}Query(query)`)}}`,
        `canCreate={${String(e.calls.create !== undefined)}}`,
        isUnlinked(e) && 'hasPages={false}',
        filters(app, e),
      ]),
      '/>',
    ]),
    ');',
  ];
};

/** `book-list.tsx`: the page with the list of one entity. */
export const listFile = (app: AppModel, e: EntityView): string =>
  file(
    imports(app, e),
    '/** The list: sorted, narrowed and paged by its address. */',
    `export function ${e.type}List() {`,
    indent(body(app, e)),
    '}',
  );
