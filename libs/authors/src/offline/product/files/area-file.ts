import { slug } from '../card-path.js';
import { areasOf, type Feature, type ProductPlan } from '../plan.js';

export interface AreaFile {
  readonly name: string;
  readonly features: readonly Feature[];
  /** `01-emprestimos`: unique, in document order. */
  readonly file: string;
}

export const areaFiles = (plan: ProductPlan): readonly AreaFile[] =>
  areasOf(plan).map((area, i) => ({ ...area, file: `${String(i + 1).padStart(2, '0')}-${slug(area.name)}` }));
