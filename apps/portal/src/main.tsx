/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { createRoot } from 'react-dom/client';
import { api } from './api/api.js';
import { App } from './app.js';
import { BoardStore } from './feed/board-store.js';
import { FeedClient, type Source } from './feed/feed-client.js';
import { LanguageProvider } from './words/language.js';

const store = new BoardStore();
const client = new FeedClient({
  store,
  open: () => new EventSource('/api/feed') as Source,
  session: api.session,
  later: (ms, call) => void setTimeout(call, ms),
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <LanguageProvider>
      <App store={store} />
    </LanguageProvider>,
  );
  client.start();
}
