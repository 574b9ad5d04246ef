import { decide, type Decision } from '@squados/board';
import type { Command, LaneAppend, Position } from '@squados/contracts';
import type { AppendResult } from '@squados/event-log';
import type { Appender } from './appender.js';
import type { SubmitResult } from './engine.types.js';
import type { FoldProgress } from './fold-progress.js';
import type { FoldView } from './fold.js';

export interface SubmitParts {
  readonly fold: FoldView;
  readonly progress: FoldProgress;
  readonly appender: Appender;
}

const MOST_TRIES = 8;

/**
 * Decides on the current board and records the decision; when somebody else wrote first, decides again on what they wrote.
 * Of several appends the first is the decision itself; should a later one lose its lane, policy does the rest from the log.
 * Resolves after the own fold shows the result.
 */
export const submitCommand = async (parts: SubmitParts, command: Command): Promise<SubmitResult> => {
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const decision = decide(parts.fold.board, command);
    if (decision.kind === 'rejected') return rejectedBy(decision);
    const result = await appendAll(parts, decision.appends);
    if (result.kind === 'refused')
      return { kind: 'rejected', reason: result.code, message: result.message, details: [] };
    if (result.kind === 'appended') return accepted(parts, result.position);
    await parts.progress.until(result.last?.position ?? parts.fold.position);
  }
  const message = `${command.type} lost to other changes ${MOST_TRIES} times. Nothing was recorded; try again.`;
  return { kind: 'rejected', reason: 'contended', message, details: [] };
};

const rejectedBy = (decision: Extract<Decision, { kind: 'rejected' }>): SubmitResult => ({
  kind: 'rejected',
  reason: decision.reason,
  message: decision.message,
  details: decision.details ?? [],
});

const accepted = async (parts: SubmitParts, position: Position): Promise<SubmitResult> => {
  await parts.progress.until(position);
  return { kind: 'accepted', position };
};

const appendAll = async (parts: SubmitParts, appends: readonly LaneAppend[]): Promise<AppendResult> => {
  let first: AppendResult | undefined;
  let last: AppendResult | undefined;
  for (const append of appends) {
    const result = await parts.appender.append(append);
    first ??= result;
    if (first.kind !== 'appended') return first;
    if (result.kind === 'appended') last = result;
  }
  return last ?? { kind: 'appended', position: parts.fold.position, revision: 0 as never };
};
