import type { AppModel, EntityView, FieldView } from '../app-model/app-model.js';
import { file, indent, type Part } from '../text/lines.js';
import { stateField } from './actions-file.js';
import { fieldLabel } from './list-file.js';
import { formatted, pointsAtItself, targetImports, targetOf } from './shown.js';

const TIMES = ['created_at', 'updated_at'];

/** What the page of a row shows: its fields, then when it was made and changed. */
export const factsOf = (e: EntityView): readonly FieldView[] => [
  ...e.fields,
  ...e.rowFields.filter((f) => f.system && TIMES.includes(f.name)),
];

const fact = (app: AppModel, e: EntityView, f: FieldView): string => {
  const target = targetOf(app, f);
  const shown = target
    ? `<RelationLink target={${target.value}Target} id={${e.value}.${f.name}} />`
    : `{${formatted(e, f)}}`;
  return `<Fact label={${fieldLabel(e, f.name)}}>${shown}</Fact>`;
};

/** How an operation names the row: with the version that was read, or by id alone. */
export const versionArgument = (call: { readonly needsIfMatch: boolean } | undefined): string =>
  call?.needsIfMatch ? '{ id, etag }' : 'id';

const usesEtag = (e: EntityView): boolean =>
  [e.calls.remove, ...e.actions.map((a) => a.call)].some((call) => call?.needsIfMatch === true);

const actions = (e: EntityView): string =>
  e.actions.length === 0
    ? 'actions={[]}'
    : `actions={${e.value}Actions(${stateField(e) ? e.value : ''}).map(({ label, run }) => ({ label, run: () => run(http, ${versionArgument(e.actions[0]?.call)}) }))}`;

const view = (app: AppModel, e: EntityView): Part => [
  '<RecordView',
  indent([
    `resource=${JSON.stringify(e.resource)}`,
    'id={id}',
    `name={${e.value}Name(${e.value})}`,
    `canEdit={${String(e.calls.update !== undefined)}}`,
    actions(e),
    e.calls.remove && `remove={() => ${e.calls.remove.fn}(http, ${versionArgument(e.calls.remove)})}`,
    'onChanged={reload}',
  ]),
  '>',
  indent(factsOf(e).map((f) => fact(app, e, f))),
  '</RecordView>',
];

const imports = (app: AppModel, e: EntityView): Part => {
  const facts = factsOf(e);
  const calls = [e.calls.remove?.fn, e.calls.get?.fn].filter((name) => name !== undefined);
  return [
    `import { useCallback } from 'react';`,
    `import { useHttp } from '../../api/http-context';`,
    `import { ${calls.join(', ')} } from '../../api/${e.file}';`,
    `import { useFormat } from '../../i18n/format';`,
    facts.some((f) => fieldLabel(e, f.name).startsWith('t.')) && `import { useI18n } from '../../i18n/i18n';`,
    `import { Fact, RecordView } from '../../ui/record-view';`,
    facts.some((f) => targetOf(app, f)) && `import { RelationLink } from '../../ui/relation';`,
    `import { RemoteView } from '../../ui/remote-view';`,
    `import { useRemote } from '../../ui/use-remote';`,
    targetImports(app, facts, e),
    e.actions.length > 0 && `import { ${e.value}Actions } from './${e.file}-actions';`,
    `import { ${e.value}Labels } from './${e.file}-labels';`,
    `import { ${e.value}Name${pointsAtItself(app, facts, e) ? `, ${e.value}Target` : ''} } from './${e.file}-target';`,
    '',
  ];
};

/** `book-detail.tsx`: the page of one row. */
export const detailFile = (app: AppModel, e: EntityView): string =>
  file(
    imports(app, e),
    '/** One row: its values, and what can be done with it as it is now. */',
    `export function ${e.type}Detail({ id }: { readonly id: string }) {`,
    indent([
      factsOf(e).some((f) => fieldLabel(e, f.name).startsWith('t.')) && 'const { t } = useI18n();',
      'const format = useFormat();',
      'const http = useHttp();',
      `const load = useCallback((signal: AbortSignal) => ${e.calls.get?.fn ?? ''}(http, id, signal), [http, id]);`,
      'const [remote, reload] = useRemote(load);',
      'return (',
      indent([
        '<RemoteView remote={remote} onRetry={reload}>',
        indent([`{(${e.value}${usesEtag(e) ? ', etag' : ''}) => (`, indent(view(app, e)), ')}']),
        '</RemoteView>',
      ]),
      ');',
    ]),
    '}',
  );
