import { parseLane, type LaneCommit, type SquadEvent } from '@squados/contracts';

/** What an event says of the correction; absent: it belongs to the trace by its type alone. */
type Words = { readonly [T in SquadEvent['type']]?: (data: Extract<SquadEvent, { type: T }>['data']) => string };

const WORDS: Words = {
  CardEnqueued: (d) => `attempt ${d.attempt}${d.feedback === undefined ? '' : `, with feedback: ${d.feedback}`}`,
  CardStarted: (d) => `attempt ${d.attempt}`,
  CardCompleted: (d) => `attempt ${d.attempt}, manifest ${d.manifestHash.slice(0, 12)}`,
  CardFailed: (d) =>
    `attempt ${d.attempt}, ${d.kind}, ${d.code}: ${d.message}${d.blames ? `; blames ${d.blames.map((b) => b.card).join(', ')}` : ''}`,
  CardsReopened: (d) =>
    `${d.cause.card} rejects ${d.cards.map((b) => b.card).join(', ')}; back to TODO: ${d.reach.join(', ')}`,
  CardDeadLettered: (d) => `attempt ${d.attempt}, ${d.reason}: ${d.message}`,
  CardEscalated: (d) => `to ${d.to}: ${d.outcome}`,
  GateWaived: (d) => `${d.gate} by ${d.by.kind} ${d.by.name}: ${d.reason}`,
  ProjectCompleted: (d) => `${d.done} done, ${d.skipped} skipped`,
};

const wordsOf = (event: SquadEvent): string | undefined => {
  if (event.type === 'VerdictRecorded') {
    const { gate, outcome, summary } = event.data.verdict;
    return outcome === 'fail' ? `${gate}: ${outcome}, ${summary}` : undefined;
  }
  const words = WORDS[event.type] as ((data: SquadEvent['data']) => string) | undefined;
  return words?.(event.data);
};

const cell = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/([\\`*_[\]<>|])/g, '\\$1')
    .slice(0, 400);

/** The log as a table: position, card, event, words. Verdicts that passed or refer are counted, not listed. */
export const traceOf = (commits: readonly LaneCommit[]): readonly string[] =>
  commits.flatMap((commit) => {
    const lane = parseLane(commit.lane);
    const card = lane && lane.kind !== 'project' ? lane.card : '';
    const lines = commit.events.flatMap((event) => {
      const words = event.type === 'Unknown' ? undefined : wordsOf(event);
      return words === undefined ? [] : [`| ${commit.position} | ${card} | ${event.type} | ${cell(words)} |`];
    });
    const passed = commit.events.filter((e) => e.type === 'VerdictRecorded' && e.data.verdict.outcome === 'pass');
    const counted =
      passed.length > 0 ? [`| ${commit.position} | ${card} | VerdictRecorded | ${passed.length} gates pass |`] : [];
    return [...counted, ...lines];
  });
