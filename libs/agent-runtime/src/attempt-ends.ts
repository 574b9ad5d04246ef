import type { DraftEvent, EventData, Position } from '@squados/contracts';

export type Failure = Omit<EventData['CardFailed'], 'attempt'>;

export const failed = (attempt: number, failure: Failure): DraftEvent => ({
  type: 'CardFailed',
  data: { attempt, ...failure },
});

/** Only somebody who looks can help: the card isn't in the log that named it. */
export const inputMissing = (attempt: number, at: Position): DraftEvent => {
  const message = `the log up to ${at} holds no such card or attempt: import the card again, or roll it back`;
  return failed(attempt, { kind: 'terminal', code: 'input-missing', message });
};

export const deadlinePassed = (attempt: number): DraftEvent => {
  const message = 'the attempt took longer than its deadline (policy attemptDeadlineMs)';
  return failed(attempt, { kind: 'retryable', code: 'deadline', message });
};

export const outputTooLarge = (attempt: number, reason: string): DraftEvent => {
  const message = `the log does not take what the attempt reports: ${reason}`;
  return failed(attempt, { kind: 'terminal', code: 'output-invalid', message });
};

/** Handed out often, and nobody lived to begin it: parked, its message stays in the log with its bytes. */
export const poisonous = (attempt: number, deliveries: number, at: Position): DraftEvent => {
  const message = `its work was handed out ${deliveries} times and no worker began it: it is parked at position ${at} of the log; look into the workers' logs, then retry the card`;
  return failed(attempt, { kind: 'terminal', code: 'poison', message });
};

export interface Release {
  readonly attempt: number;
  readonly agent: string;
  readonly reason: string;
  readonly notBefore: number | undefined;
}

/** Handed back, at no cost in retries. */
export const releaseAs = ({ attempt, agent, reason, notBefore }: Release): DraftEvent => {
  const by = { kind: 'system', name: `agent-${agent}` } as const;
  return { type: 'CardReleased', data: { attempt, reason, by, ...(notBefore !== undefined && { notBefore }) } };
};
