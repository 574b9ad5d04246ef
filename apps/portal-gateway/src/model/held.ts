import type { AttemptRecord, CardRecord } from '@squados/board';
import { standingVerdicts, type CardState } from '@squados/contracts';

/** Complete, but a person must decide. The board calls a card that a gate holds EVALUATING still. */
export const isHeld = (state: CardState, record: CardRecord | undefined): boolean =>
  state === 'AWAITING_APPROVAL' || (state === 'EVALUATING' && record?.attempts.at(-1)?.end?.kind === 'completed');

/** Required gates of an attempt that neither passed nor were waived. */
export const openGates = (attempt: AttemptRecord | undefined): readonly string[] => {
  const waived = new Set((attempt?.waivers ?? []).map((waiver) => waiver.gate));
  const open = standingVerdicts(attempt?.verdicts ?? []).filter(
    (v) => v.required && v.outcome !== 'pass' && !waived.has(v.gate),
  );
  return open.map((verdict) => verdict.gate);
};
