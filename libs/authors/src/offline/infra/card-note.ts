import { encodeToken, type CardSpec } from '@squados/contracts';
import { criterionNote, knownCriterion, type Claim } from '../criteria/index.js';

type Language = 'pt' | 'en';
type Claims = Readonly<Record<string, Claim>>;
type Notes = readonly (readonly [path: string, text: string])[];

const FILES = ['docker/', 'compose.yaml', 'k8s/'];

const INFRA: Readonly<Record<Language, Claims>> = {
  en: {
    valid: {
      how: 'each is read by the rules of its tool',
      by: ['dockerfiles', 'compose', 'kubernetes', 'ci-workflow', ...FILES, 'ci/'],
    },
    secretless: {
      how: 'each is searched for values of secrets',
      by: ['dockerfiles', 'compose', 'kubernetes', ...FILES],
    },
  },
  pt: {
    valid: {
      how: 'cada um é lido pelas regras da sua ferramenta',
      by: ['dockerfiles', 'compose', 'kubernetes', 'ci-workflow', ...FILES, 'ci/'],
    },
    secretless: {
      how: 'em cada um se procuram valores de segredos',
      by: ['dockerfiles', 'compose', 'kubernetes', ...FILES],
    },
  },
};

const LOCAL = ['product-answers', 'local/addresses.json', 'local/release.json'];
const DEPLOY: Readonly<Record<Language, Claims>> = {
  en: { answers: { how: 'its health, its page and its lists are asked for', by: LOCAL } },
  pt: { answers: { how: 'pergunta-se pela saúde, pela página e pelas listas', by: LOCAL } },
};

const noteOf = (card: CardSpec, language: Language, claims: Claims): Notes => {
  const { id, title, acceptanceCriteria: criteria } = card;
  const claimOf = (criterion: string): Claim | undefined => claims[knownCriterion(criterion, []) ?? ''];
  if (criteria.length === 0) return [];
  return [[`deploy/cards/${encodeToken(id)}.md`, criterionNote({ id, title, language, criteria, claimOf })]];
};

/** By which gates the criteria of the infrastructure are held; those of a backlog's own words are held by none. */
export const infraNote = (card: CardSpec, language: Language): Notes => noteOf(card, language, INFRA[language]);

export const deployNote = (card: CardSpec): Notes => noteOf(card, card.language ?? 'en', DEPLOY[card.language ?? 'en']);
