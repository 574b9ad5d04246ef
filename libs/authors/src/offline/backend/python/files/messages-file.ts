import type { ServicePlan } from '../../shared/service-plan.js';
import { sayIn } from '../../shared/card-note.js';
import { file, pyString } from '../python-text.js';

/** Type of a validation error of Pydantic → what people read; placeholders are the error's own context. */
const VALIDATION: readonly (readonly [type: string, pt: string, en: string])[] = [
  ['missing', 'é obrigatório', 'is required'],
  ['extra_forbidden', 'não é conhecido aqui', 'is not known here'],
  ['string_type', 'deve ser um texto', 'must be a text'],
  ['string_too_short', 'precisa de pelo menos {min_length} caracteres', 'needs at least {min_length} characters'],
  ['string_too_long', 'aceita no máximo {max_length} caracteres', 'takes at most {max_length} characters'],
  ['int_type', 'deve ser um número inteiro', 'must be a whole number'],
  ['bool_type', 'deve ser verdadeiro ou falso', 'must be true or false'],
  ['greater_than_equal', 'deve ser no mínimo {ge}', 'must be at least {ge}'],
  ['less_than_equal', 'deve ser no máximo {le}', 'must be at most {le}'],
  ['literal_error', 'deve ser um destes valores: {expected}', 'must be one of these values: {expected}'],
  ['json_invalid', 'não é JSON', 'is no JSON'],
];

const PLAIN: readonly (readonly [name: string, pt: string, en: string])[] = [
  ['NO_SUCH_ROW', 'Não há registro com o identificador {id}.', 'There is no row with the identifier {id}.'],
  ['VERSION_IS', 'A versão atual é {version}.', 'The current version is {version}.'],
  ['LEADS_NOWHERE', 'não leva a nenhum registro', 'leads to no row'],
  ['TAKEN_BY', 'já é usado pelo registro {id}', 'is used by the row {id} already'],
  [
    'NOT_FROM_STATE',
    'Não é possível a partir de {state}, somente de {allowed}.',
    'Not possible from {state}, only from {allowed}.',
  ],
  [
    'TOO_MANY',
    'já é usado por tantos registros quantos são permitidos ({most})',
    'is used by as many rows as are allowed ({most}) already',
  ],
  ['ROW_IN_USE', 'Outro registro usa este.', 'Another row uses this one.'],
  [
    'REFUSED_BY_STORE',
    'O valor repete outro ou a referência não existe mais.',
    'The value repeats another, or the reference is gone.',
  ],
  ['INVALID', 'não tem um valor válido', 'has no valid value'],
];

/** `app/core/messages.py`: every sentence that clients read, in the product's language; titles are the contract's. */
export const messagesFile = (plan: ServicePlan): string => {
  const say = sayIn(plan.language);
  return file([
    '"""What clients read, in the language of the product."""',
    '',
    'from collections.abc import Mapping',
    'from typing import Any',
    '',
    'TITLES = {',
    ...[...plan.problems].sort(([a], [b]) => a - b).map(([status, title]) => `    ${status}: ${pyString(title)},`),
    '}',
    ...PLAIN.map(([name, pt, en]) => `${name} = ${pyString(say(pt, en))}`),
    'VALIDATION = {',
    ...VALIDATION.map(([type, pt, en]) => `    ${pyString(type)}: ${pyString(say(pt, en))},`),
    '}',
    '',
    '',
    'def of_validation(error: Mapping[str, Any]) -> str:',
    '    """What is wrong with a value, by the type of the error."""',
    '    return VALIDATION.get(error["type"], INVALID).format(**error.get("ctx", {}))',
  ]);
};
