import type { EntityModel, OperationModel } from '@squados/contracts';
import type { Contribution } from './contribution.js';
import { ROUTES } from './design.js';
import { mermaidText } from './escape.js';
import type { Say } from './words.js';

const mainOperation = (
  c: Contribution,
): { readonly entity: EntityModel; readonly operation: OperationModel } | undefined => {
  const entity = c.entities[0];
  const fallback = entity?.operations[0];
  const ranked = ['action', 'create', 'update', 'delete', 'list', 'read'].flatMap((kind) =>
    c.operations.filter((o) => o.operation.kind === kind),
  );
  return ranked[0] ?? (entity && fallback ? { entity, operation: fallback } : undefined);
};

const SQL: Readonly<Record<OperationModel['kind'], (e: EntityModel) => string>> = {
  action: (e) => `UPDATE ${e.table}`,
  create: (e) => `INSERT ${e.table}`,
  update: (e) => `UPDATE ${e.table}`,
  delete: (e) => `DELETE ${e.table}`,
  list: (e) => `SELECT ${e.table}`,
  read: (e) => `SELECT ${e.table}`,
};
const SUCCESS: Readonly<Record<OperationModel['kind'], string>> = {
  action: '200',
  create: '201',
  update: '200',
  delete: '204',
  list: '200',
  read: '200',
};

/** The card's main operation as a Mermaid sequence diagram. */
export const writeSequence = (c: Contribution, say: Say): string => {
  const main = mainOperation(c);
  const { entity, operation } = main ?? { entity: undefined, operation: undefined };
  if (!entity || !operation)
    return 'sequenceDiagram\n  participant api as API\n  participant db as PostgreSQL\n  api->>db: SELECT\n';
  const writes = operation.kind !== 'list' && operation.kind !== 'read';
  return `${[
    'sequenceDiagram',
    `  actor user as ${say('Pessoa', 'Person')}`,
    '  participant api as API',
    `  participant service as ${entity.name}Service`,
    '  participant db as PostgreSQL',
    `  user->>api: ${mermaidText(ROUTES[operation.kind](entity, operation).replace(/[{}]/g, ''))}`,
    `  api->>api: ${say('valida contrato e permissão', 'validates contract and permission')}`,
    `  api->>service: ${mermaidText(operation.action ?? operation.kind)}`,
    `  service->>db: ${SQL[operation.kind](entity)}`,
    ...(writes
      ? [
          `  alt ${say('regra ou versão não confere', 'rule or version does not hold')}`,
          '    db-->>service: 0',
          '    service-->>api: 409 / 412 / 422',
          '    api-->>user: problem+json',
          `  else ${say('aceito', 'accepted')}`,
          '    db-->>service: 1',
          `    service-->>api: ${mermaidText(entity.label)}`,
          `    api-->>user: ${SUCCESS[operation.kind]}`,
          '  end',
        ]
      : [
          '  db-->>service: rows',
          `  service-->>api: ${mermaidText(entity.labelPlural)}`,
          `  api-->>user: ${SUCCESS[operation.kind]}`,
        ]),
  ].join('\n')}\n`;
};
