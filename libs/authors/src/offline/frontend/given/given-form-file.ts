import type { AppModel, EntityView } from '../app-model/app-model.js';
import { quoted } from '../text/literals.js';
import { file, indent, when, type Part } from '../text/lines.js';
import { input, inputOf } from '../write/form-file.js';
import { changeForms, draftForms, type FormView } from './form-inputs.js';

/** `pet-form.tsx` for a given contract: the form for a new row and the one for a row that is there need not ask the same. */
export const givenFormFile = (app: AppModel, e: EntityView): string => {
  const [draft] = draftForms(e);
  const [change] = changeForms(e);
  const pages = [draft && newPage(app, e, draft), change && editPage(app, e, change)].filter(
    (page) => page !== undefined,
  );
  return file(
    imports(
      app,
      e,
      [draft, change].flatMap((form) => form ?? []),
    ),
    pages.flatMap((page, i) => (i === 0 ? [page] : ['', page])),
  );
};

export const formModelName = (form: FormView): string =>
  form.type
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();

const hasDetail = (e: EntityView): boolean => e.calls.get !== undefined;

const imports = (app: AppModel, e: EntityView, forms: readonly FormView[]): Part => {
  const inputs = forms.flatMap((form) => form.inputs.map((f) => inputOf(app, form, f)));
  const components = [...new Set(inputs.map(([component]) => component))].sort();
  const withOptions = inputs.some(([, rest]) => rest.includes('optionsOf'));
  const edits = forms.some((form) => form.calls.update !== undefined);
  const { create, update, get } = e.calls;
  const calls = [create?.fn, update && get?.fn, update?.fn, update && `type ${e.type}`].filter(
    (name) => name !== undefined,
  );
  return [
    when(edits, `import { useCallback } from 'react';`),
    `import { useHttp } from '../../api/http-context';`,
    `import { ${calls.join(', ')} } from '../../api/${e.file}';`,
    `import { hrefOf, navigate } from '../../app/router';`,
    `import { useForm } from '../../forms/use-form';`,
    `import { useI18n } from '../../i18n/i18n';`,
    when(
      components.length > 0,
      `import { ${[...components, ...(withOptions ? ['optionsOf'] : [])].join(', ')} } from '../../ui/fields';`,
    ),
    `import { useFlash } from '../../ui/flash';`,
    `import { FormView } from '../../ui/form-view';`,
    when(edits, [
      `import { RemoteView } from '../../ui/remote-view';`,
      `import { useRemote } from '../../ui/use-remote';`,
    ]),
    forms.map((form) => `import { ${modelImports(form).join(', ')} } from './${formModelName(form)}-model';`),
    `import { ${e.value}Labels } from './${e.file}-labels';`,
    '',
  ];
};

const modelImports = (form: FormView): readonly string[] => [
  ...(form.calls.update ? [`${form.value}Values`] : [`new${form.type}`]),
  `${form.value}Rules`,
  `to${form.type}Input`,
];

const fields = (app: AppModel, form: FormView): Part =>
  form.inputs.map((f) => input(app, form, f).replaceAll(`${form.value}Labels.`, `${form.row.value}Labels.`));

const saved = (e: EntityView, isTold: boolean): Part => {
  const list = `hrefOf([${quoted(e.resource)}])`;
  const row = `hrefOf([${quoted(e.resource)}, id])`;
  return isTold && hasDetail(e)
    ? ['onSaved: (id) => {', indent(['say(t.saved);', `navigate(${row});`]), '},']
    : ['onSaved: () => {', indent(['say(t.saved);', `navigate(${list});`]), '},'];
};

/** Whether the client tells which row was made. */
export const tellsId = (e: EntityView): boolean => {
  const { create, idParts = [] } = e.wire ?? {};
  return create !== undefined && (idParts.length === create.pathInputs.length || create.answer.kind === 'record');
};

const newPage = (app: AppModel, e: EntityView, form: FormView): Part => [
  '/** The form for a new row. */',
  `export function ${e.type}New() {`,
  indent([
    'const { t } = useI18n();',
    'const http = useHttp();',
    'const say = useFlash();',
    'const form = useForm({',
    indent([
      `initial: new${form.type},`,
      `rules: ${form.value}Rules,`,
      `send: (values) => ${e.calls.create?.fn ?? ''}(http, to${form.type}Input(values)),`,
      saved(e, tellsId(e)),
    ]),
    '});',
    'return (',
    indent([
      `<FormView title={t.createOf(${e.value}Labels.one)} form={form} cancelHref={hrefOf([${quoted(e.resource)}])}>`,
      indent(fields(app, form)),
      '</FormView>',
    ]),
    ');',
  ]),
  '}',
];

const editPage = (app: AppModel, e: EntityView, form: FormView): Part => [
  `interface ${form.type}FormProps {`,
  indent(['readonly id: string;', `readonly ${e.value}: ${e.type};`, 'readonly onReload: () => void;']),
  '}',
  '',
  `function ${form.type}Form({ id, ${e.value}, onReload }: ${form.type}FormProps) {`,
  indent([
    'const { t } = useI18n();',
    'const http = useHttp();',
    'const say = useFlash();',
    `const cancelHref = hrefOf([${quoted(e.resource)}, id]);`,
    'const form = useForm({',
    indent([
      `initial: ${form.value}Values(${e.value}),`,
      `rules: ${form.value}Rules,`,
      `send: (values) => ${e.calls.update?.fn ?? ''}(http, id, to${form.type}Input(values)),`,
      saved(e, true),
    ]).map((line) => line.replace(`onSaved: (id) =>`, 'onSaved: () =>')),
    '});',
    'return (',
    indent([
      `<FormView title={t.editOf(${e.value}Labels.one)} form={form} cancelHref={cancelHref} onReload={onReload}>`,
      indent(fields(app, form)),
      '</FormView>',
    ]),
    ');',
  ]),
  '}',
  '',
  '/** The form for a row that is there. */',
  `export function ${e.type}Edit({ id }: { readonly id: string }) {`,
  indent([
    'const http = useHttp();',
    `const load = useCallback((signal: AbortSignal) => ${e.calls.get?.fn ?? ''}(http, id, signal), [http, id]);`,
    'const [remote, reload] = useRemote(load);',
    'return (',
    indent([
      '<RemoteView remote={remote} onRetry={reload}>',
      indent(`{(${e.value}) => <${form.type}Form id={id} ${e.value}={${e.value}} onReload={reload} />}`),
      '</RemoteView>',
    ]),
    ');',
  ]),
  '}',
];
