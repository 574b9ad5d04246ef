import { isOfNewerBuild, parseLane, type SquadEventOf } from '@squados/contracts';
import type { Work } from '@squados/event-log';
import type { Assignment } from './attempt-run.js';

export type Reading =
  | { readonly kind: 'assignment'; readonly assignment: Assignment }
  /** A newer build may be able to read it. */
  | { readonly kind: 'unreadable'; readonly reason: string }
  /** Nothing to do here, now or later. */
  | { readonly kind: 'none'; readonly reason: string };

/** What a piece of work asks for. */
export const assignmentOf = (work: Work, agent: string): Reading => {
  const address = parseLane(work.commit.lane);
  if (address?.kind !== 'decided' || address.agent !== agent)
    return { kind: 'none', reason: `${work.commit.lane} is no card lane of ${agent}` };
  const { events } = work.commit;
  const enqueued = events.findLast((e): e is SquadEventOf<'CardEnqueued'> => e.type === 'CardEnqueued');
  if (enqueued)
    return {
      kind: 'assignment',
      assignment: { work, address: { project: address.project, agent: address.agent, card: address.card }, enqueued },
    };
  const unknown = events.find((e) => e.type === 'Unknown' && isOfNewerBuild(e));
  if (unknown?.type === 'Unknown') return { kind: 'unreadable', reason: unknown.reason };
  return { kind: 'none', reason: 'the commit enqueues no card' };
};
