import type { Gate, GateInput, Task } from '@squados/agent-runtime';
import { prefixOf, type CardSpec, type Finding } from '@squados/contracts';
import { parseRequirements, type Requirement } from '@squados/importers/requirements';
import { clip, reportOf } from '../pool/report.js';
import { isEpic, productGate } from './product-gate.js';

const finding = (rule: string, message: string, severity: Finding['severity'] = 'error'): Finding => ({
  rule,
  severity,
  message,
});

interface Found {
  readonly requirement: Requirement;
  readonly document: string;
}

/** Reads the documents again from their bytes: what the author says of them does not count. */
const requirementsOf = async (input: GateInput): Promise<readonly Found[]> => {
  const found: Found[] = [];
  const seen = new Set<string>();
  for (const attachment of input.task.card.attachments ?? []) {
    const result = parseRequirements({
      name: attachment.name,
      bytes: await input.tools.readArtifact(attachment.sha256),
    });
    if (result.kind === 'rejected') continue;
    for (const requirement of result.document.requirements) {
      if (seen.has(requirement.id)) continue;
      seen.add(requirement.id);
      found.push({ requirement, document: attachment.name });
    }
  }
  return found;
};

const isDesign = (card: CardSpec): boolean =>
  card.type === 'design' || /technical design|desenho t[eé]cnico|arquitetura|architecture/i.test(card.title);

const place = ({ requirement, document }: Found): string =>
  `${requirement.id} "${clip(requirement.title, 80)}" (${document}:${String(requirement.fromLine)})`;

const uncovered = (found: readonly Found[], cards: readonly CardSpec[]): readonly Finding[] => {
  const designed = new Set(cards.filter(isDesign).flatMap((card) => card.requirementIds));
  const told = new Set(
    cards.filter((card) => (card.userStory ?? '').trim() !== '').flatMap((card) => card.requirementIds),
  );
  return found.flatMap((one) => [
    ...(designed.has(one.requirement.id) ? [] : [finding('no-design-card', `${place(one)} has no design card`)]),
    ...(told.has(one.requirement.id) ? [] : [finding('no-story', `${place(one)} has no card with a user story`)]),
  ]);
};

const words = (text: string): string =>
  text
    .replace(/[*_`\s]+/g, ' ')
    .trim()
    .toLowerCase();

const missingCriteria = (
  found: readonly Found[],
  cards: readonly CardSpec[],
): readonly { readonly one: Found; readonly criterion: string }[] => {
  const stated = new Set(cards.flatMap((card) => card.acceptanceCriteria.map(words)));
  return found.flatMap((one) =>
    one.requirement.criteria
      .filter((criterion) => !stated.has(words(criterion)))
      .map((criterion) => ({ one, criterion })),
  );
};

const count = (n: number, of: number): string => `${String(n)} of ${String(of)}`;

/** A project that had product cards before keeps their criteria: what they leave out is a warning, not this attempt's error. */
const severityOf = (input: GateInput): Finding['severity'] => (input.proposals.length === 0 ? 'warning' : 'error');

const report = async (input: GateInput) => {
  const all = (await requirementsOf(input)).filter(({ requirement }) => requirement.moscow !== 'wont');
  const functional = all.filter(({ requirement }) => requirement.kind === 'functional');
  if (functional.length === 0)
    return reportOf('documents read', [
      finding('no-requirements', 'the attached documents hold no functional requirement'),
    ]);
  const cards = [
    ...input.proposals.map((p) => p.card),
    ...input.task.cards.filter((card) => prefixOf(card.id) === 'PROD'),
  ];
  const open = uncovered(functional, cards);
  const missing = missingCriteria(all, cards);
  const criteria = all.reduce((sum, { requirement }) => sum + requirement.criteria.length, 0);
  const gaps = missing.map(({ one, criterion }) =>
    finding(
      'criterion-missing',
      `${place(one)}: no card holds the criterion "${clip(criterion, 160)}"`,
      severityOf(input),
    ),
  );
  const without = new Set(open.map((f) => f.message.split(' ')[0])).size;
  return reportOf(
    `${count(functional.length - without, functional.length)} requirements covered, ${count(criteria - missing.length, criteria)} criteria in cards`,
    [...open, ...gaps],
  );
};

const applies = (task: Task): 'required' | 'none' =>
  isEpic(task) && (task.card.attachments?.length ?? 0) > 0 ? 'required' : 'none';

/** Every functional requirement of the attached documents has a design card and a story, and every criterion of the text stands on some card. */
export const createRequirementCoverageGate = (): Gate =>
  productGate({
    name: 'requirement-coverage',
    command: 'read the attached requirements documents again and look for each requirement and criterion in the cards',
    applies,
    check: report,
  });
