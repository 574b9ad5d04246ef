import type { ServicePlan } from '../../shared/service-plan.js';
import { aligned, go, goString } from '../naming/go-text.js';

type Sentence = readonly [name: string, pt: string, en: string];

const OF_FIELDS: readonly Sentence[] = [
  ['AlreadyTaken', 'já está em uso', 'is already taken'],
  ['NoSuchReference', 'aponta para um registro que não existe', 'refers to a row that does not exist'],
  ['NoZeroCharacter', 'não pode conter o caractere zero', 'must not hold the zero character'],
  ['NotAURL', 'não é um endereço absoluto', 'is not an absolute address'],
  ['NotAllowed', 'não é um valor permitido', 'is not an allowed value'],
  ['NotAnEmail', 'não é um endereço de e-mail', 'is not an e-mail address'],
  ['Required', 'é obrigatório', 'is required'],
  ['TooLarge', 'deve ser no máximo %s', 'must be at most %s'],
  ['TooLong', 'deve ter no máximo %d caracteres', 'must have at most %d characters'],
  ['TooMany', 'já tem tantos registros quantos são permitidos (%d)', 'has as many rows as are allowed (%d) already'],
  ['TooShort', 'deve ter no mínimo %d caracteres', 'must have at least %d characters'],
  ['TooSmall', 'deve ser no mínimo %s', 'must be at least %s'],
  ['UnknownField', 'não é um campo deste recurso', 'is not a field of this resource'],
  ['WrongFormat', 'não tem o formato esperado', 'does not have the expected format'],
  ['WrongType', 'não é do tipo esperado', 'is not of the expected type'],
];

const OF_REQUESTS: readonly Sentence[] = [
  ['BodyNotObject', 'O corpo não é um objeto JSON', 'The body is not a JSON object'],
  ['BodyTooLarge', 'O corpo é grande demais', 'The body is too large'],
  ['IfMatchMissing', 'Falta If-Match: envie o ETag que foi lido', 'If-Match is missing: send the ETag that was read'],
  ['InvalidFields', 'Há campos que não respeitam as regras', 'Some fields break a rule'],
  ['InvalidQuery', 'Há parâmetros que não podem ser lidos', "Some parameters can't be read"],
  ['LimitReached', 'Um limite não permite mais registros', 'A limit allows no further rows'],
  ['MethodUnknown', 'Este endereço não conhece o método', 'This address does not know the method'],
  ['NoSuchAddress', 'Não há nada neste endereço', 'There is nothing at this address'],
  ['NoSuchRow', 'Não existe tal registro', 'There is no such row'],
  ['NotInState', 'O estado atual não permite esta ação: %s', 'The current state does not allow this action: %s'],
  ['NotReady', 'O banco de dados não responde', 'The database does not answer'],
  ['ReadOnlyToken', 'Este token só permite leitura', 'This token may only read'],
  ['Repeated', 'Outro registro já tem este valor', 'Another row already has this value'],
  ['RepeatedBy', 'O registro %s já tem este valor', 'The row %s already has this value'],
  ['RowInUse', 'Outros registros apontam para este', 'Other rows refer to this one'],
  ['StaleVersion', 'O registro mudou desde que foi lido', 'The row has changed since it was read'],
  ['TokenMissing', 'Envie um token conhecido em Authorization: Bearer', 'Send a known token as Authorization: Bearer'],
  [
    'Unexpected',
    'O serviço falhou; a falha está no registro de eventos',
    'The service failed; the failure is in its log',
  ],
];

const STATUS: Readonly<Record<number, string>> = {
  400: 'StatusBadRequest',
  401: 'StatusUnauthorized',
  403: 'StatusForbidden',
  404: 'StatusNotFound',
  409: 'StatusConflict',
  412: 'StatusPreconditionFailed',
  422: 'StatusUnprocessableEntity',
};

const constants = (sentences: readonly Sentence[], language: ServicePlan['language']): readonly string[] =>
  aligned(sentences.map(([name, pt, en]) => [name, `= ${goString(language === 'pt' ? pt : en)}`]));

/** `text.go`: every sentence that clients read, in the plan's language; the titles are the contract's. */
export const writeText = ({ language, problems }: ServicePlan): string => go`
// Package text holds every sentence that clients read.
package text

import "net/http"

// What is wrong with a field.
const (
	${constants(OF_FIELDS, language)}
)

// What is wrong with a request.
const (
	${constants(OF_REQUESTS, language)}
)

// Title is the heading of a problem with a status, as the contract has it.
func Title(status int) string {
	switch status {
	${[...problems].flatMap(([status, title]) => (STATUS[status] ? [`case http.${STATUS[status]}:\n\treturn ${goString(title)}`] : []))}
	}
	return http.StatusText(status)
}
`;
