import { documentLines } from '@squados/importers/requirements';

import type { Feature } from './plan.js';

export const EFFORTS = ['S', 'M', 'L', 'XL'] as const;
export type Effort = (typeof EFFORTS)[number];
export type ChainType = 'design' | 'backend' | 'frontend';

/** The rule in words; it stands in the backlog file, so that anybody can check an estimate with a pencil. */
export const EFFORT_RULE =
  'points = stated acceptance criteria + list items of the requirement text / 2 (rounded down) + rules that concern it (counted for design and backend); S: up to 3, M: 4 to 8, L: 9 to 16, XL: more';

const listItems = (text: string): number => documentLines(text).filter((line) => line.kind === 'item').length;

export const effortPoints = (feature: Pick<Feature, 'criteria' | 'text' | 'rules'>, type: ChainType): number => {
  const items = Math.max(0, listItems(feature.text) - feature.criteria.length);
  return feature.criteria.length + Math.floor(items / 2) + (type === 'frontend' ? 0 : feature.rules.length);
};

export const effortOf = (points: number): Effort => {
  if (points <= 3) return 'S';
  if (points <= 8) return 'M';
  return points <= 16 ? 'L' : 'XL';
};
