import type { EntityView, FieldView } from '../app-model/app-model.js';
import { quoted } from '../text/literals.js';
import { file, type Part } from '../text/lines.js';

const NAMES = /^(?:name|nome|title|titulo|label|descricao|description)$/;
const isText = (f: FieldView): boolean => f.kind === 'string' && !f.isOptional && !f.isNullable;

/** The field that a row is called by: a name or title, else its first required text. */
export const namingField = (e: EntityView): FieldView | undefined =>
  e.fields.find((f) => isText(f) && NAMES.test(f.name)) ?? e.fields.find(isText);

/** Whether other records can point at one of these. */
export const canPoint = (e: EntityView): boolean =>
  e.wire === undefined && e.calls.list !== undefined && e.calls.get !== undefined;

const nameBody = (e: EntityView): string => {
  const field = namingField(e);
  return field ? `${e.value}.${field.name}` : `\`\${${e.value}Labels.one} \${${e.value}.id.slice(0, 8)}\``;
};

/** By which field those are listed that others may point at; undefined: as the server likes. */
export const listedBy = (e: EntityView): string | undefined => {
  const field = namingField(e)?.name;
  return field !== undefined && e.sorts.includes(field) ? field : undefined;
};

const sortedBy = (e: EntityView): string => {
  const field = listedBy(e);
  return field === undefined ? 'query' : `{ ...query, sort: ${quoted(field)} }`;
};

const target = (e: EntityView): Part =>
  canPoint(e) && [
    '',
    '/** How other records point at one of these. */',
    `export const ${e.value}Target: RelationTarget<${e.type}> = {`,
    `  resource: ${quoted(e.resource)},`,
    `  list: (http, query, signal) => ${e.calls.list?.fn ?? ''}(http, ${sortedBy(e)}, signal),`,
    `  get: ${e.calls.get?.fn ?? ''},`,
    `  nameOf: ${e.value}Name,`,
    '};',
  ];

/** `book-target.ts`: what one row is called, and how others find it. */
export const targetFile = (e: EntityView): string =>
  file(
    canPoint(e)
      ? [
          `import { ${[e.calls.get?.fn, e.calls.list?.fn, `type ${e.type}`].join(', ')} } from '../../api/${e.file}';`,
          `import type { RelationTarget } from '../../ui/relation';`,
        ]
      : `import type { ${e.type} } from '../../api/${e.file}';`,
    !namingField(e) && `import { ${e.value}Labels } from './${e.file}-labels';`,
    '',
    '/** What this very row is called. */',
    `export const ${e.value}Name = (${e.value}: ${e.type}): string => ${nameBody(e)};`,
    target(e),
  );
