import type { KitFile } from '../kit-file.js';

export const uiRemoteView: KitFile = {
  path: 'src/ui/remote-view.tsx',
  text: `import type { ReactNode } from 'react';
import { useI18n } from '../i18n/i18n';
import { ProblemNotice } from './problem-notice';
import type { Remote } from './use-remote';

interface RemoteViewProps<T> {
  readonly remote: Remote<T>;
  readonly onRetry: () => void;
  readonly children: (value: T, etag: string | undefined) => ReactNode;
}

/** Shows what was loaded; until then that it is loading, and what to do when it failed. */
export function RemoteView<T>({ remote, onRetry, children }: RemoteViewProps<T>) {
  const { t } = useI18n();
  switch (remote.status) {
    case 'loading':
      return (
        <p role="status" className="loading">
          {t.loading}
        </p>
      );
    case 'failed':
      return (
        <ProblemNotice problem={remote.problem}>
          <button type="button" className="button" onClick={onRetry}>
            {t.retry}
          </button>
        </ProblemNotice>
      );
    case 'ready':
      return children(remote.value, remote.etag);
  }
}
`,
};
