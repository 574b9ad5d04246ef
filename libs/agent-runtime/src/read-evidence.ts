import type { CardAddress, Position, Sha256, SquadEvent, Verdict } from '@squados/contracts';
import { standingVerdicts, START } from '@squados/contracts';
import type { EventLog } from '@squados/event-log';

/** What is on record for the attempt that made a card DONE: of each gate the verdict that stands. */
export interface CardEvidence {
  readonly attempt: number;
  readonly manifestHash: Sha256;
  readonly verdicts: readonly Verdict[];
}

/** Reads a card's attempt lane up to a position; undefined: it had not completed by then. */
export const readEvidence = async (
  log: EventLog,
  address: Pick<CardAddress, 'project' | 'card'>,
  to: Position,
): Promise<CardEvidence | undefined> => {
  const verdicts = new Map<number, Verdict[]>();
  let evidence: CardEvidence | undefined;
  for await (const page of log.read({ after: START, to, filter: { ...address, kind: 'attempt' } }))
    for (const event of page.flatMap((commit) => commit.events))
      if (event.type === 'VerdictRecorded') of(verdicts, event.data.attempt).push(event.data.verdict);
      else if (event.type === 'CardCompleted') evidence = completed(event, verdicts);
  return evidence;
};

const of = (verdicts: Map<number, Verdict[]>, attempt: number): Verdict[] => {
  const known = verdicts.get(attempt) ?? [];
  verdicts.set(attempt, known);
  return known;
};

const completed = (
  { data }: Extract<SquadEvent, { readonly type: 'CardCompleted' }>,
  verdicts: Map<number, Verdict[]>,
): CardEvidence => ({
  attempt: data.attempt,
  manifestHash: data.manifestHash,
  verdicts: standingVerdicts(verdicts.get(data.attempt) ?? []),
});
