import type { KitFile } from '../kit-file.js';

export const testingStoryApp: KitFile = {
  path: 'src/testing/story-app.tsx',
  text: `import { useMemo } from 'react';
import { createHttp } from '../api/http';
import { App } from '../app/app';
import { navigate } from '../app/router';
import { FEATURES, LOCALE, PRODUCT } from '../app/product';
import { FakeServer, type Reply } from './fake-server';

interface StoryAppProps {
  /** Where the story plays: \`#/books\`. */
  readonly at: string;
  /** What the server in memory answers: method, path, reply. */
  readonly replies: readonly (readonly [method: string, path: string, reply: Reply])[];
}

/** The application at one address, against a server in memory. */
export function StoryApp({ at, replies }: StoryAppProps) {
  const http = useMemo(() => {
    navigate(at);
    const server = new FakeServer();
    for (const [method, path, reply] of replies) server.on(method, path, reply);
    return createHttp({ apiBase: '', fetch: server.fetch });
  }, [at, replies]);
  return <App http={http} product={PRODUCT} features={FEATURES} locale={LOCALE} />;
}
`,
};
