import type { KitFile } from '../kit-file.js';

export const appPages: KitFile = {
  path: 'src/app/pages.tsx',
  text: `import type { ReactNode } from 'react';
import { useI18n } from '../i18n/i18n';
import { Page } from '../ui/page';
import type { Feature } from './feature';
import { HomePage } from './home-page';
import type { Route } from './router';

const recordPage = ({ Detail, Edit }: Feature, id: string, rest: readonly string[]): ReactNode => {
  if (rest.length === 0) return Detail && <Detail key={id} id={id} />;
  return rest.length === 1 && rest[0] === 'edit' ? Edit && <Edit key={id} id={id} /> : undefined;
};

const featurePage = (feature: Feature, [id, ...rest]: readonly string[]): ReactNode => {
  const { List, New } = feature;
  if (id === undefined) return List && <List />;
  if (id === 'new' && rest.length === 0) return New && <New />;
  return recordPage(feature, id, rest);
};

interface PagesProps {
  readonly features: readonly Feature[];
  readonly route: Route;
}

/** The page that the address names. */
export function Pages({ features, route }: PagesProps) {
  const [resource, ...rest] = route.segments;
  if (resource === undefined) return <HomePage features={features} />;
  const feature = features.find((known) => known.resource === resource);
  return (feature && featurePage(feature, rest)) ?? <NotFoundPage />;
}

function NotFoundPage() {
  const { t } = useI18n();
  return (
    <Page title={t.notFound.title}>
      <p>{t.notFound.text}</p>
      <a className="button" href="#/">
        {t.home}
      </a>
    </Page>
  );
}
`,
};
