import type { DomainModel, EntityModel } from '@squados/contracts';
import { mermaidText } from './escape.js';

const attributes = (entity: EntityModel): readonly string[] => [
  '    uuid id PK',
  ...entity.relations.map((r) => `    uuid ${r.field} FK "${mermaidText(r.label)}"`),
  ...entity.fields.map((f) => `    ${f.type} ${f.name}${f.unique ? ' UK' : ''} "${mermaidText(f.label)}"`),
  '    integer version',
];

const entityBlock = (entity: EntityModel): readonly string[] => [
  `  ${entity.name}["${mermaidText(entity.label)}"] {`,
  ...attributes(entity),
  '  }',
];

const relations = (entity: EntityModel, shown: ReadonlySet<string>): readonly string[] =>
  entity.relations
    .filter((r) => shown.has(r.target))
    .map((r) => `  ${r.target} ${r.required ? '||' : '|o'}--o{ ${entity.name} : "${mermaidText(r.field)}"`);

/** Entities and relations as a Mermaid ER diagram. */
export const writeEr = (entities: readonly EntityModel[]): string => {
  const shown = new Set(entities.map((e) => e.name));
  return `${['erDiagram', ...entities.flatMap(entityBlock), ...entities.flatMap((e) => relations(e, shown))].join('\n')}\n`;
};

export interface Surroundings {
  /** People who use the product, as the requirements call them. */
  readonly actors: readonly string[];
  /** Systems outside that the requirements name. */
  readonly systems: readonly string[];
}

const WORDS = {
  pt: {
    user: 'Usuário',
    uses: 'Usa',
    context: 'Contexto',
    containers: 'Contêineres',
    person: 'Pessoa que usa o produto',
    external: 'Sistema externo',
    web: 'Aplicação web',
    webText: 'Telas do produto',
    api: 'API',
    apiText: 'Regras, permissões e contrato OpenAPI',
    db: 'Banco de dados',
    calls: 'Chama',
    reads: 'Lê e grava',
    integrates: 'Integra-se',
    entities: 'entidades',
    components: 'Componentes',
    controller: 'Entrada HTTP',
    service: 'Regras e transições',
    repository: 'Acesso a dados',
  },
  en: {
    user: 'User',
    uses: 'Uses',
    context: 'Context',
    containers: 'Containers',
    person: 'Person who uses the product',
    external: 'External system',
    web: 'Web application',
    webText: 'Screens of the product',
    api: 'API',
    apiText: 'Rules, permissions and the OpenAPI contract',
    db: 'Database',
    calls: 'Calls',
    reads: 'Reads and writes',
    integrates: 'Integrates with',
    entities: 'entities',
    components: 'Components',
    controller: 'HTTP entry',
    service: 'Rules and transitions',
    repository: 'Data access',
  },
} as const;

const people = (around: Surroundings, user: string): readonly string[] =>
  around.actors.length > 0 ? around.actors : [user];
const quote = (...texts: readonly string[]): string => texts.map((t) => `"${mermaidText(t)}"`).join(', ');

/** C4 context: people, the product, systems around it. */
export const writeContext = (model: DomainModel, around: Surroundings): string => {
  const w = WORDS[model.language];
  const actors = people(around, w.user);
  return `${[
    'C4Context',
    `  title ${mermaidText(`${w.context} – ${model.product}`)}`,
    ...actors.map((a, i) => `  Person(p${i}, ${quote(a, w.person)})`),
    `  System(product, ${quote(
      model.product,
      model.entities
        .slice(0, 6)
        .map((e) => e.labelPlural)
        .join(', ') || model.product,
    )})`,
    ...around.systems.map((s, i) => `  System_Ext(x${i}, ${quote(s, w.external)})`),
    ...actors.map((_a, i) => `  Rel(p${i}, product, ${quote(w.uses)})`),
    ...around.systems.map((_s, i) => `  Rel(product, x${i}, ${quote(w.integrates)})`),
  ].join('\n')}\n`;
};

/** C4 containers: web application, API, database. */
export const writeContainers = (model: DomainModel, around: Surroundings): string => {
  const w = WORDS[model.language];
  const actors = people(around, w.user);
  return `${[
    'C4Container',
    `  title ${mermaidText(`${w.containers} – ${model.product}`)}`,
    ...actors.map((a, i) => `  Person(p${i}, ${quote(a, w.person)})`),
    `  System_Boundary(product, ${quote(model.product)}) {`,
    `    Container(web, ${quote(w.web, 'React, TypeScript', w.webText)})`,
    `    Container(api, ${quote(w.api, 'REST, OpenAPI 3.1', w.apiText)})`,
    `    ContainerDb(db, ${quote(w.db, 'PostgreSQL', `${model.entities.length} ${w.entities}`)})`,
    '  }',
    ...around.systems.map((s, i) => `  System_Ext(x${i}, ${quote(s, w.external)})`),
    ...actors.map((_a, i) => `  Rel(p${i}, web, ${quote(w.uses, 'HTTPS')})`),
    `  Rel(web, api, ${quote(w.calls, 'JSON/HTTPS')})`,
    `  Rel(api, db, ${quote(w.reads, 'SQL')})`,
    ...around.systems.map((_s, i) => `  Rel(api, x${i}, ${quote(w.integrates, 'HTTPS')})`),
  ].join('\n')}\n`;
};

/** C4 components that serve some entities inside the API. */
export const writeComponents = (model: DomainModel, entities: readonly EntityModel[], title: string): string => {
  const w = WORDS[model.language];
  return `${[
    'C4Component',
    `  title ${mermaidText(`${w.components} – ${title}`)}`,
    `  Container(web, ${quote(w.web, 'React, TypeScript', w.webText)})`,
    `  ContainerDb(db, ${quote(w.db, 'PostgreSQL', entities.map((e) => e.table).join(', '))})`,
    `  Container_Boundary(api, ${quote(w.api)}) {`,
    ...entities.flatMap((e, i) => [
      `    Component(c${i}, ${quote(`${e.name}Controller`, 'HTTP', `${w.controller} /${e.resource}`)})`,
      `    Component(s${i}, ${quote(`${e.name}Service`, 'Domain', `${w.service} – ${e.label}`)})`,
      `    Component(r${i}, ${quote(`${e.name}Repository`, 'SQL', `${w.repository} ${e.table}`)})`,
    ]),
    '  }',
    ...entities.flatMap((_e, i) => [
      `  Rel(web, c${i}, ${quote(w.calls, 'JSON/HTTPS')})`,
      `  Rel(c${i}, s${i}, ${quote(w.calls)})`,
      `  Rel(s${i}, r${i}, ${quote(w.calls)})`,
      `  Rel(r${i}, db, ${quote(w.reads, 'SQL')})`,
    ]),
  ].join('\n')}\n`;
};

/** A state machine as a Mermaid state diagram. */
export const writeStates = (entity: EntityModel): string | undefined => {
  const states = entity.states;
  if (!states) return undefined;
  const id = (state: string): string => `s${states.states.indexOf(state)}`;
  return `${[
    'stateDiagram-v2',
    ...states.states.map((s) => `  state "${mermaidText(s)}" as ${id(s)}`),
    `  [*] --> ${id(states.initial)}`,
    ...states.transitions.map((t) => `  ${id(t.from)} --> ${id(t.to)} : ${mermaidText(t.action)}`),
  ].join('\n')}\n`;
};
