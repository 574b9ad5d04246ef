import { currentManifest, type CardRecord, type ProjectRecord } from '@squados/board';
import { agentName, standingVerdicts, type AgentName } from '@squados/contracts';

/** What a card came to in one run. */
export interface Delivered {
  readonly agent: AgentName;
  readonly manifestHash: string;
  /** Each gate with its outcome. */
  readonly outcomes: string;
}

interface Comparison {
  readonly same: number;
  /** Reports of the quality owner whose checks came to the same, and whose figures are other ones: times were measured anew. */
  readonly measured: readonly string[];
  readonly different: readonly string[];
}

export const deliveredIn = ({ cards }: ProjectRecord): ReadonlyMap<string, Delivered> =>
  new Map([...cards].flatMap(([id, card]) => entryOf(id, card)));

const entryOf = (id: string, card: CardRecord): [string, Delivered][] => {
  const manifestHash = currentManifest(card)?.manifestHash;
  const verdicts = standingVerdicts(card.attempts.at(-1)?.verdicts ?? []);
  const outcomes = verdicts.map(({ gate, outcome }) => `${gate} ${outcome}`).sort();
  return manifestHash === undefined ? [] : [[id, { agent: card.spec.agent, manifestHash, outcomes: outcomes.join() }]];
};

const QA = agentName('qa');

const isMeasuredAnew = (before: Delivered, after: Delivered | undefined): boolean =>
  before.agent === QA && after?.outcomes === before.outcomes;

/** Every card that the first run delivered, held against the second. */
export const compareRuns = (
  before: ReadonlyMap<string, Delivered>,
  after: ReadonlyMap<string, Delivered>,
): Comparison => {
  const other = [...before].filter(([id, { manifestHash }]) => after.get(id)?.manifestHash !== manifestHash);
  const measured = other.filter(([id, was]) => isMeasuredAnew(was, after.get(id))).map(([id]) => id);
  const different = other.map(([id]) => id).filter((id) => !measured.includes(id));
  return { same: before.size - other.length, measured, different };
};
