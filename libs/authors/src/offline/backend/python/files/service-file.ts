import type { EntityPlan, OperationPlan, ServicePlan } from '../../shared/service-plan.js';
import { actionName, attributesOf, namesOf, type EntityNames } from '../python-names.js';
import { docText, file, fitted, indented, natural, pyString } from '../python-text.js';

/** `app/services/<entity>.py`: what is this entity's own, beside what every service does. */
export const serviceFile = (entity: EntityPlan, plan: ServicePlan): string => {
  const names = namesOf(entity);
  const actions = entity.operations.filter((o) => o.kind === 'action');
  const moving = actions.some((o) => o.moves.length > 0);
  const unique = uniqueOf(entity);
  const state =
    entity.model.states && moving ? [`    state = ${pyString(attributeOf(entity, entity.model.states.field))}`] : [];
  return file([
    `"""What may be done with ${docText(entity.model.labelPlural)}."""`,
    '',
    ...imports(entity, plan),
    '',
    '',
    `class ${names.service}(service.${moving ? 'StatefulService' : 'CrudService'}[${names.row}]):`,
    `    """${docText(entity.model.description || entity.model.label)}."""`,
    '',
    `    row = ${names.row}`,
    ...(unique.length > 0
      ? fitted('    unique: ClassVar[tuple[str, ...]] = (', unique, unique.length === 1 ? ',)' : ')').map((line, i) =>
          i === 0 ? line : `    ${line}`,
        )
      : []),
    ...state,
    ...limitLines(entity),
    ...actions.flatMap((action) => ['', ...indented(actionMethod(action, names))]),
    '',
    '',
    ...factory(entity, plan),
  ]);
};

/** What `app/core/service.py` counts by: attributes, not the contract's names. */
const limitLines = (entity: EntityPlan): readonly string[] => {
  const limits = entity.limits.map(({ relation, most, states }) => {
    const reference = attributeOf(entity, relation.field);
    const parts = [pyString(reference), String(most)];
    const named = reference === relation.field ? [] : [`field=${pyString(relation.field)}`];
    const counted = `(${states.map((state) => `${pyString(state)}${states.length === 1 ? ',' : ''}`).join(', ')})`;
    const field = entity.model.states?.field ?? '';
    const state = states.length === 0 ? [] : [pyString(attributeOf(entity, field)), counted];
    return `service.Limit(${[...parts, ...state, ...named].join(', ')})`;
  });
  if (limits.length === 0) return [];
  return indented(
    fitted('limits: ClassVar[tuple[service.Limit, ...]] = (', limits, [limits.length === 1 ? ',)' : ')', 4]),
  );
};

const attributeOf = (entity: EntityPlan, column: string): string => attributesOf(entity.model).get(column) ?? column;

const uniqueOf = (entity: EntityPlan): readonly string[] =>
  entity.writable.fields.filter((f) => f.unique === true).map((f) => pyString(attributeOf(entity, f.name)));

const imports = (entity: EntityPlan, plan: ServicePlan): readonly string[] => {
  const names = namesOf(entity);
  const hasActions = entity.operations.some((o) => o.kind === 'action');
  const standard = [
    ...(hasActions ? ['import uuid'] : []),
    ...(uniqueOf(entity).length + entity.limits.length > 0 ? ['from typing import ClassVar'] : []),
  ];
  const repositories = new Map([names, ...targetsOf(entity, plan)].map((n) => [n.module, n]));
  const own = [
    'from app.core import service',
    `from app.models.${names.module} import ${names.row}`,
    ...[...repositories.values()]
      .sort((a, b) => natural(a.module, b.module))
      .map((n) => `from app.repositories.${n.module} import ${n.repository}`),
  ];
  return [...(standard.length > 0 ? [...standard, ''] : []), 'from sqlalchemy import orm', '', ...own];
};

const targetsOf = (entity: EntityPlan, plan: ServicePlan): readonly EntityNames[] =>
  entity.model.relations.flatMap((r) => plan.entities.filter((e) => e.model.name === r.target).map(namesOf));

const actionMethod = (action: OperationPlan, names: EntityNames): readonly string[] => {
  const moves = new Map(action.moves.map((m) => [m.from, m.to]).reverse() as [string, string][]);
  const told = [...new Set(action.moves.map((m) => m.from))].map((from) => [from, moves.get(from) ?? ''] as const);
  const doc =
    told.length === 0
      ? 'Counts the version up: the design derived no change of state.'
      : `${told.map(([from, to]) => (from === to ? `Stays in ${docText(from)}` : `From ${docText(from)} to ${docText(to)}`)).join('; ')}.`;
  const items = told.map(([from, to]) => `${pyString(from)}: ${pyString(to)}`);
  const signature = fitted(
    `def ${actionName(action.action ?? '')}(`,
    ['self', 'row_id: uuid.UUID', 'if_match: str'],
    [`) -> ${names.row}:`, 4],
  );
  const line = `return self._move(row_id, if_match, {${items.join(', ')}})`;
  const body =
    told.length === 0
      ? ['return self._changed(self._current(row_id, if_match))']
      : line.length + 8 <= 120
        ? [line]
        : ['moves = {', ...items.map((i) => `    ${i},`), '}', 'return self._move(row_id, if_match, moves)'];
  return [...signature, ...indented([`"""${doc}"""`, ...body])];
};

const factory = (entity: EntityPlan, plan: ServicePlan): readonly string[] => {
  const names = namesOf(entity);
  const references = entity.model.relations.map((r) => {
    const target = plan.entities.find((e) => e.model.name === r.target);
    return `${pyString(attributeOf(entity, r.field))}: ${target ? namesOf(target).repository : ''}(session),`;
  });
  const mapping = references.length === 0 ? ['references={},'] : ['references={', ...indented(references), '},'];
  return [
    `def ${names.module}_service(session: orm.Session) -> ${names.service}:`,
    '    """The service on a session; whoever opened the session commits."""',
    `    return ${names.service}(`,
    ...indented(indented([`${names.repository}(session),`, ...mapping])),
    '    )',
  ];
};
