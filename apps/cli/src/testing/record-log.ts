import type { LaneCommit, SquadEvent } from '@squados/contracts';
import { openEmbeddedLog } from '@squados/event-log/embedded';

/** Writes commits into a folder's log as they are, as if they had come about there. */
export const recordLog = async (dir: string, commits: readonly LaneCommit[]): Promise<void> => {
  const log = await openEmbeddedLog({ dir, mode: 'owner' });
  const revisions = new Map<string, LaneCommit['revision']>();
  try {
    for (const { lane, events } of commits) {
      const expected = revisions.get(lane) ?? (0 as LaneCommit['revision']);
      const result = await log.append({ lane, expected, events: events as readonly SquadEvent[] });
      if (result.kind !== 'appended') throw new Error(`the test's log was refused: ${JSON.stringify(result)}`);
      revisions.set(lane, result.revision);
    }
  } finally {
    await log.close();
  }
};
