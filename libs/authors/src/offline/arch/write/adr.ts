import type { EntityModel, FieldModel } from '@squados/contracts';
import type { Contribution } from './contribution.js';
import { code, markdownText } from './escape.js';
import type { Say } from './words.js';

/** One decision of a card, with the reason that lies in its model. */
export interface Decision {
  readonly slug: string;
  readonly title: string;
  readonly context: string;
  readonly decision: string;
  readonly alternatives: readonly string[];
  readonly consequences: readonly string[];
}

type Proposal = (c: Contribution, say: Say) => Decision | undefined;

const name = (e: EntityModel): string => markdownText(e.label);

const stateMachine: Proposal = ({ entities, source, operations }, say) => {
  const entity =
    entities.find((e) => e.states?.transitions.some((t) => t.requirement === source.id)) ??
    entities.find((e) => e.states && operations.some((o) => o.entity === e && o.operation.kind === 'action'));
  const states = entity?.states;
  if (!entity || !states) return undefined;
  const moves = states.transitions
    .map((t) => `${markdownText(t.from)} → ${markdownText(t.to)} (${code(t.action)})`)
    .join('; ');
  return {
    slug: say('maquina-de-estados', 'state-machine'),
    title: say(
      `Transições de ${name(entity)} como UPDATE condicional`,
      `Transitions of ${name(entity)} as a conditional UPDATE`,
    ),
    context: say(
      `${name(entity)} passa por ${states.states.map(markdownText).join(', ')}. Transições permitidas: ${moves || 'nenhuma declarada'}. Dois pedidos simultâneos não podem levar o mesmo registro a dois estados.`,
      `${name(entity)} goes through ${states.states.map(markdownText).join(', ')}. Allowed transitions: ${moves || 'none stated'}. Two requests at once must not lead one row into two states.`,
    ),
    decision: say(
      `Cada transição é uma ação própria da API e um só comando ${code(`UPDATE ${entity.table} SET ${states.field} = … WHERE id = … AND ${states.field} = <origem> AND version = …`)}. Zero linhas afetadas: 409 (estado) ou 412 (versão). O CHECK da coluna limita os valores; nenhum PUT altera ${code(states.field)}.`,
      `Each transition is an action of its own in the API and one ${code(`UPDATE ${entity.table} SET ${states.field} = … WHERE id = … AND ${states.field} = <origin> AND version = …`)}. No row affected: 409 (state) or 412 (version). The column's CHECK limits the values; no PUT changes ${code(states.field)}.`,
    ),
    alternatives: [
      say(
        'Ler, decidir na memória e gravar: perde corridas entre dois pedidos.',
        'Read, decide in memory, write: loses races between two requests.',
      ),
      say(
        'Gatilho no banco que valida transições: esconde a regra de quem lê a API.',
        'A trigger that validates transitions: hides the rule from readers of the API.',
      ),
    ],
    consequences: [
      say(
        'Uma transição nova é uma linha na tabela de transições e uma ação no contrato.',
        'A new transition is one row in the table of transitions and one action in the contract.',
      ),
      say('Um estado novo pede migração do CHECK.', 'A new state needs a migration of the CHECK.'),
    ],
  };
};

const uniqueness: Proposal = ({ fields, entities }, say) => {
  const found =
    fields.find(({ field }) => field.unique) ??
    entities.flatMap((entity) => entity.fields.filter((f) => f.unique).map((field) => ({ entity, field })))[0];
  if (!found) return undefined;
  const { entity, field } = found;
  return {
    slug: say('unicidade', 'uniqueness'),
    title: say(
      `Unicidade de ${markdownText(field.label)} garantida pelo banco`,
      `Uniqueness of ${markdownText(field.label)} held by the database`,
    ),
    context: say(
      `O requisito pede que ${markdownText(field.label)} não se repita em ${name(entity)}. Consultar antes de gravar não basta: entre a consulta e a gravação outro pedido pode chegar.`,
      `The requirement asks that ${markdownText(field.label)} never repeats in ${name(entity)}. Asking before writing is not enough: between the two another request may come.`,
    ),
    decision: say(
      `Restrição ${code(`uq_${entity.table}_${field.name}`)} no PostgreSQL; a API traduz a violação (23505) em 409 com o campo no corpo problem+json.`,
      `Constraint ${code(`uq_${entity.table}_${field.name}`)} in PostgreSQL; the API translates its violation (23505) into 409 with the field in the problem+json body.`,
    ),
    alternatives: [
      say(
        'SELECT antes do INSERT: não resiste a pedidos simultâneos.',
        'SELECT before INSERT: does not stand concurrent requests.',
      ),
    ],
    consequences: [
      say(
        'Cargas em massa precisam tratar o conflito linha a linha.',
        'Bulk loads must handle the conflict row by row.',
      ),
      say(
        'Maiúsculas e minúsculas distinguem valores, salvo decisão em contrário.',
        'Upper and lower case make different values, unless decided otherwise.',
      ),
    ],
  };
};

const ownership: Proposal = ({ entities, introduced, before }, say) => {
  const known = new Set(before.entities.flatMap((e) => e.relations.map((r) => `${e.name}.${r.field}`)));
  const entity = [...introduced, ...entities].find((e) => e.relations.some((r) => !known.has(`${e.name}.${r.field}`)));
  const relation = entity?.relations.find((r) => !known.has(`${entity.name}.${r.field}`));
  if (!entity || !relation) return undefined;
  const target = markdownText(relation.label);
  const why = {
    cascade: say(
      `${name(entity)} não existe sem ${target}: excluir ${target} exclui o que lhe pertence (CASCADE).`,
      `${name(entity)} does not exist without ${target}: deleting ${target} deletes what belongs to it (CASCADE).`,
    ),
    restrict: say(
      `${name(entity)} guarda um fato que sobrevive a descuidos: ${target} em uso não pode ser excluído (RESTRICT, 409).`,
      `${name(entity)} keeps a fact that outlives slips: ${target} in use can't be deleted (RESTRICT, 409).`,
    ),
    'set-null': say(
      `O vínculo é opcional: ao excluir ${target}, ${name(entity)} fica sem ele (SET NULL).`,
      `The link is optional: when ${target} is deleted, ${name(entity)} stays without it (SET NULL).`,
    ),
  }[relation.onDelete];
  return {
    slug: say('vinculo', 'ownership'),
    title: say(`Vínculo de ${name(entity)} com ${target}`, `Link of ${name(entity)} to ${target}`),
    context: say(
      `O texto liga ${name(entity)} a ${target}. É preciso decidir o que acontece com um quando o outro é excluído.`,
      `The text links ${name(entity)} to ${target}. It must be decided what happens to one when the other is deleted.`,
    ),
    decision: `${say(`Chave estrangeira ${code(`${entity.table}.${relation.field}`)}${relation.required ? ', obrigatória' : ', opcional'}, com índice.`, `Foreign key ${code(`${entity.table}.${relation.field}`)}${relation.required ? ', required' : ', optional'}, with an index.`)} ${why}`,
    alternatives: [
      say(
        'Guardar apenas o identificador, sem chave estrangeira: aceita órfãos.',
        'Keep the identifier only, with no foreign key: accepts orphans.',
      ),
    ],
    consequences: [
      say(
        `A API filtra ${code(`/${entity.resource}?${relation.field}=…`)} sem varrer a tabela.`,
        `The API filters ${code(`/${entity.resource}?${relation.field}=…`)} without scanning the table.`,
      ),
    ],
  };
};

const action: Proposal = ({ operations }, say) => {
  const found = operations.find(({ operation }) => operation.kind === 'action');
  if (!found) return undefined;
  const { entity, operation } = found;
  const slug = operation.action ?? '';
  return {
    slug: say(`acao-${slug}`, `action-${slug}`),
    title: say(
      `${code(slug)} como ação própria de ${name(entity)}`,
      `${code(slug)} as an action of its own on ${name(entity)}`,
    ),
    context: say(
      `O requisito pede ${code(slug)} sobre ${name(entity)}. Não é uma alteração de campos: tem regras, permissão e rastro próprios, e o cliente pode repetir o pedido após uma queda de rede.`,
      `The requirement asks for ${code(slug)} on ${name(entity)}. It is no change of fields: it has rules, permission and trace of its own, and a client may repeat the request after a network failure.`,
    ),
    decision: say(
      `${code(`POST /${entity.resource}/{id}/${slug}`)} com If-Match: a versão torna a repetição segura (a segunda recebe 412 e nada muda).`,
      `${code(`POST /${entity.resource}/{id}/${slug}`)} with If-Match: the version makes repeating safe (the second gets 412 and nothing changes).`,
    ),
    alternatives: [
      say(
        'PUT com um campo que dispara o efeito: esconde a intenção e mistura permissões.',
        'PUT with a field that triggers the effect: hides the intent and mixes permissions.',
      ),
    ],
    consequences: [
      say(
        'O contrato cresce uma rota por ação, cada uma com sua permissão e seu teste.',
        'The contract grows one route per action, each with its permission and its test.',
      ),
    ],
  };
};

const limits: Proposal = ({ fields }, say) => {
  const bounded = fields.filter(
    ({ field }) => field.max !== undefined || field.min !== undefined || field.values !== undefined,
  );
  const first = bounded[0];
  if (!first) return undefined;
  const list = bounded
    .slice(0, 6)
    .map(({ field }) => `${markdownText(field.label)} ${bound(field)}`)
    .join('; ');
  return {
    slug: say('limites', 'limits'),
    title: say(
      `Limites de ${name(first.entity)} no contrato e no banco`,
      `Limits of ${name(first.entity)} in the contract and in the database`,
    ),
    context: say(
      `O texto dá limites: ${list}. Quem os verifica só na tela não os verifica.`,
      `The text gives limits: ${list}. Who checks them on the screen alone does not check them.`,
    ),
    decision: say(
      'Os mesmos limites saem do modelo para o OpenAPI (422 com o campo) e para CHECKs nomeados no PostgreSQL; a tela os repete por conforto.',
      'The same limits go from the model to OpenAPI (422 with the field) and to named CHECKs in PostgreSQL; the screen repeats them for comfort.',
    ),
    alternatives: [
      say(
        'Validar somente na API: uma carga direta no banco passaria.',
        'Validate in the API alone: a direct load into the database would pass.',
      ),
    ],
    consequences: [
      say(
        'Mudar um limite é uma migração; o teste de consistência acusa divergência.',
        'Changing a limit is a migration; the consistency check shows any divergence.',
      ),
    ],
  };
};

const bound = (f: FieldModel): string => {
  if (f.values) return `∈ ${f.values.map(markdownText).join(', ')}`;
  return [f.min === undefined ? '' : `≥ ${f.min}`, f.max === undefined ? '' : `≤ ${f.max}`]
    .filter((p) => p !== '')
    .join(', ');
};

const permission: Proposal = ({ rules, entities }, say) => {
  const rule = rules.find((r) => r.kind === 'permission');
  const entity = entities.find((e) => e.name === rule?.entity) ?? entities[0];
  if (!rule || !entity) return undefined;
  return {
    slug: say('permissao', 'permission'),
    title: say(
      `Permissão sobre ${name(entity)} decidida na entrada da API`,
      `Permission on ${name(entity)} decided at the API's entry`,
    ),
    context: `> ${markdownText(rule.text)}`,
    decision: say(
      'A regra é verificada por operação antes de ler dados: 401 sem identidade, 403 sem permissão. O serviço a verifica de novo quando depende do dono do registro.',
      'The rule is checked per operation before data are read: 401 without identity, 403 without permission. The service checks again where it depends on the row’s owner.',
    ),
    alternatives: [
      say('Esconder botões na tela: não protege a API.', 'Hiding buttons on the screen: does not protect the API.'),
    ],
    consequences: [
      say(
        'Cada operação declara quem pode; o teste de integração cobre o caso negado.',
        'Each operation states who may; an integration test covers the refused case.',
      ),
    ],
  };
};

const evolution: Proposal = ({ entities, introduced, fields, source }, say) => {
  const entity = entities.find((e) => !introduced.includes(e));
  if (!entity || fields.length === 0) return undefined;
  return {
    slug: say('evolucao-do-esquema', 'schema-evolution'),
    title: say(
      `${name(entity)} cresce sem quebrar quem já a usa`,
      `${name(entity)} grows without breaking those who use it`,
    ),
    context: say(
      `${markdownText(source.id)} acrescenta ${fields.map(({ field }) => markdownText(field.label)).join(', ')} a um modelo que já existe.`,
      `${markdownText(source.id)} adds ${fields.map(({ field }) => markdownText(field.label)).join(', ')} to a model that exists.`,
    ),
    decision: say(
      'Uma migração aditiva por requisito, com volta testada; nenhum campo muda de tipo: o primeiro requisito que o define vale.',
      'One additive migration per requirement, its way back tested; no field changes its type: the first requirement that defines it holds.',
    ),
    alternatives: [
      say(
        'Reescrever o esquema a cada requisito: perde o histórico e a volta.',
        'Rewriting the schema with each requirement: loses history and the way back.',
      ),
    ],
    consequences: [
      say(
        'Um campo obrigatório novo em tabela com dados pede um passo de preenchimento antes da restrição.',
        'A new required field on a table with rows needs a fill-in step before the constraint.',
      ),
    ],
  };
};

const locking: Proposal = ({ entities }, say) => {
  const entity = entities[0];
  if (!entity) return undefined;
  return {
    slug: say('concorrencia-otimista', 'optimistic-locking'),
    title: say(`Controle otimista de concorrência em ${name(entity)}`, `Optimistic locking on ${name(entity)}`),
    context: say(
      `Duas pessoas podem alterar o mesmo registro de ${name(entity)} a partir de leituras diferentes; a última gravação apagaria a primeira em silêncio.`,
      `Two people may change the same row of ${name(entity)} from different readings; the last write would erase the first in silence.`,
    ),
    decision: say(
      `Toda leitura devolve ETag com ${code('version')}; PUT, DELETE e ações exigem If-Match e respondem 412 quando a versão mudou. Um gatilho incrementa ${code('version')}.`,
      `Every read returns an ETag with ${code('version')}; PUT, DELETE and actions require If-Match and answer 412 when the version moved. A trigger increments ${code('version')}.`,
    ),
    alternatives: [
      say(
        'Bloqueio pessimista: segura conexões enquanto alguém pensa.',
        'Pessimistic locking: holds connections while somebody thinks.',
      ),
      say('A última gravação vence: perde trabalho sem aviso.', 'Last write wins: loses work without notice.'),
    ],
    consequences: [
      say(
        'O cliente relê e repete; a tela mostra o que mudou.',
        'The client reads again and repeats; the screen shows what changed.',
      ),
    ],
  };
};

const PROPOSALS: readonly Proposal[] = [
  stateMachine,
  uniqueness,
  ownership,
  permission,
  limits,
  action,
  evolution,
  locking,
];

/** The decision that this card's part of the model most asks for. */
export const decisionOf = (c: Contribution, say: Say): Decision => {
  for (const propose of PROPOSALS) {
    const decision = propose(c, say);
    if (decision) return decision;
  }
  throw new RangeError(`no entity to decide about for ${c.source.id}: the model is empty`);
};

/** The decision as a one-page record. */
export const writeAdr = (
  d: Decision,
  { number, requirement, say }: { readonly number: string; readonly requirement: string; readonly say: Say },
): string =>
  `${[
    `# ADR ${number}: ${d.title}`,
    '',
    `## ${say('Estado', 'Status')}`,
    '',
    say('Aceita.', 'Accepted.'),
    '',
    `> ${say('Requisito', 'Requirement')} ${markdownText(requirement)}`,
    '',
    `## ${say('Contexto', 'Context')}`,
    '',
    d.context,
    '',
    `## ${say('Decisão', 'Decision')}`,
    '',
    d.decision,
    '',
    `## ${say('Alternativas', 'Alternatives')}`,
    '',
    ...d.alternatives.map((a) => `- ${a}`),
    '',
    `## ${say('Consequências', 'Consequences')}`,
    '',
    ...d.consequences.map((x) => `- ${x}`),
  ].join('\n')}\n`;
