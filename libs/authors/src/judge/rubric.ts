import type { AgentName } from '@squados/contracts';
import data from './rubrics.json' with { type: 'json' };

/** One thing that is judged; weights of a rubric add up to 1. */
export interface Criterion {
  readonly criterion: string;
  readonly weight: number;
  readonly asks: string;
}

/** Weighted mean from which on a work passes, on a scale of 1 to 10. */
export const PASS: number = data.pass;

/** Undefined: nobody judges the work of this agent. */
export const rubricOf = (agent: AgentName): readonly Criterion[] | undefined =>
  (data.agents as Readonly<Record<string, readonly Criterion[]>>)[agent];

const HUNDREDTHS = 100;

/** Weighted mean, to two places. */
export const weighted = (rubric: readonly Criterion[], scores: ReadonlyMap<string, number>): number =>
  Math.round(
    rubric.reduce((sum, { criterion, weight }) => sum + weight * (scores.get(criterion) ?? 0), 0) * HUNDREDTHS,
  ) / HUNDREDTHS;
