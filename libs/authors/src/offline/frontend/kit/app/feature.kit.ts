import type { KitFile } from '../kit-file.js';

export const appFeature: KitFile = {
  path: 'src/app/feature.ts',
  text: `import type { ComponentType } from 'react';
import type { Answer, Http } from '../api/http';

/** One kind of record as the shell knows it: its pages and how to count it. A page that the contract does not allow is absent. */
export interface Feature {
  /** Path segment of its pages. */
  readonly resource: string;
  readonly label: string;
  readonly count?: (http: Http, signal: AbortSignal) => Promise<Answer<{ readonly total: number }>>;
  readonly List?: ComponentType;
  readonly New?: ComponentType;
  readonly Detail?: ComponentType<{ readonly id: string }>;
  readonly Edit?: ComponentType<{ readonly id: string }>;
}
`,
};
