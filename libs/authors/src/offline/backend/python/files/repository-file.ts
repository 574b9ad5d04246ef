import type { EntityPlan } from '../../shared/service-plan.js';
import { attributesOf, namesOf } from '../python-names.js';
import { docText, file, indented, pyString } from '../python-text.js';

const mapping = (head: string, entries: readonly (readonly [string, string])[]): readonly string[] =>
  entries.length === 0
    ? [`${head} = {}`]
    : [`${head} = {`, ...indented(entries.map(([key, value]) => `${pyString(key)}: ${value},`)), '}'];

/** `app/repositories/<entity>.py`. */
export const repositoryFile = (entity: EntityPlan): string => {
  const names = namesOf(entity);
  const attributes = attributesOf(entity.model);
  const attribute = (column: string): string => attributes.get(column) ?? column;
  const columns = [...new Set(entity.sort.values.map((value) => value.replace(/^-/, '')))];
  const typed = 'ClassVar[Mapping[str, Column]]';
  return file([
    `"""${docText(entity.model.labelPlural)} in the store."""`,
    '',
    'from collections.abc import Mapping',
    'from typing import ClassVar',
    '',
    'from app.core.repository import Column, Repository',
    `from app.models.${names.module} import ${names.row}`,
    '',
    '',
    `class ${names.repository}(Repository[${names.row}]):`,
    `    """What a list of ${docText(entity.model.labelPlural)} can be sorted and filtered by."""`,
    '',
    `    row = ${names.row}`,
    ...indented(
      mapping(
        `sortable: ${typed}`,
        columns.map((c) => [c, `${names.row}.${attribute(c)}`]),
      ),
    ),
    ...indented(
      mapping(
        `filters: ${typed}`,
        entity.filters.map((f) => [attribute(f.name), `${names.row}.${attribute(f.name)}`]),
      ),
    ),
  ]);
};
