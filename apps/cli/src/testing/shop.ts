/** A card as a backlog file writes it. */
export const fileCard = (id: string, dependencies: readonly string[] = [], more: Record<string, unknown> = {}) => ({
  card_id: id,
  title: `Title of ${id}`,
  description: `What ${id} is about.`,
  type: 'feature',
  priority: 'MEDIUM',
  status: 'TODO',
  dependencies,
  acceptance_criteria: ['It can be checked'],
  requirement_ids: ['RF001'],
  deliverables: [],
  ...more,
});

export const backlogText = (cards: readonly unknown[], project = 'Corner shop'): string =>
  JSON.stringify({ project, cards }, undefined, 2);

/** Its second card fails at once and for good: no value lies between 40 and 12. */
export const failingCards = [
  fileCard('PROD-001'),
  fileCard('ARCH-002', ['PROD-001'], {
    type: 'architecture',
    description: '**Fields**:\n\n- **loaves per slot** (integer, required, between 40 and 12)\n',
  }),
  fileCard('PROD-003', ['ARCH-002']),
];
export const FAILING = backlogText(failingCards);

export const REQUIREMENTS = [
  '# Book lending',
  '',
  '### RF001: Register a book',
  '',
  'The system must register books by title and shelf.',
  '',
  '### RF002: Lend a book',
  '',
  'The system must lend a registered book to a reader.',
  '',
].join('\n');
