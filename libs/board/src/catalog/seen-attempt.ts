import { standingVerdicts, type Sha256 } from '@squados/contracts';
import type { AttemptRecord, CardRecord } from './catalog.types.js';

/** An attempt, and the files that it delivered or that its gates looked at. */
export interface SeenAttempt {
  readonly attempt: AttemptRecord;
  readonly manifest: Readonly<Record<string, Sha256>>;
}

/** The attempt that counts: the one that made the card DONE, else the last one that a gate spoke of. */
export const seenIn = ({ attempts }: CardRecord): SeenAttempt | undefined => {
  const done = attempts.findLast(({ end }) => end?.kind === 'completed');
  const attempt = done ?? attempts.findLast(({ verdicts }) => verdicts.length > 0);
  if (!attempt) return undefined;
  const manifest = attempt.end?.kind === 'completed' ? attempt.end.manifest : (attempt.verdicts[0]?.inputs ?? {});
  return { attempt: { ...attempt, verdicts: standingVerdicts(attempt.verdicts) }, manifest };
};
