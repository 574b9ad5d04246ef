import type { EntityView } from '../app-model/app-model.js';
import { quoted } from '../text/literals.js';
import { file, indent, when, type Part } from '../text/lines.js';
import { hasQuery } from './query-file.js';

/** Whether the row can be edited: it has to be read first. */
export const canEdit = (e: EntityView): boolean => e.calls.update !== undefined && e.calls.get !== undefined;

/** How the rows are counted; a list that has to be asked for something can't be. */
const counted = (e: EntityView, fn: string): Part => {
  const asked = e.hasPaging ? '{ size: 1 }, ' : '{}, ';
  return !e.isAsked && `count: (http, signal) => ${fn}(http, ${hasQuery(e) ? asked : ''}signal),`;
};

/** `book-feature.ts`: the pages of one entity, for the shell. */
export const featureFile = (e: EntityView): string => {
  const { list, create, get } = e.calls;
  const forms = [...(canEdit(e) ? [`${e.type}Edit`] : []), ...(create ? [`${e.type}New`] : [])];
  return file(
    list && counted(e, list.fn) && `import { ${list.fn} } from '../../api/${e.file}';`,
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
      list && counted(e, list.fn),
      when(list, `List: ${e.type}List,`),
      when(create, `New: ${e.type}New,`),
      when(get, `Detail: ${e.type}Detail,`),
      when(canEdit(e), `Edit: ${e.type}Edit,`),
    ]),
    '};',
  );
};
