import type { FieldModel, RelationModel } from '@squados/contracts';
import { closingRelations, relationKey } from '../../shared/dependency-order.js';
import type { EntityPlan, ServicePlan } from '../../shared/service-plan.js';
import { attributesOf, namesOf } from '../python-names.js';
import { docText, file, fitted, indented, pyString } from '../python-text.js';
import { columnType } from '../python-types.js';

/** `app/models/<entity>.py`: the table as the migrations make it. */
export const modelFile = (entity: EntityPlan, plan: ServicePlan): string => {
  const columns = [...entity.model.relations.flatMap((r) => relationColumn(r, entity, plan)), ...fieldColumns(entity)];
  const names = namesOf(entity);
  return file([
    `"""The table ${entity.model.table}."""`,
    '',
    ...importsFor(columns.join('\n')),
    '',
    '',
    `class ${names.row}(db.Row):`,
    `    """${docText(entity.model.label)} (${entity.model.requirements.map(docText).join(', ')})."""`,
    '',
    `    __tablename__ = ${pyString(entity.model.table)}`,
    ...(columns.length > 0 ? ['', ...indented(columns)] : []),
  ]);
};

/** Import line → what in the body needs it. */
const STANDARD: readonly (readonly [string, RegExp])[] = [
  ['import datetime as dt', /\bdt\./],
  ['import uuid', /\buuid\./],
  ['from decimal import Decimal', /\bDecimal(?:\]| \|)/],
  ['from typing import Any', /\bAny(?:\]| \|)/],
];
const OTHERS: readonly (readonly [string, RegExp])[] = [
  ['import sqlalchemy as sa', /\bsa\./],
  ['from sqlalchemy import orm', /\borm\./],
];

const importsFor = (body: string): readonly string[] => {
  const needed = (lines: typeof STANDARD): readonly string[] =>
    lines.filter(([, use]) => use.test(body)).map(([line]) => line);
  const gap = (lines: readonly string[]): readonly string[] => (lines.length > 0 ? [...lines, ''] : []);
  return [...gap(needed(STANDARD)), ...gap(needed(OTHERS)), 'from app.core import db'];
};

const ON_DELETE = { restrict: 'RESTRICT', cascade: 'CASCADE', 'set-null': 'SET NULL' } as const;

/** SQLAlchemy orders the tables by all the others. */
const closesCircle = ({ field }: RelationModel, { model }: EntityPlan, { entities }: ServicePlan): boolean =>
  closingRelations(entities.map((entity) => entity.model)).has(relationKey(model.name, field));

const relationColumn = (relation: RelationModel, entity: EntityPlan, plan: ServicePlan): readonly string[] => {
  const target = plan.entities.find((e) => e.model.name === relation.target);
  const told = [
    pyString(`${target?.model.table ?? ''}.id`),
    `ondelete=${pyString(ON_DELETE[relation.onDelete])}`,
    ...(closesCircle(relation, entity, plan) ? ['use_alter=True'] : []),
  ];
  const key = `sa.ForeignKey(${told.join(', ')})`;
  return column({ name: relation.field, type: 'uuid.UUID', required: relation.required, parts: [key] }, entity);
};

const fieldColumns = (entity: EntityPlan): readonly string[] =>
  entity.model.fields.flatMap((field: FieldModel) => {
    const [type, sql] = columnType(field);
    const unique = field.unique === true ? ['unique=True'] : [];
    const initial =
      entity.model.states?.field === field.name ? [`default=${pyString(entity.model.states.initial)}`] : [];
    return column({ name: field.name, type, required: field.required, parts: [sql, ...unique, ...initial] }, entity);
  });

interface Column {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly parts: readonly string[];
}

const column = ({ name, type, required, parts }: Column, entity: EntityPlan): readonly string[] => {
  const attribute = attributesOf(entity.model).get(name) ?? name;
  const told = attribute === name ? parts : [pyString(name), ...parts];
  const mapped = required ? type : `${type} | None`;
  return fitted(`${attribute}: orm.Mapped[${mapped}] = orm.mapped_column(`, told, [')', 4]);
};

/** `app/models/__init__.py`. */
export const modelsFile = (plan: ServicePlan): string => {
  const names = plan.entities.map(namesOf);
  return file([
    '"""Every table of the service."""',
    '',
    ...names.map((n) => `from app.models.${n.module} import ${n.row}`).sort((a, b) => (a < b ? -1 : 1)),
    '',
    ...fitted(
      'ROWS = (',
      names.map((n) => n.row),
      names.length === 1 ? ',)' : ')',
    ),
    'TABLES = tuple(row.__tablename__ for row in ROWS)',
  ]);
};
