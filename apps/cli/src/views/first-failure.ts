import { card, type AttemptRecord, type CardRecord } from '@squados/board';
import type { FoldView } from '@squados/orchestrator';
import { printableLines, shorten } from '../terminal/sanitize.js';
import type { Palette } from '../terminal/palette.js';
import type { ProjectAt } from './project-of.js';

export interface Failure {
  readonly card: string;
  readonly title: string;
  readonly attempt: number;
  readonly code: string;
  readonly message: string;
  readonly place?: string;
  readonly excerpt?: string;
  readonly gates: readonly string[];
}

/** The failure behind the first dead letter (in the order in which cards were added); undefined when there is none. */
export const firstFailure = (fold: FoldView, { view, record }: ProjectAt): Failure | undefined => {
  for (const [id, known] of record.cards) {
    if (card(fold.board, view.id, id)?.state === 'DEAD_LETTERED') return failureOf(known);
  }
  return undefined;
};

/** Of a card that was given up: its last failed attempt, or else the decision itself. */
export const failureOf = (record: CardRecord): Failure => {
  const attempt = record.attempts.findLast((candidate) => candidate.end?.kind === 'failed') ?? record.attempts.at(-1);
  const base = {
    card: record.spec.id,
    title: record.spec.title,
    attempt: attempt?.attempt ?? 0,
    gates: failedGates(attempt),
  };
  return { ...base, ...causeOf(record, attempt) };
};

const causeOf = (
  record: CardRecord,
  attempt: AttemptRecord | undefined,
): Pick<Failure, 'code' | 'message' | 'place' | 'excerpt'> => {
  if (attempt?.end?.kind !== 'failed') {
    const dead = record.decisions.findLast((decision) => decision.type === 'CardDeadLettered');
    return { code: 'dead-letter', message: dead?.text ?? 'no attempt was recorded' };
  }
  const { code, message, place, excerpt } = attempt.end.failure;
  return { code, message, ...(place === undefined ? {} : { place }), ...(excerpt === undefined ? {} : { excerpt }) };
};

const failedGates = (attempt: AttemptRecord | undefined): readonly string[] =>
  (attempt?.verdicts ?? [])
    .filter((verdict) => verdict.outcome === 'fail')
    .map((verdict) => `${verdict.gate}: ${verdict.summary}`);

const EXCERPT_LINES = 8;

export const failureLines = (failure: Failure, palette: Palette): readonly string[] => [
  palette.red(`${shorten(failure.card, 60)} failed in attempt ${failure.attempt}: ${shorten(failure.message, 200)}`),
  `  card     ${shorten(failure.title, 100)}`,
  `  cause    ${shorten(failure.code, 60)}`,
  ...(failure.place === undefined ? [] : [`  place    ${shorten(failure.place, 160)}`]),
  ...failure.gates.map((gate) => `  gate     ${shorten(gate, 160)}`),
  ...excerptLines(failure.excerpt).map((line) => `  ${palette.dim('│')} ${shorten(line, 160)}`),
];

const excerptLines = (excerpt: string | undefined): readonly string[] =>
  excerpt === undefined
    ? []
    : printableLines(excerpt)
        .filter((line) => line.trim() !== '')
        .slice(0, EXCERPT_LINES);
