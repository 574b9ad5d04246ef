import type { SquadEvent, UnknownEvent } from './events.js';
import type { DraftEvent } from './events.js';
import type { Lane, Position, Revision } from './ids.js';

/** One append, as read back: 1 to n events of one lane, atomic, in their order. What every fold consumes. */
export interface LaneCommit {
  readonly lane: Lane;
  /** Place in the whole log; what a reader resumes after. */
  readonly position: Position;
  /** Place in its lane; what the lane's next append expects. */
  readonly revision: Revision;
  readonly events: readonly (SquadEvent | UnknownEvent)[];
}

/** What the domain wants appended: events without id and time, and the lane's revision that the decision was based on. */
export interface LaneAppend {
  readonly lane: Lane;
  readonly expected: Revision;
  readonly events: readonly DraftEvent[];
}
