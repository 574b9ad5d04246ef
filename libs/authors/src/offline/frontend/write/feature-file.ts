import type { EntityView } from '../app-model/app-model.js';
import { quoted } from '../text/literals.js';
import { file, indent, when } from '../text/lines.js';

/** Whether the row can be edited: it has to be read first. */
export const canEdit = (e: EntityView): boolean => e.calls.update !== undefined && e.calls.get !== undefined;

/** `book-feature.ts`: the pages of one entity, for the shell. */
export const featureFile = (e: EntityView): string => {
  const { list, create, get } = e.calls;
  const forms = [...(canEdit(e) ? [`${e.type}Edit`] : []), ...(create ? [`${e.type}New`] : [])];
  return file(
    when(list, `import { ${list?.fn ?? ''} } from '../../api/${e.file}';`),
    `import type { Feature } from '../../app/feature';`,
    when(get, `import { ${e.type}Detail } from './${e.file}-detail';`),
    when(forms.length > 0, `import { ${forms.join(', ')} } from './${e.file}-form';`),
    `import { ${e.value}Labels } from './${e.file}-labels';`,
    when(list, `import { ${e.type}List } from './${e.file}-list';`),
    '',
    '/** The pages of these records. */',
    `export const ${e.value}Feature: Feature = {`,
    indent([
      `resource: ${quoted(e.resource)},`,
      `label: ${e.value}Labels.many,`,
      list && `count: (http, signal) => ${list.fn}(http, ${e.hasPaging ? '{ size: 1 }' : '{}'}, signal),`,
      when(list, `List: ${e.type}List,`),
      when(create, `New: ${e.type}New,`),
      when(get, `Detail: ${e.type}Detail,`),
      when(canEdit(e), `Edit: ${e.type}Edit,`),
    ]),
    '};',
  );
};
