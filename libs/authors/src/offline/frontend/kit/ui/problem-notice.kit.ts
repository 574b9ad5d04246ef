import type { KitFile } from '../kit-file.js';

export const uiProblemNotice: KitFile = {
  path: 'src/ui/problem-notice.tsx',
  text: `import type { ReactNode } from 'react';
import type { ApiProblem } from '../api/problem';
import { useI18n } from '../i18n/i18n';
import { problemText } from './problem-text';

interface ProblemNoticeProps {
  readonly problem: ApiProblem;
  /** What can be done about it: buttons. */
  readonly children?: ReactNode;
}

/** Says what went wrong, at once, also to those who listen. */
export function ProblemNotice({ problem, children }: ProblemNoticeProps) {
  const { t } = useI18n();
  const errors = problem.kind === 'invalid' || problem.kind === 'conflict' ? problem.errors : [];
  return (
    <div role="alert" className="notice notice-error" tabIndex={-1}>
      <p>{problemText(problem, t)}</p>
      {errors.length > 0 && (
        <ul>
          {errors.map(({ field, message }) => (
            <li key={\`\${field}:\${message}\`}>
              {field}: {message}
            </li>
          ))}
        </ul>
      )}
      {children}
    </div>
  );
}
`,
};
