import { EPIC_CRITERIA } from '@squados/importers/requirements';

type Language = 'pt' | 'en';
type Texts = Readonly<Record<Language, (id: string) => string>>;

/**
 * Criteria that the product owner writes itself, where a text states too few or speaks of no requirement. Whoever builds the card
 * knows them by these words, and says in its note by what each is held.
 */
export const KNOWN = {
  covered: { en: () => EPIC_CRITERIA.en.covered, pt: () => EPIC_CRITERIA.pt.covered },
  checkable: { en: () => EPIC_CRITERIA.en.checkable, pt: () => EPIC_CRITERIA.pt.checkable },
  keyboard: {
    en: (id) => `Every action of ${id} can be done with the keyboard alone`,
    pt: (id) => `Toda ação de ${id} pode ser feita só com o teclado`,
  },
  kept: {
    en: (id) => `A refused input of ${id} keeps what was typed and names the field`,
    pt: (id) => `Uma entrada recusada de ${id} mantém o que foi digitado e nomeia o campo`,
  },
  states: {
    en: (id) => `The screen of ${id} tells apart loading, empty, filled and failed`,
    pt: (id) => `A tela de ${id} distingue carregando, vazia, preenchida e com falha`,
  },
  valid: {
    en: () => 'Every image, composition, manifest and workflow is valid for the tool that reads it',
    pt: () => 'Toda imagem, composição, manifesto e workflow é válido para a ferramenta que o lê',
  },
  secretless: {
    en: () => 'No image, composition or manifest holds the value of a secret',
    pt: () => 'Nenhuma imagem, composição ou manifesto contém o valor de um segredo',
  },
  answers: {
    en: () => 'What was started answers its health check',
    pt: () => 'O que foi iniciado responde à verificação de saúde',
  },
} as const satisfies Readonly<Record<string, Texts>>;

export type KnownCriterion = keyof typeof KNOWN;

export const DERIVED: Readonly<Record<Language, string>> = { en: '(derived)', pt: '(derivado)' };

const MARK = new RegExp(
  `^(?:${Object.values(DERIVED)
    .map((mark) => mark.replace(/[()]/g, '\\$&'))
    .join('|')}) `,
);

/** Which of them a card's criterion is, whatever its language; undefined for the words of a document. */
export const knownCriterion = (criterion: string, ids: readonly string[]): KnownCriterion | undefined => {
  const text = criterion.replace(MARK, '').trim();
  const is = (kind: KnownCriterion): boolean =>
    ['', ...ids].some((id) => KNOWN[kind].en(id) === text || KNOWN[kind].pt(id) === text);
  return (Object.keys(KNOWN) as KnownCriterion[]).find(is);
};
