import { manifestHash, type CardId, type EventData, type EventType, type SquadEvent } from '@squados/contracts';
import { judgeStart } from './decided-rules.js';
import type { CardCase, Of } from './judge.js';
import { counting, finish, move, type Attempt, type Proposed } from './ledger.js';

type AttemptEvent = Of<
  | 'CardStarted'
  | 'CardStepped'
  | 'ModelCallBegun'
  | 'ModelCalled'
  | 'VerdictRecorded'
  | 'CardCompleted'
  | 'CardFailed'
  | 'CardReleased'
>;

const ENDS: ReadonlySet<EventType> = new Set<EventType>(['CardCompleted', 'CardFailed', 'CardReleased']);
/** What only a worker that has started can say. */
const NEEDS_START: ReadonlySet<EventType> = new Set<EventType>([
  'CardStepped',
  'ModelCallBegun',
  'ModelCalled',
  'VerdictRecorded',
  'CardCompleted',
]);

const judgeEnded = (at: CardCase<AttemptEvent>): void => {
  const { event, judge } = at;
  const isEnd = ENDS.has(event.type);
  judge.againstCard(
    at,
    isEnd ? 'attempt-ended-twice' : 'event-after-end',
    `${event.type} of attempt ${event.data.attempt} came after its end`,
  );
};

/** The open attempt that the event belongs to; undefined, and a violation, when there is none. */
const openAttempt = (at: CardCase<AttemptEvent>): Attempt | undefined => {
  const { card, event, judge } = at;
  const { attempt } = card;
  if (attempt?.number !== event.data.attempt) {
    if (attempt && event.data.attempt < attempt.number) judgeEnded(at);
    else
      judge.againstCard(
        at,
        'attempt-not-enqueued',
        `${event.type} of attempt ${event.data.attempt}, which was never enqueued`,
      );
    return undefined;
  }
  if (!attempt.ended) return attempt;
  judgeEnded(at);
  return undefined;
};

const completed = (at: CardCase<Of<'CardCompleted'>>, attempt: Attempt): void => {
  const { card, project, event, judge, spot } = at;
  const { manifest, manifestHash: stated, proposals } = event.data;
  if (manifestHash(manifest) !== stated)
    judge.againstCard(
      at,
      'manifest-hash',
      `the manifest of attempt ${attempt.number} does not have the hash that it states`,
    );
  if (!counting(card, attempt.number)) return;
  const proposed = (closing: boolean): Proposed =>
    new Map(proposals.filter((p) => (p.closing === true) === closing).map((p) => [p.card.id, p.card.dependencies]));
  attempt.manifestHash = stated;
  attempt.proposals = proposed(false);
  attempt.closing = proposed(true);
  if (attempt.gates.size > 0) move(card, 'held', spot);
  else finish(project, card, spot);
};

interface Failing {
  readonly mayRetry: boolean;
  readonly blames: ReadonlySet<CardId>;
}

const failed = ({ card, spot }: CardCase, attempt: Attempt, { mayRetry, blames }: Failing): void => {
  if (attempt.void) return;
  attempt.gates.clear();
  card.mayRetry = mayRetry;
  card.blames = blames;
  move(card, 'failed', spot);
};

const NOBODY: ReadonlySet<CardId> = new Set();

const failingOf = ({ kind, blames = [] }: EventData['CardFailed']): Failing =>
  kind === 'retryable'
    ? { mayRetry: true, blames: NOBODY }
    : { mayRetry: false, blames: new Set(blames.map((blame) => blame.card)) };

const released = (at: CardCase<Of<'CardReleased'>>, attempt: Attempt): void => {
  if (at.event.data.reason === 'worker-lost') return failed(at, attempt, { mayRetry: false, blames: NOBODY });
  if (attempt.void) return;
  attempt.gates.clear();
  move(at.card, 'todo', at.spot);
};

const verdictRecorded = ({ event }: CardCase<Of<'VerdictRecorded'>>, attempt: Attempt): void => {
  const { gate, outcome, required } = event.data.verdict;
  if (!required) return;
  if (outcome === 'pass') attempt.gates.delete(gate);
  else attempt.gates.set(gate, outcome);
};

const started = (at: CardCase<Of<'CardStarted'>>, attempt: Attempt): void => {
  judgeStart(at, attempt);
  attempt.starts++;
  attempt.gates.clear();
  if (!attempt.void) move(at.card, 'executing', at.spot);
};

const apply = (at: CardCase, attempt: Attempt): void => {
  const { event, card, spot } = at;
  switch (event.type) {
    case 'CardStarted':
      return started({ ...at, event }, attempt);
    case 'CardStepped':
      return attempt.void ? undefined : move(card, event.data.step, spot);
    case 'VerdictRecorded':
      return verdictRecorded({ ...at, event }, attempt);
    case 'CardCompleted':
      return completed({ ...at, event }, attempt);
    case 'CardFailed':
      return failed(at, attempt, failingOf(event.data));
    case 'CardReleased':
      return released({ ...at, event }, attempt);
    default:
      return undefined;
  }
};

const isAttemptEvent = (event: SquadEvent): event is AttemptEvent =>
  NEEDS_START.has(event.type) || ENDS.has(event.type) || event.type === 'CardStarted';

/** One event of an attempt's lane: it must belong to the open attempt, in order, and an end is an end. */
export const attemptEvent = (at: CardCase): void => {
  const { event } = at;
  if (!isAttemptEvent(event)) return;
  const attempt = openAttempt({ ...at, event });
  if (!attempt) return;
  if (NEEDS_START.has(event.type) && attempt.starts === 0)
    at.judge.againstCard(at, 'attempt-not-started', `${event.type} of attempt ${attempt.number}, which nobody started`);
  if (ENDS.has(event.type)) attempt.ended = true;
  apply(at, attempt);
};
