import { textAt } from '../text/text-at.js';
import { ascii, nameWords } from '../text/identifiers.js';
import { pluralPhrase, singular, singularPhrase } from '../text/inflection.js';
import type { Language } from '../text/language.js';
import { rememberedOf } from '../text/remembered.js';
import { verbOf } from './verbs.js';

/** A thing that a text names: singular and plural as people read them, and what it is compared by. */
export interface NounPhrase {
  readonly label: string;
  readonly labelPlural: string;
  readonly key: string;
  /** Tokens taken, determiners included. */
  readonly length: number;
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const DETERMINERS = {
  pt: set(
    'o a os as um uma uns umas cada todo toda todos todas novo nova novos novas seu sua seus suas este esta esse essa qualquer multiplos multiplas varios varias outro outra outros outras proprio mesmo mesma diferentes diversos diversas algum alguma melhor primeiro segundo',
  ),
  en: set(
    'a an the each every all any new existing its their his her this these that those one several multiple many some other another my our own more no',
  ),
};
const ADJECTIVES = {
  pt: set(
    'multimodal automatico automatica automaticos automaticas dinamico dinamica dinamicos dinamicas completo completa completos completas central manual semantico semanticos semantica iterativo iterativa assincrona assincrono global basico basica inicial ativo ativa ativos ativas disponivel existente existentes especializados complexo complexos multiplo autenticado especifico especifica',
  ),
  en: set(
    'available active authenticated existing overdue registered valid open current own full detailed basic simple public private automatic dynamic central registered unauthenticated given particular automated reported published upcoming',
  ),
};
/** Where a noun phrase ends. */
const ENDS = {
  pt: set(
    'via com para em no na nos nas por pelo pela pelos pelas entre sem sobre ao aos que quando enquanto apos se como e ou ate mas porque desde durante conforme antes depois onde cujo cuja dentro contra utilizando usando do da dos das deve devem pode podem sao foi ser seja sejam esta estao tem ter possui possuem so nao ja apenas somente a as pertence pertencem refere referem contem precisa precisam permite permitem faz fazem usa mais menos a-partir',
  ),
  en: set(
    'is are was were be been being can may must shall should will would has have had do does not that which who whom when while if so and or but to of in on at by with for from into within per via as after before without between about under over through using it they he she then than only also until where whose because during against there rather currently belongs belong refers refer contains contain includes include needs need',
  ),
};
/** Nouns that name the machine, its screens or nothing in particular: never entities. */
const EMPTY = set(
  'sistema plataforma aplicacao aplicativo dado dados informacao interface tela pagina api endpoint filtro detalhe opcao status estado mudanca resultado funcao funcionalidade ' +
    'requisito ui ux software modulo item coisa forma tipo valor nome campo-de-texto versao vez exemplo processo fluxo base banco suporte uso acesso etc zero codigo geral ' +
    'system platform application app data information screen page filter detail option state change result function functionality feature requirement module ' +
    'thing way type value name version time example process flow database support use access one none following ability action operation request response error list lista lote bulk crud case ' +
    'performance seguranca security usability usabilidade desempenho dashboard painel kpi paginacao pagination ordenacao sorting impedir permitir garantir evitar prevent allow ensure enforce permission permissao cors origin',
);
/** A container says little; what it holds is the thing: `Biblioteca Central de Validações` → Validação. */
const CONTAINERS = set(
  'biblioteca conjunto lista catalogo colecao painel portal lote tela pagina repositorio modulo servico library set list catalogue catalog collection screen page repository module',
);
/** Sides of a thing rather than a thing: `Identidade do Oráculo` → Oráculo. */
const ASPECTS = set(
  'escolha selecao integridade qualidade quantidade disponibilidade conformidade consistencia duplicata duplicatas quantity integrity quality consistency identidade perfil detalhes detalhe dados historico setup status informacoes estado identity profile details detail data history information state ciclo lifecycle qualidade fase etapa phase step',
);

export const isContainer = (word: string): boolean => CONTAINERS.has(ascii(word).toLowerCase());
export const isAspect = (word: string): boolean =>
  ASPECTS.has(ascii(word).toLowerCase()) || /(bilidade|ismo|ability|ibility)$/.test(ascii(word).toLowerCase());
const norm = (word: string): string => ascii(word).toLowerCase();

/** Words of a text with the punctuation that ends a phrase kept as tokens of its own. */
export const tokensOf = (text: string): readonly string[] =>
  text.match(/[\p{L}\p{N}_]+(?:['’-][\p{L}\p{N}_]+)*|[^\s\p{L}\p{N}_]/gu) ?? [];

const isWord = (token: string | undefined): token is string => token !== undefined && /[\p{L}\p{N}]/u.test(token);
const isAdjective = (word: string, language: Language): boolean => {
  const w = norm(word);
  if (ADJECTIVES[language].has(w)) return true;
  return language === 'pt'
    ? /(avel|ivel|aveis|iveis|mente)$/.test(w) || /^[a-z]{2,}(ad|id)[oa]s?$/.test(w)
    : /(able|ible|ly)$/.test(w);
};
const isEnd = (token: string | undefined, language: Language): boolean =>
  !isWord(token) || ENDS[language].has(norm(token));

/** Key under which two spellings of a thing meet: `object_definitions`, `Object Definition`. */
export const keyOf = (label: string, language: Language): string => KEYS[language](label);

const makeKey = (label: string, language: Language): string =>
  nameWords(singularPhrase(label.replace(/[_-]+/g, ' '), language))
    .filter((w) => !['de', 'do', 'da', 'dos', 'das', 'of', 'the'].includes(w))
    .map((w) => singular(w, language))
    .join(' ');

/** Every few words of every text are looked up, again for each requirement that follows. */
const KEYS: Readonly<Record<Language, (label: string) => string>> = {
  pt: rememberedOf((label) => makeKey(label, 'pt')),
  en: rememberedOf((label) => makeKey(label, 'en')),
};

/** A label begins with a capital, as in a title; names keep their own. */
const titled = (label: string): string => label.charAt(0).toUpperCase() + label.slice(1);

export const phraseOf = (words: readonly string[], language: Language, length: number): NounPhrase => {
  const text = words.join(' ').replaceAll('_', ' ').replace(/\s+/g, ' ');
  const one = singularPhrase(text, language);
  const many = one === text ? pluralPhrase(one, language) : text;
  return { label: titled(one), labelPlural: titled(many), key: keyOf(one, language), length };
};

interface Scan {
  readonly tokens: readonly string[];
  readonly language: Language;
}

const skipDeterminers = ({ tokens, language }: Scan, from: number): number => {
  let at = from;
  while (
    isWord(tokens[at]) &&
    (DETERMINERS[language].has(norm(textAt(tokens, at))) ||
      /^\d+\+?$/.test(textAt(tokens, at)) ||
      (language === 'en' && isAdjective(textAt(tokens, at), language)))
  )
    at++;
  return at;
};

const headPt = (scan: Scan, start: number, wide: boolean): { readonly words: string[]; readonly at: number } => {
  const { tokens } = scan;
  const words: string[] = [];
  let at = start;
  for (const limit = wide ? 4 : 2; !isHeadEnd(tokens[at]) && words.length < limit; at++) {
    const word = textAt(tokens, at);
    if (words.length > 0 && isAdjective(word, 'pt')) continue;
    if (!isPart(word, words.length, wide)) break;
    words.push(word);
  }
  return words.length === 0 ? { words, at } : withCompound(tokens, words, at);
};

const withCompound = (
  tokens: readonly string[],
  words: string[],
  at: number,
): { readonly words: string[]; readonly at: number } =>
  isCompound(tokens, at) ? { words: [...words, 'de', textAt(tokens, at + 1)], at: at + 2 } : { words, at };

const isHeadEnd = (token: string | undefined): boolean => isEnd(token, 'pt') || norm(token ?? '') === 'de';
const isPart = (word: string, place: number, wide: boolean): boolean => place === 0 || wide || /^\p{Lu}/u.test(word);

/** A bare `de` and a noun: `ordem de serviço`. */
const isCompound = (tokens: readonly string[], at: number): boolean => {
  const next = textAt(tokens, at + 1);
  return (
    norm(textAt(tokens, at)) === 'de' &&
    !isEnd(next, 'pt') &&
    !DETERMINERS.pt.has(norm(next)) &&
    verbOf(next, 'pt')?.noun !== false
  );
};

/** Where a verb ends the phrase: in running text, and in `Guests register with a name` even for the words of a title. */
const isVerbAt = (tokens: readonly string[], at: number, wide: boolean): boolean => {
  const next = tokens[at + 1];
  if (wide && !(isWord(next) && isEnd(next, 'en'))) return false;
  return verbOf(textAt(tokens, at), 'en')?.noun === false;
};

const headEn = ({ tokens }: Scan, start: number, wide: boolean): { readonly words: string[]; readonly at: number } => {
  const words: string[] = [];
  let at = start;
  while (!isEnd(tokens[at], 'en') && words.length < (wide ? 4 : 3)) {
    if (words.length > 0 && isVerbAt(tokens, at, wide)) break;
    words.push(textAt(tokens, at++));
  }
  return { words, at };
};

const isThing = (words: readonly string[], language: Language): boolean => {
  const head = norm(singular(words[language === 'en' ? words.length - 1 : 0] ?? '', language));
  return words.length > 0 && !EMPTY.has(head) && !/^\d/.test(textAt(words, 0)) && head.length > 1;
};

/**
 * Reads the noun phrase that begins at a token. `wide` takes everything up to the next preposition (titles, declarations);
 * otherwise it stops early, as running text demands. Undefined where no thing is named there.
 */
export const readPhrase = (scan: Scan, from: number, wide = false): NounPhrase | undefined => {
  const start = skipDeterminers(scan, from);
  const { words, at } = scan.language === 'pt' ? headPt(scan, start, wide) : headEn(scan, start, wide);
  const inner = isShell(words) ? words.slice(2) : words;
  return isThing(inner, scan.language) ? phraseOf(inner, scan.language, at - from) : undefined;
};

const isShell = (words: readonly string[]): boolean =>
  words.length > 2 && words[1] === 'de' && (isContainer(textAt(words, 0)) || isAspect(textAt(words, 0)));

/** A phrase taken whole, for declarations (`Campos do livro:`), or undefined when it names no thing. */
export const declaredPhrase = (text: string, language: Language): NounPhrase | undefined => {
  const tokens = tokensOf(text.replaceAll('_', ' '));
  return readPhrase({ tokens, language }, 0, true);
};
