import type { AppModel, EntityView, FieldView } from '../app-model/app-model.js';
import { quoted } from '../text/literals.js';
import { file, indent, when, type Part } from '../text/lines.js';
import { versionArgument } from './detail-file.js';
import { pointsAtItself, targetImports, targetOf } from './shown.js';

const INPUT_TYPES: Partial<Record<FieldView['kind'], string>> = {
  email: ' type="email"',
  url: ' type="url"',
  date: ' type="date"',
  datetime: ' type="datetime-local"',
  time: ' type="time"',
  integer: ' inputMode="numeric"',
  decimal: ' inputMode="decimal"',
};

/** Which component takes a field, and the attributes of its own. */
export const inputOf = (app: AppModel, e: EntityView, f: FieldView): readonly [component: string, rest: string] => {
  const target = targetOf(app, f);
  if (target) return ['RelationField', ` target={${target.value}Target}`];
  if (f.choice) return ['SelectField', ` options={optionsOf(${e.value}Labels.values.${f.name})}`];
  if (f.kind === 'boolean') return [f.isNullable ? 'YesNoField' : 'CheckboxField', ''];
  if (f.kind === 'text' || f.kind === 'json') return ['TextAreaField', ''];
  return ['TextField', INPUT_TYPES[f.kind] ?? ''];
};

const need = (f: FieldView, component: string): string => {
  if (component === 'CheckboxField') return '';
  return f.isNullable ? ' required={false}' : ' required';
};

export const input = (app: AppModel, e: EntityView, f: FieldView): string => {
  const [component, rest] = inputOf(app, e, f);
  return `<${component} {...form.field(${quoted(f.name)})} label={${e.value}Labels.fields.${f.name}}${need(f, component)}${rest} />`;
};

const modelImports = (e: EntityView): readonly string[] => [
  ...(e.calls.create ? [`new${e.type}`] : []),
  `to${e.type}Input`,
  `${e.value}Rules`,
  ...(e.calls.update ? [`${e.value}Values`] : []),
  `type ${e.type}Values`,
];

const imports = (app: AppModel, e: EntityView): Part => {
  const { create, update, get } = e.calls;
  const inputs = e.inputs.map((f) => inputOf(app, e, f));
  const components = [...new Set(inputs.map(([component]) => component))].filter((c) => c !== 'RelationField').sort();
  const withOptions = inputs.some(([, rest]) => rest.includes('optionsOf'));
  const api = [create?.fn, update && get?.fn, update?.fn, `type ${e.type}`].filter((name) => name !== undefined);
  return [
    when(update, `import { useCallback } from 'react';`),
    `import type { Answer } from '../../api/http';`,
    `import { useHttp } from '../../api/http-context';`,
    `import { ${api.join(', ')} } from '../../api/${e.file}';`,
    `import { hrefOf, navigate } from '../../app/router';`,
    `import { useForm } from '../../forms/use-form';`,
    `import { useI18n } from '../../i18n/i18n';`,
    when(
      components.length > 0,
      `import { ${[...components, ...(withOptions ? ['optionsOf'] : [])].join(', ')} } from '../../ui/fields';`,
    ),
    `import { useFlash } from '../../ui/flash';`,
    `import { FormView } from '../../ui/form-view';`,
    when(
      inputs.some(([component]) => component === 'RelationField'),
      `import { RelationField } from '../../ui/relation';`,
    ),
    when(update, [
      `import { RemoteView } from '../../ui/remote-view';`,
      `import { useRemote } from '../../ui/use-remote';`,
    ]),
    targetImports(app, e.inputs, e),
    `import { ${modelImports(e).join(', ')} } from './${e.file}-form-model';`,
    `import { ${e.value}Labels } from './${e.file}-labels';`,
    when(pointsAtItself(app, e.inputs, e), `import { ${e.value}Target } from './${e.file}-target';`),
    '',
  ];
};

const form = (app: AppModel, e: EntityView): Part => [
  `interface ${e.type}FormProps {`,
  indent([
    'readonly title: string;',
    `readonly initial: ${e.type}Values;`,
    `readonly send: (values: ${e.type}Values) => Promise<Answer<${e.type}>>;`,
    '/** Where giving up leads. */',
    'readonly cancelHref: string;',
    'readonly onReload?: () => void;',
  ]),
  '}',
  '',
  `function ${e.type}Form({ title, initial, send, cancelHref, onReload }: ${e.type}FormProps) {`,
  indent([
    'const { t } = useI18n();',
    'const say = useFlash();',
    'const form = useForm({',
    indent([
      'initial,',
      `rules: ${e.value}Rules,`,
      'send,',
      `onSaved: ({ id }: ${e.type}) => {`,
      indent(['say(t.saved);', `navigate(hrefOf([${quoted(e.resource)}, id]));`]),
      '},',
    ]),
    '});',
    'return (',
    indent([
      '<FormView title={title} form={form} cancelHref={cancelHref} onReload={onReload}>',
      indent(e.inputs.map((f) => input(app, e, f))),
      '</FormView>',
    ]),
    ');',
  ]),
  '}',
];

const newPage = (e: EntityView): Part =>
  e.calls.create && [
    '',
    '/** The form for a new row. */',
    `export function ${e.type}New() {`,
    indent([
      'const { t } = useI18n();',
      'const http = useHttp();',
      'return (',
      indent([
        `<${e.type}Form`,
        indent([
          `title={t.createOf(${e.value}Labels.one)}`,
          `initial={new${e.type}}`,
          `send={(values) => ${e.calls.create.fn}(http, to${e.type}Input(values))}`,
          `cancelHref={hrefOf([${quoted(e.resource)}])}`,
        ]),
        '/>',
      ]),
      ');',
    ]),
    '}',
  ];

const editPage = (e: EntityView): Part => {
  const { update, get } = e.calls;
  if (!update || !get) return undefined;
  const version = versionArgument(update);
  return [
    '',
    '/** The form for a row that is there. A reload after a conflict begins with what is there now. */',
    `export function ${e.type}Edit({ id }: { readonly id: string }) {`,
    indent([
      'const { t } = useI18n();',
      'const http = useHttp();',
      `const load = useCallback((signal: AbortSignal) => ${get.fn}(http, id, signal), [http, id]);`,
      'const [remote, reload] = useRemote(load);',
      'return (',
      indent([
        '<RemoteView remote={remote} onRetry={reload}>',
        indent([
          `{(${e.value}, etag) => (`,
          indent([
            `<${e.type}Form`,
            indent([
              'key={etag}',
              `title={t.editOf(${e.value}Labels.one)}`,
              `initial={${e.value}Values(${e.value})}`,
              `send={(values) => ${update.fn}(http, ${version}, to${e.type}Input(values))}`,
              `cancelHref={hrefOf([${quoted(e.resource)}, id])}`,
              'onReload={reload}',
            ]),
            '/>',
          ]),
          ')}',
        ]),
        '</RemoteView>',
      ]),
      ');',
    ]),
    '}',
  ];
};

/** `book-form.tsx`: the form of one entity and its two pages. */
export const formFile = (app: AppModel, e: EntityView): string =>
  file(imports(app, e), form(app, e), newPage(e), editPage(e));
