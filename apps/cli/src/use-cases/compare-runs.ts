import { currentManifest, type CardRecord, type ProjectRecord } from '@squados/board';
import { agentName, standingVerdicts, type AgentName, type Outcome } from '@squados/contracts';

/** What a card came to in one run. */
export interface Delivered {
  readonly agent: AgentName;
  readonly manifestHash: string;
  /** What each gate came to. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

interface Comparison {
  readonly same: number;
  /** Reports of the quality owner whose checks came to the same, and whose figures are other ones: times were measured anew. */
  readonly measured: readonly string[];
  readonly different: readonly string[];
  /** Gates that ran in one of the runs and referred in the other: what a model is told of them differs, and so what it answers. */
  readonly unlikeGates: readonly string[];
}

export const deliveredIn = ({ cards }: ProjectRecord): ReadonlyMap<string, Delivered> =>
  new Map([...cards].flatMap(([id, card]) => entryOf(id, card)));

const entryOf = (id: string, card: CardRecord): [string, Delivered][] => {
  const manifestHash = currentManifest(card)?.manifestHash;
  const verdicts = standingVerdicts(card.attempts.at(-1)?.verdicts ?? []);
  const outcomes = new Map(verdicts.map(({ gate, outcome }) => [gate, outcome]));
  return manifestHash === undefined ? [] : [[id, { agent: card.spec.agent, manifestHash, outcomes }]];
};

const QA = agentName('qa');

const isMeasuredAnew = (before: Delivered, after: Delivered | undefined): boolean =>
  before.agent === QA && after !== undefined && isAlike(before.outcomes, after.outcomes);

const isAlike = (one: Delivered['outcomes'], other: Delivered['outcomes']): boolean =>
  one.size === other.size && [...one].every(([gate, outcome]) => other.get(gate) === outcome);

const unlikeGatesOf = (before: Delivered, after: Delivered | undefined): readonly string[] =>
  [...before.outcomes].flatMap(([gate, was]) => {
    const now = after?.outcomes.get(gate);
    return now !== undefined && (was === 'refer') !== (now === 'refer') ? [gate] : [];
  });

/** Every card that the first run delivered, held against the second. */
export const compareRuns = (
  before: ReadonlyMap<string, Delivered>,
  after: ReadonlyMap<string, Delivered>,
): Comparison => {
  const other = [...before].filter(([id, { manifestHash }]) => after.get(id)?.manifestHash !== manifestHash);
  const measured = other.filter(([id, was]) => isMeasuredAnew(was, after.get(id))).map(([id]) => id);
  const different = other.map(([id]) => id).filter((id) => !measured.includes(id));
  const unlikeGates = [...new Set([...before].flatMap(([id, was]) => unlikeGatesOf(was, after.get(id))))].sort();
  return { same: before.size - other.length, measured, different, unlikeGates };
};
