import type { FieldType } from '@squados/contracts';
import { column } from '../text/identifiers.js';

const BY_NAME: readonly (readonly [RegExp, FieldType])[] = [
  [/(^|_)e_?mail(_|$)/, 'email'],
  [/(^|_)(url|link|site|website|uri)(_|$)/, 'url'],
  [/data_hora|datetime|timestamp|date_time|date_and_time|_em$|_at$/, 'datetime'],
  [
    /^(data|validade|vencimento|nascimento)(_|$)|(^|_)(date|birthday|deadline)$|^date_of_|^day$|^dia$|_(validade|vencimento|nascimento)$|^prazo_(de|para)/,
    'date',
  ],
  [/(^|_)(hora|horario)(_|$)|(^|_)time$/, 'time'],
  [
    /^(preco|valor|total|custo|saldo|salario|taxa|desconto|multa|subtotal)(_|$)|(^|_)(price|amount|cost|balance|salary|rate|discount|fee|fine|total|subtotal)$|(^|_)(price|cost)_per_/,
    'decimal',
  ],
  [
    /^(quantidade|qtd|numero_de|numero_paginas|ano|idade|estoque|capacidade|duracao|paginas|ordem|nota_maxima|prioridade_numerica|parcelas|quilometragem)(_|$)|(^|_)(quantity|count|year|age|stock|capacity|duration|pages|seats|mileage|position|minutes|days)$|^mileage_|^number_of_/,
    'integer',
  ],
  [
    /^(ativo|ativa|habilitado|habilitada|obrigatorio|visivel|pago|paga|active|enabled|visible|paid)$|^(is|has)_/,
    'boolean',
  ],
  [
    /^(descricao|observacao|observacoes|comentario|comentarios|conteudo|mensagem|resumo|biografia|anotacoes|politicas?|justificativa|motivo)(_|$)|(^|_)(description|notes|note|comment|comments|content|body|message|summary|bio|remarks|reason)$/,
    'text',
  ],
  [
    /^(idiomas|tags|etiquetas|integracoes|anexos|metadados|licencas|permissoes|languages|labels|attachments|metadata|permissions|integrations|itens|items|ferramentas|tools|variaveis|variables|parametros|parameters)(_|$)/,
    'json',
  ],
];

const COUNT =
  /^(?:n[uú]mero|quantidade|total)\s+(?:m[aá]xim[oa]\s+|m[ií]nim[oa]\s+)?de\s+\p{L}+s$|^(?:maximum |minimum |total )?number of \p{L}+$/iu;
/** `número de convidados` counts, `número do cartão` names. */
export const typeByLabel = (label: string): FieldType =>
  COUNT.test(label.trim()) ? 'integer' : typeByName(column(label));

/** The type that a column's name suggests; short text where it suggests none. */
export const typeByName = (name: string): FieldType => BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? 'string';

const BUILT_IN = new Set(['id', 'created_at', 'updated_at', 'criado_em', 'atualizado_em']);
/** Columns that every entity has by itself. */
export const isBuiltIn = (name: string): boolean => BUILT_IN.has(name);

/** The column of a field's label; `version` is taken by optimistic locking. */
export const fieldName = (label: string): string => {
  const name = column(label);
  return name === 'version' ? 'version_number' : name;
};
