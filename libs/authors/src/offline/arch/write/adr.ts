import { evolution, limits, locking, permission } from './data-decisions.js';
import type { Contribution } from './contribution.js';
import { name, type Decision, type Proposal } from './decision.js';
import { code, markdownText } from './escape.js';
import type { Say } from './words.js';

const stateMachine: Proposal = ({ entities, source, operations }, say) => {
  const entity =
    entities.find((e) => e.states?.transitions.some((t) => t.requirement === source.id)) ??
    entities.find((e) => e.states && operations.some((o) => o.entity === e && o.operation.kind === 'action'));
  const states = entity?.states;
  if (!entity || !states) return undefined;
  const moves = states.transitions
    .filter((t) => t.from !== t.to)
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
