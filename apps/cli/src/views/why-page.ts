import {
  card,
  cardRecord,
  criterionChecks,
  currentManifest,
  projectRecord,
  type AttemptRecord,
  type CardRecord,
  type CardView,
  type CriterionCheck,
  type NoteTexts,
} from '@squados/board';
import type { CardId, ProjectId, Verdict } from '@squados/contracts';
import type { FoldView } from '@squados/orchestrator';
import { duration } from '../terminal/duration.js';
import type { Palette } from '../terminal/palette.js';
import { printable, printableLines, shorten } from '../terminal/sanitize.js';
import { stateReason } from './state-reason.js';
import { criterionLines } from './criterion-lines.js';
import { paintState, stateWord } from './state-words.js';

/** Everything the log knows of a card, for an auditor: also what `--json` prints. */
export interface WhyPage {
  readonly card: CardView;
  readonly record: CardRecord;
  readonly reason: string;
  readonly dependencies: readonly {
    readonly id: CardId;
    readonly state: string;
    readonly assumed: boolean;
    readonly title: string;
  }[];
  readonly neededBy: readonly CardId[];
  /** Criterion ↔ check ↔ artifact ↔ verdict. */
  readonly criteria: readonly CriterionCheck[];
}

/** Which card of which project. */
export interface WhyOf {
  readonly project: ProjectId;
  readonly id: CardId;
  readonly notes: NoteTexts;
}

export const whyPage = (fold: FoldView, { project, id, notes }: WhyOf): WhyPage | undefined => {
  const view = card(fold.board, project, id);
  const known = projectRecord(fold.catalog, project);
  const record = known?.cards.get(id);
  if (!view || !record) return undefined;
  const dependencies = view.dependencies.map((dependency) => {
    const met = card(fold.board, project, dependency);
    const title = cardRecord(fold.catalog, project, dependency)?.spec.title ?? '';
    return {
      id: dependency,
      state: met?.state ?? 'unknown',
      assumed: met?.state === 'SKIPPED' || met?.assumed === true,
      title,
    };
  });
  return {
    card: view,
    record,
    reason: stateReason(fold, view, record),
    dependencies,
    neededBy: neededBy(fold, project, id),
    criteria: known ? criterionChecks(known, id, notes) : [],
  };
};

const neededBy = (fold: FoldView, project: ProjectId, id: CardId): readonly CardId[] => {
  const found: CardId[] = [];
  for (const other of cardIds(fold, project))
    if (card(fold.board, project, other)?.dependencies.includes(id)) found.push(other);
  return found;
};

const cardIds = (fold: FoldView, project: ProjectId): Iterable<CardId> => cardsOf(fold.board, project);
import { cards as cardsOf } from '@squados/board';

const TEXT_LINES = 12;

export const whyLines = (page: WhyPage, palette: Palette): readonly string[] => [
  `${palette.bold(printable(page.card.id))}  ${shorten(page.record.spec.title, 120)}`,
  `${paintState(palette, page.card.state, stateWord(page.card.state))}${page.card.assumed ? palette.yellow(' (assumed)') : ''}: ${printable(page.reason)}`,
  ...section(palette, 'What it is', specLines(page)),
  ...section(palette, 'Acceptance criteria', criterionLines(page.criteria)),
  ...section(palette, 'Where it came from', originLines(page.record)),
  ...section(palette, 'Depends on', page.dependencies.map(dependencyLine)),
  ...section(palette, 'Needed by', page.neededBy.length === 0 ? [] : [shorten(page.neededBy.join(', '), 400)]),
  ...page.record.attempts.flatMap((attempt) => section(palette, `Attempt ${attempt.attempt}`, attemptLines(attempt))),
  ...section(
    palette,
    'Decisions',
    page.record.decisions.map(
      (d) => `${d.at}  ${d.type}${d.by ? ` by ${d.by.kind} ${printable(d.by.name)}` : ''}: ${shorten(d.text, 300)}`,
    ),
  ),
  ...section(palette, 'Artifacts that count', artifactLines(page.record)),
];

const section = (palette: Palette, title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', palette.bold(title), ...lines.map((line) => `  ${line}`)];

const specLines = ({ card: view, record }: WhyPage): readonly string[] => {
  const { spec } = record;
  return [
    `agent ${view.agent}, priority ${view.priority}, type ${printable(spec.type ?? 'not stated')}, effort ${printable(spec.effort ?? 'not stated')}, revision ${record.revision}`,
    ...(spec.requirementIds.length > 0 ? [`requirements ${printable(spec.requirementIds.join(', '))}`] : []),
    ...(spec.userStory === undefined ? [] : [shorten(spec.userStory, 400)]),
    ...printableLines(spec.description).slice(0, TEXT_LINES),
  ];
};

const originLines = ({ spec, addedBy }: CardRecord): readonly string[] => {
  const origin =
    addedBy.kind === 'proposal'
      ? `proposed by ${addedBy.card}, attempt ${addedBy.attempt}`
      : `${addedBy.kind} by ${addedBy.by.kind} ${addedBy.by.name}`;
  const source = spec.source
    ? [`${printable(spec.source.document)}:${spec.source.fromLine}-${spec.source.toLine}`]
    : [];
  const files = (spec.attachments ?? []).map(
    (file) => `attached ${printable(file.name)}, ${file.bytes} bytes, sha256 ${file.sha256}`,
  );
  return [printable(origin), ...source, ...files];
};

const dependencyLine = (met: WhyPage['dependencies'][number]): string =>
  `${printable(met.id)}  ${met.state}${met.assumed ? ' (assumed: not delivered, or built on what was not)' : ''}  ${shorten(met.title, 90)}`;

const attemptLines = (attempt: AttemptRecord): readonly string[] => [
  `enqueued ${attempt.enqueuedAt}, inputs ${attempt.inputs.digest.slice(0, 16)} at card revision ${attempt.inputs.cardRevision}`,
  attempt.startedAt === undefined
    ? 'not started'
    : `started ${attempt.startedAt} by ${printable(attempt.worker ?? 'unknown')}${attempt.deliveries > 1 ? `, ${attempt.deliveries} deliveries` : ''}`,
  ...(attempt.feedback === undefined ? [] : [`feedback it was given: ${shorten(attempt.feedback, 300)}`]),
  ...attempt.verdicts.flatMap(verdictLines),
  ...attempt.waivers.map(
    (w) => `waived ${printable(w.gate)} by ${w.by.kind} ${printable(w.by.name)}: ${shorten(w.reason, 200)}`,
  ),
  ...endLines(attempt),
];

const MARK: Readonly<Record<Verdict['outcome'], string>> = { pass: '✓', fail: '✗', refer: '?' };

const verdictLines = (verdict: Verdict): readonly string[] => [
  `${MARK[verdict.outcome]} ${printable(verdict.gate)} ${verdict.outcome}${verdict.required ? '' : ' (advisory)'}  ${shorten(verdict.summary, 200)}`,
  `    ${shorten(verdict.command, 160)}${verdict.exitCode === undefined ? '' : `, exit ${verdict.exitCode}`}, ${duration(verdict.durationMs)}, profile ${verdict.profile}, isolation ${verdict.isolation.level} (${printable(verdict.isolation.by)})`,
  ...(verdict.findings ?? []).map(
    (f) =>
      `    ${f.severity} ${printable(f.path ?? '')}${f.line === undefined ? '' : `:${f.line}`} ${shorten(f.message, 200)}`,
  ),
];

const endLines = ({ end }: AttemptRecord): readonly string[] => {
  if (end === undefined) return ['not ended'];
  if (end.kind === 'completed')
    return [
      `completed ${end.at} by author ${printable(end.author)}, manifest ${end.manifestHash}`,
      ...(end.assumptions ?? []).map((assumption) => `assumed: ${shorten(assumption, 240)}`),
      ...(end.proposals.length > 0 ? [`proposed ${shorten(end.proposals.map((p) => p.card.id).join(', '), 300)}`] : []),
    ];
  if (end.kind === 'released')
    return [`released ${end.at} (${printable(end.release.reason)}) by ${printable(end.release.by.name)}`];
  const { kind, code, message, place, excerpt } = end.failure;
  return [
    `failed ${end.at} (${kind}, ${printable(code)}): ${shorten(message, 300)}${place === undefined ? '' : ` at ${printable(place)}`}`,
    ...(excerpt === undefined
      ? []
      : printableLines(excerpt)
          .slice(0, TEXT_LINES)
          .map((line) => `│ ${line}`)),
  ];
};

const artifactLines = (record: CardRecord): readonly string[] => {
  const manifest = currentManifest(record)?.manifest ?? {};
  return Object.entries(manifest).map(([path, hash]) => `${hash}  ${printable(path)}`);
};
