import type { CardSpec } from '@squados/contracts';
import { fold, plain } from '@squados/importers/requirements';

import { derivedMark } from './card-criteria.js';
import { requirementText, subjectOf } from './card-kind.js';
import { say, shortened, type Language } from './wording.js';

export type Say = (en: string, pt: string) => string;

/** A criterion that the product owner made up because the text stated too few. */
export const isDerived = (criterion: string): boolean =>
  criterion.startsWith(derivedMark('en')) || criterion.startsWith(derivedMark('pt'));

const NEGATIVE =
  /\b(?:nao|not|never|nunca|somente|apenas|only|reject|recus|refus|forbidden|invalid|impedi|bloque|obrigatori|required|maxim|minim|at most|at least|up to|ate \d|unic|unique|duplicat|less than|greater than)/;

const statements = (card: CardSpec): readonly string[] => [
  ...card.acceptanceCriteria.filter((c) => !isDerived(c)),
  ...card.description.split('\n').map((line) => plain(line.replace(/^\s*(?:[-*+]|\d{1,3}[.)])\s+/, ''))),
];

/** A rule stands in the criteria and in the description under its title: one row is enough. */
const withoutEchoes = (texts: readonly string[]): readonly string[] => {
  const seen = new Set<string>();
  return texts.filter((text) => {
    const end = fold(text).slice(-50);
    const fresh = !seen.has(end) && !text.endsWith(':');
    seen.add(end);
    return fresh;
  });
};

/** Statements that say what must not happen, each as an error case with the answer it calls for. */
export const errorCases = (card: CardSpec, t: Say): readonly (readonly string[])[] => {
  const stated = statements(card).filter((text) => text.length > 8 && NEGATIVE.test(fold(text)));
  const rows = withoutEchoes(stated)
    .slice(0, 12)
    .map((text) => [shortened(text, 200), answerFor(fold(text), t)]);
  return [
    ...rows,
    [
      t(
        'The request misses a required value or holds one of the wrong type',
        'Falta um valor obrigatório ou há um valor do tipo errado',
      ),
      t('422 and the name of each field', '422 e o nome de cada campo'),
    ],
    [t('The item does not exist', 'O item não existe'), '404'],
  ];
};

const answerFor = (text: string, t: Say): string => {
  if (/unic|unique|duplicat|already|ja (?:existe|esta)/.test(text))
    return t('409 and what it clashes with', '409 e com o que conflita');
  if (/administra|permiss|authoriz|autoriz|forbidden|own account|owner/.test(text))
    return t('403; 401 when nobody is signed in', '403; 401 sem sessão');
  if (/status|state|estado|draft|closed|published|cancel/.test(text))
    return t('409 and the current state', '409 e o estado atual');
  return t('422 and the rule that was broken', '422 e a regra violada');
};

const OPERATIONS: readonly {
  readonly pattern: RegExp;
  readonly en: string;
  readonly pt: string;
  readonly ok: string;
}[] = [
  {
    pattern:
      /\b(?:cri(?:ar|acao|e)|cadastr|registr|adicion|inclu|create|add|register|submit|submet|record|lend|borrow|rent|reserv|agend|schedul|abrir|open)/,
    en: 'Create',
    pt: 'Criar',
    ok: '201',
  },
  {
    pattern:
      /\b(?:list|buscar?|consult|visualiz|pesquis|search|view|find|browse|show|exibir|display|historico|history|report|relator)/,
    en: 'List and read',
    pt: 'Listar e ler',
    ok: '200',
  },
  { pattern: /\b(?:edit|atualiz|alter|update|change|modif|renew|renov)/, en: 'Change', pt: 'Alterar', ok: '200' },
  { pattern: /\b(?:delet|exclu|remov|apag)/, en: 'Delete', pt: 'Excluir', ok: '204' },
  {
    pattern:
      /\b(?:public|publish|fech|close|cancel|aprov|approv|conclu|complete|return|devol|encerr|ativ|activat|pagar|pay|confirm)/,
    en: 'Change its state',
    pt: 'Mudar o estado',
    ok: '200',
  },
];

export const operations = (card: CardSpec, language: Language): readonly (readonly string[])[] => {
  const t = say(language);
  const text = fold(`${subjectOf(card)}\n${requirementText(card)}\n${card.acceptanceCriteria.join('\n')}`);
  const named = OPERATIONS.filter((operation) => operation.pattern.test(text));
  const found = named.length > 0 ? named : OPERATIONS.slice(0, 2);
  return found.map((operation) => [
    t(operation.en, operation.pt),
    subjectOf(card),
    operation.ok,
    t('every error case below', 'todos os casos de erro abaixo'),
  ]);
};
