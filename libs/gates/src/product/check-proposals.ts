import type { CardSpec, Finding } from '@squados/contracts';
import { prefixOf } from '@squados/contracts';
import type { GateInput } from '@squados/agent-runtime';
import { EFFORTS, LEAST_CRITERIA, MOSCOW, USER_STORY } from './backlog.dto.js';
import { findCycle } from './check-graph.js';

const finding = (rule: string, message: string): Finding => ({ rule, severity: 'error', message });

type Rule = readonly [rule: string, holds: (card: CardSpec) => boolean, message: string];

const isOneOf = (values: readonly string[], value: unknown): boolean =>
  typeof value === 'string' && values.includes(value);

const PRODUCT_RULES: readonly Rule[] = [
  [
    'user-story',
    (c) => USER_STORY.test(c.userStory ?? ''),
    'has no user story of the form "As a …, I want …, so that …" / "Como …, quero …, para que …"',
  ],
  [
    'criteria',
    (c) => new Set(c.acceptanceCriteria.map((t) => t.trim())).size >= LEAST_CRITERIA,
    `has fewer than ${String(LEAST_CRITERIA)} different acceptance criteria`,
  ],
  ['effort', (c) => isOneOf(EFFORTS, c.effort), 'has no effort of S, M, L, XL'],
  ['business-value', (c) => (c.businessValue ?? '').trim() !== '', 'says nothing of its business value'],
  ['moscow', (c) => isOneOf(MOSCOW, c.extra?.['moscow']), 'has no MoSCoW (extra.moscow: must, should, could, wont)'],
];

const EVERY_RULE: readonly Rule[] = [
  ['title', (c) => c.title.trim() !== '', 'has no title'],
  ['description', (c) => c.description.trim() !== '', 'has no description'],
  ['requirement', (c) => c.requirementIds.length > 0, 'names no requirement'],
];

const broken = (card: CardSpec, rules: readonly Rule[]): readonly Finding[] =>
  rules.filter(([, holds]) => !holds(card)).map(([rule, , message]) => finding(rule, `proposal ${card.id} ${message}`));

/** A card that continues a delivery chain may belong to a requirement that its own card does not name by id. */
const ruleSet = (card: CardSpec, input: GateInput): readonly Rule[] => {
  if (prefixOf(card.id) === 'PROD') return [...EVERY_RULE, ...PRODUCT_RULES];
  return input.task.card.requirementIds.length > 0 ? EVERY_RULE : EVERY_RULE.slice(0, 2);
};

const duplicates = (cards: readonly CardSpec[], taken: ReadonlySet<string>): readonly Finding[] => {
  const seen = new Set<string>();
  return cards.flatMap(({ id }) => {
    const again = seen.has(id);
    seen.add(id);
    if (again) return [finding('duplicate-id', `${id} is proposed twice`)];
    return taken.has(id) ? [finding('id-taken', `${id} is proposed, but the project has a card of that id`)] : [];
  });
};

const graph = (input: GateInput, cards: readonly CardSpec[]): readonly Finding[] => {
  const known = new Set([...input.task.cards, input.task.card, ...cards].map((card) => card.id));
  const dangling = cards.flatMap((card) =>
    card.dependencies
      .filter((id) => !known.has(id))
      .map((id) => finding('dangling', `${card.id} depends on ${id}, which is neither proposed nor in the project`)),
  );
  const self = cards
    .filter((card) => card.dependencies.includes(card.id))
    .map((card) => finding('self-dependency', `${card.id} depends on itself`));
  const cycle = self.length > 0 ? undefined : findCycle([...input.task.cards, ...cards]);
  return [
    ...dangling,
    ...self,
    ...(cycle ? [finding('cycle', `dependencies run in a circle: ${cycle.join(' → ')}`)] : []),
  ];
};

/** Cards in words, ids unique, graph sound: what a proposal must be before the orchestrator is asked to add it. */
export const checkProposals = (input: GateInput): readonly Finding[] => {
  const cards = input.proposals.map((proposal) => proposal.card);
  const taken = new Set<string>(input.task.cards.map((card) => card.id));
  return [
    ...cards.flatMap((card) => broken(card, ruleSet(card, input))),
    ...duplicates(cards, taken),
    ...graph(input, cards),
  ];
};
