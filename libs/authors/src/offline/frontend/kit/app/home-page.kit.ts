import type { KitFile } from '../kit-file.js';

export const appHomePage: KitFile = {
  path: 'src/app/home-page.tsx',
  text: `import { useCallback } from 'react';
import { useHttp } from '../api/http-context';
import { useI18n } from '../i18n/i18n';
import { Page } from '../ui/page';
import { problemText } from '../ui/problem-text';
import { useRemote } from '../ui/use-remote';
import type { Feature } from './feature';
import { hrefOf } from './router';

/** Where one begins: every kind of record and how many of it there are. */
export function HomePage({ features }: { readonly features: readonly Feature[] }) {
  const { t } = useI18n();
  return (
    <Page title={t.home}>
      <p className="lead">{t.homeText}</p>
      <ul className="tiles">
        {features.map((feature) => (
          <li key={feature.resource}>
            <a className="tile" href={hrefOf([feature.resource])}>
              <span className="tile-title">{feature.label}</span>
              {feature.count !== undefined && <Total count={feature.count} />}
            </a>
          </li>
        ))}
      </ul>
    </Page>
  );
}

function Total({ count }: { readonly count: NonNullable<Feature['count']> }) {
  const { t } = useI18n();
  const http = useHttp();
  const load = useCallback((signal: AbortSignal) => count(http, signal), [count, http]);
  const [remote] = useRemote(load);
  if (remote.status === 'loading') return <span className="tile-text">{t.loading}</span>;
  if (remote.status === 'failed') return <span className="tile-text">{problemText(remote.problem, t)}</span>;
  return <span className="tile-text">{t.records(remote.value.total)}</span>;
}
`,
};
