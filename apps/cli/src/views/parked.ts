import { isOfNewerBuild, parseLane, type LaneCommit, type ProjectId } from '@squados/contracts';
import { shorten } from '../terminal/sanitize.js';

/** A message on a card's lane that no build can read: it lies in the log with its bytes, and nothing waits for it. */
export interface Parked {
  readonly position: number;
  readonly card: string;
  readonly lane: string;
  readonly reason: string;
  /** Base64. */
  readonly bytes: string;
}

/** What of a commit is parked. */
export const parkedIn = (commit: LaneCommit, project: ProjectId): readonly Parked[] => {
  const at = parseLane(commit.lane);
  if (at === undefined || at.kind === 'project' || at.project !== project) return [];
  const { lane, position } = commit;
  return commit.events.flatMap((event) =>
    event.type === 'Unknown' && !isOfNewerBuild(event)
      ? [{ position, card: at.card, lane, reason: event.reason, bytes: event.bytes ?? '' }]
      : [],
  );
};

export const parkedLines = ({ position, card, reason, bytes }: Parked): readonly string[] => [
  `parked: position ${position} of the log, for ${shorten(card, 60)}: ${shorten(reason, 160)}`,
  `  bytes    ${shorten(Buffer.from(bytes, 'base64').toString('utf8'), 160)}`,
];
