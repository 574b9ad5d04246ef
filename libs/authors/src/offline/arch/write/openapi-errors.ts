import type { DomainModel } from '@squados/contracts';
import { problemName, type JsonObject } from './openapi-schemas.js';

export const ref = (kind: string, name: string): JsonObject => ({ $ref: `#/components/${kind}/${name}` });

export interface Context {
  readonly model: DomainModel;
  readonly say: (pt: string, en: string) => string;
}

const ERRORS: readonly (readonly [code: string, name: string, pt: string, en: string])[] = [
  ['400', 'BadRequest', 'Pedido malformado', 'Malformed request'],
  ['401', 'Unauthorized', 'Falta autenticação', 'Authentication is missing'],
  ['403', 'Forbidden', 'Sem permissão', 'Not allowed'],
  ['404', 'NotFound', 'Não encontrado', 'Not found'],
  [
    '409',
    'Conflict',
    'Conflito com o estado atual (valor repetido, transição inválida, registro em uso)',
    'Conflict with the current state (repeated value, invalid transition, row in use)',
  ],
  [
    '412',
    'PreconditionFailed',
    'A versão informada em If-Match não é a atual',
    'The version given in If-Match is not the current one',
  ],
  ['422', 'UnprocessableContent', 'Dados que não respeitam as regras', 'Data that break the rules'],
];

export const responses = (codes: readonly string[]): JsonObject =>
  Object.fromEntries(
    ERRORS.filter(([code]) => codes.includes(code)).map(([code, name]) => [code, ref('responses', name)]),
  );

export const errorResponses = ({ model, say }: Context): JsonObject =>
  Object.fromEntries(
    ERRORS.map(([code, name, pt, en]) => [
      name,
      {
        description: say(pt, en),
        content: {
          'application/problem+json': {
            schema: ref('schemas', problemName(model)),
            example: { type: 'about:blank', title: say(pt, en), status: Number(code) },
          },
        },
      },
    ]),
  );
