import { card } from '@squados/board';
import { standingVerdicts, type CardId, type CardState, type Outcome } from '@squados/contracts';
import type { CardRecord } from '@squados/board';
import type { FoldView } from '@squados/orchestrator';
import { isHeld } from './is-held.js';
import type { ProjectAt } from './project-of.js';

/** Figures of a run, from the log alone. */
export interface Tally {
  readonly cards: number;
  readonly byState: Readonly<Partial<Record<CardState, number>>>;
  readonly attempts: number;
  readonly gates: Readonly<Record<Outcome | 'waived', number>>;
  readonly artifacts: number;
  readonly deadLetters: readonly CardId[];
  readonly awaitingApproval: readonly CardId[];
  /** Epoch milliseconds between the first and the last thing that an attempt recorded. */
  readonly spanMs: number;
}

export const tallyOf = (fold: FoldView, at: ProjectAt): Tally => {
  const records = [...at.record.cards.values()];
  const attempts = records.flatMap((record) => record.attempts);
  const verdicts = attempts.flatMap((attempt) => standingVerdicts(attempt.verdicts));
  const outcome = (wanted: Outcome): number => verdicts.filter((verdict) => verdict.outcome === wanted).length;
  const inState = (state: CardState): readonly CardId[] =>
    records.map((record) => record.spec.id).filter((id) => card(fold.board, at.view.id, id)?.state === state);
  return {
    cards: records.length,
    byState: at.view.byState,
    attempts: attempts.length,
    gates: {
      pass: outcome('pass'),
      fail: outcome('fail'),
      refer: outcome('refer'),
      waived: attempts.reduce((n, attempt) => n + attempt.waivers.length, 0),
    },
    artifacts: records.reduce((n, record) => n + filesOf(record), 0),
    deadLetters: inState('DEAD_LETTERED'),
    awaitingApproval: records
      .filter((record) => isHeld(card(fold.board, at.view.id, record.spec.id)?.state, record))
      .map((record) => record.spec.id),
    spanMs: spanOf(records),
  };
};

const filesOf = (record: CardRecord): number => {
  const end = record.attempts.at(-1)?.end;
  return end?.kind === 'completed' ? Object.keys(end.manifest).length : 0;
};

const spanOf = (records: readonly CardRecord[]): number => {
  let first = Infinity;
  let last = -Infinity;
  for (const attempt of records.flatMap((record) => record.attempts)) {
    first = Math.min(first, Date.parse(attempt.enqueuedAt));
    last = Math.max(last, Date.parse(attempt.end?.at ?? attempt.startedAt ?? attempt.enqueuedAt));
  }
  return Number.isFinite(first) ? last - first : 0;
};
