import type { KitFile } from '../kit-file.js';

export const uiProblemText: KitFile = {
  path: 'src/ui/problem-text.ts',
  text: `import type { ApiProblem } from '../api/problem';
import type { Messages } from '../i18n/en';

/** What to tell the person about a problem: what the server says of this case, else what we say of its kind. */
export const problemText = (problem: ApiProblem, t: Messages): string => {
  if (problem.kind === 'failed') return problem.detail ?? t.problems.failed(problem.status);
  if (problem.kind === 'invalid' || problem.kind === 'conflict') return problem.detail ?? t.problems[problem.kind];
  return t.problems[problem.kind];
};
`,
};
