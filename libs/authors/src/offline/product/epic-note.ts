import { encodeToken, type CardSpec } from '@squados/contracts';
import { criterionNote, knownCriterion, type Claim } from '../criteria/index.js';
import { languageOfCard } from './plan-from-cards.js';
import { say } from './wording.js';

const LONGEST = 120;

/** By which gate each criterion of an epic is held; those that somebody else wrote are held by none. No file without criteria. */
export const epicNote = (card: CardSpec): readonly (readonly [path: string, text: string])[] => {
  const file = encodeToken(card.id);
  if (card.acceptanceCriteria.length === 0 || file.length > LONGEST) return [];
  const { id, title, acceptanceCriteria: criteria } = card;
  const language = languageOfCard(card);
  const t = say(language);
  const claims: Partial<Record<string, Claim>> = {
    covered: {
      how: t(
        'the documents are read again, and each requirement is looked for in the cards',
        'os documentos são lidos de novo, e cada requisito é procurado nos cartões',
      ),
      by: ['requirement-coverage', 'backlog_produto_completo.json'],
    },
    checkable: {
      how: t(
        'each card is held to its requirement, its story and at least three criteria',
        'de cada cartão se exige o requisito, a história e ao menos três critérios',
      ),
      by: ['product-schema', 'backlog_produto_completo.json'],
    },
  };
  const claimOf = (criterion: string): Claim | undefined => claims[knownCriterion(criterion, []) ?? ''];
  return [[`produto/cards/${file}.md`, criterionNote({ id, title, language, criteria, claimOf })]];
};
