import { append, type Defect } from './defect.js';

const BACKLOG = 'produto/backlog_produto_completo.json';

const withoutCard =
  (id: string): Defect['plant'] =>
  (work) => {
    const backlog = JSON.parse(work.files.get(BACKLOG) ?? '{}') as {
      cards: { card_id: string; dependencies: string[] }[];
    };
    const cards = backlog.cards
      .filter((card) => card.card_id !== id)
      .map((card) => ({ ...card, dependencies: card.dependencies.filter((other) => other !== id) }));
    work.files.set(BACKLOG, JSON.stringify({ ...backlog, cards }));
    work.proposals = work.proposals
      .filter(({ card }) => card.id !== id)
      .map(({ card, ...rest }) => ({
        ...rest,
        card: { ...card, dependencies: card.dependencies.filter((d) => d !== id) },
      }));
  };

const circle: Defect['plant'] = (work) => {
  const [first, second] = work.proposals;
  if (!first || !second) throw new Error('there are not two proposals');
  const needs = (card: typeof first.card, id: typeof first.card.id) => ({ ...card, dependencies: [id] });
  work.proposals = [
    { ...first, card: needs(first.card, second.card.id) },
    { ...second, card: needs(second.card, first.card.id) },
    ...work.proposals.slice(2),
  ];
};

export const PRODUCT: readonly Defect[] = [
  {
    id: 'P1',
    part: 'product',
    title: 'a requirement without a design card',
    gate: 'requirement-coverage',
    says: /FR-002.*no design card/,
    plant: withoutCard('PROD-004'),
  },
  {
    id: 'P2',
    part: 'product',
    title: 'hedging in the list of features',
    gate: 'document-lint',
    says: /hedging|probably/i,
    plant: append('produto/MVP_Features.md', '\nThe search is probably fast enough.\n'),
  },
  {
    id: 'P3',
    part: 'product',
    title: 'two proposed cards that wait for each other',
    gate: 'product-schema',
    says: /circle|cycle/i,
    plant: circle,
  },
];
