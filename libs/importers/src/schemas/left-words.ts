import type { LeftOut, LeftWhy } from './given-schema.js';

const WORDS: Readonly<Record<LeftWhy, readonly [en: string, pt: string]>> = {
  rows: ['rows are not taken over', 'linhas não são aproveitadas'],
  program: ['what runs inside the database is not taken over', 'o que executa dentro do banco não é aproveitado'],
  view: ['views are not taken over', 'visões não são aproveitadas'],
  index: ['the product makes its own indexes', 'o produto faz os próprios índices'],
  rights: ['rights inside the database are not taken over', 'direitos dentro do banco não são aproveitados'],
  unread: ['this statement is not read', 'este comando não é lido'],
  unclosed: [
    'its parenthesis is not closed: everything up to the next semicolon counts as part of it; close it',
    'o parêntese não é fechado: tudo até o próximo ponto e vírgula conta como parte dele; feche-o',
  ],
  key: [
    'the key of several columns becomes an id; that they are unique together is not kept',
    'a chave de várias colunas vira um id; não se garante que sejam únicas juntas',
  ],
  'composite-unique': [
    'that several columns are unique together is not kept',
    'não se garante que várias colunas sejam únicas juntas',
  ],
  'composite-reference': [
    'a reference by several columns is not followed; the columns stay plain values',
    'uma referência por várias colunas não é seguida; as colunas ficam como valores',
  ],
  'lost-reference': [
    'the table that it refers to is not in the script; the column stays a plain value',
    'a tabela referida não está no script; a coluna fica como valor',
  ],
  check: ['this condition is not kept, or not wholly', 'esta condição não é mantida, ou não por inteiro'],
  default: [
    'the default is no plain value: nothing is filled in, and the column may be left empty',
    'o valor padrão não é simples: nada é preenchido, e a coluna pode ficar vazia',
  ],
  computed: ['computed columns are not taken over', 'colunas calculadas não são aproveitadas'],
  binary: [
    'bytes, shapes and search indexes are not taken over',
    'bytes, formas e índices de busca não são aproveitados',
  ],
  type: ['the type is not known; it is taken as a short text', 'o tipo não é conhecido; vale como texto curto'],
  twice: ['it stands twice; the first one counts', 'aparece duas vezes; vale a primeira'],
  partition: ['a partition holds no more than its table does', 'uma partição não tem mais do que a sua tabela'],
  circle: [
    'rows would have to name each other before either is there; it may be left empty',
    'as linhas teriam de se referir uma à outra antes de existirem; pode ficar vazia',
  ],
  'unique-link': [
    'that at most one row refers to the same row is not kept',
    'não se garante que no máximo uma linha se refira à mesma linha',
  ],
  'on-delete': [
    'it can not be emptied, so what it refers to can not be deleted',
    'não pode ficar vazia, então o que ela refere não pode ser excluído',
  ],
  'no-column': [
    'it has no column beside its key; a description is assumed',
    'não tem coluna além da chave; supõe-se uma descrição',
  ],
};

/** One sentence: place, what it is, and why it is left out. */
export const leftWords = ({ file, line, what, why }: LeftOut, language: 'pt' | 'en'): string =>
  `${file === undefined ? '' : `${file}:`}${line}: ${what}: ${WORDS[why][language === 'pt' ? 1 : 0]}`;

const MOST_EACH = 5;

/** Every sentence; of a kind that stands many times (rows, indexes) only the first few and how many more. */
export const leftLines = (left: readonly LeftOut[], language: 'pt' | 'en'): readonly string[] => {
  const counts = new Map<LeftWhy, number>();
  const kept = left.filter(({ why }) => {
    const count = (counts.get(why) ?? 0) + 1;
    counts.set(why, count);
    return count <= MOST_EACH || !MANY.has(why);
  });
  const more = [...counts].filter(([why, count]) => MANY.has(why) && count > MOST_EACH);
  return [
    ...kept.map((one) => leftWords(one, language)),
    ...more.map(([why, count]) => moreLine(count - MOST_EACH, WORDS[why], language)),
  ];
};

const moreLine = (count: number, [en, pt]: readonly [string, string], language: 'pt' | 'en'): string =>
  language === 'pt' ? `mais ${count} como estes: ${pt}` : `${count} more like these: ${en}`;

const MANY: ReadonlySet<LeftWhy> = new Set(['rows', 'index', 'rights', 'partition']);
