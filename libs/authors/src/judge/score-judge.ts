import type { Files } from '@squados/agent-runtime';

/** A work whose worth is known: sound, or with one defect that was planted. */
export interface GoldenCase {
  readonly name: string;
  readonly agent: 'backend' | 'frontend' | 'arch';
  readonly card: { readonly title: string; readonly acceptanceCriteria: readonly string[] };
  readonly files: Files;
  /** Absent: there is none. */
  readonly defect?: string;
}

export type Opinion = 'pass' | 'fail' | 'refer';

export interface JudgeScore {
  readonly cases: number;
  /** Defects that passed: the number that matters. */
  readonly falsePasses: readonly string[];
  /** Sound works that failed. */
  readonly falseFails: readonly string[];
  /** Judgements that were void, or nobody gave. */
  readonly referred: readonly string[];
}

/** Asks about every case, one after the other, and counts where the answer is wrong. */
export const scoreJudge = async (
  cases: readonly GoldenCase[],
  judge: (one: GoldenCase) => Promise<Opinion>,
): Promise<JudgeScore> => {
  const opinions: (readonly [GoldenCase, Opinion])[] = [];
  for (const one of cases) opinions.push([one, await judge(one)]);
  const named = (holds: (one: GoldenCase, opinion: Opinion) => boolean): readonly string[] =>
    opinions.filter(([one, opinion]) => holds(one, opinion)).map(([{ name }]) => name);
  return {
    cases: cases.length,
    falsePasses: named(({ defect }, opinion) => defect !== undefined && opinion === 'pass'),
    falseFails: named(({ defect }, opinion) => defect === undefined && opinion === 'fail'),
    referred: named((_one, opinion) => opinion === 'refer'),
  };
};
