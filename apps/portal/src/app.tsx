import { useDeferredValue, useMemo, useState, useSyncExternalStore } from 'react';
import type { BoardStore, BoardView } from './feed/board-store.js';
import { ArtifactsPage } from './views/artifacts-page.js';
import { Board } from './views/board.js';
import { CardDrawer } from './views/card-drawer.js';
import { FeedPanel } from './views/feed-panel.js';
import { ProductBanner } from './views/product-banner.js';
import { ProgressPanel } from './views/progress-panel.js';
import { goTo, parseRoute, useHash, type Route, type Tab } from './views/route.js';
import { StartPanel } from './views/start-panel.js';
import { TopBar } from './views/top-bar.js';
import { useWords } from './words/language.js';

export const App = ({ store }: { readonly store: BoardStore }) => {
  const view = useSyncExternalStore(store.subscribe, store.current, store.current);
  const words = useWords();
  return (
    <>
      <a className="skip" href="#main">
        {words.skip}
      </a>
      <TopBar view={view} />
      <Notice view={view} />
      <main id="main" tabIndex={-1}>
        <Body view={view} />
      </main>
    </>
  );
};

const Notice = ({ view }: { readonly view: BoardView }) => {
  const words = useWords();
  const isSlow = view.connection === 'reconnecting' && view.isLoaded;
  return <div role="status">{isSlow && <p className="notice">{words.connection.reconnecting}</p>}</div>;
};

const Body = ({ view }: { readonly view: BoardView }) => {
  const words = useWords();
  if (view.connection === 'signed-out')
    return <Told title={words.signedOut.title} text={words.signedOut.text} command="squados link" />;
  if (!view.isLoaded)
    return (
      <p className="loading" role="status">
        {view.connection === 'reconnecting' ? words.connection.reconnecting : words.loading}
      </p>
    );
  if (view.project !== undefined && view.project.total > 0) return <Project view={view} />;
  if (view.abilities.intake) return <StartPanel maxBytes={view.abilities.maxDocumentBytes} />;
  return <Told title={words.start.title} text={words.start.noIntake} command="squados run requirements.md" />;
};

const Told = (told: { readonly title: string; readonly text: string; readonly command: string }) => (
  <section className="start">
    <h2>{told.title}</h2>
    <p>{told.text}</p>
    <pre className="content">{told.command}</pre>
  </section>
);

const Project = ({ view }: { readonly view: BoardView }) => {
  const route = parseRoute(useHash());
  const [agent, setAgent] = useState<string>();
  const { project } = view;
  if (project === undefined) return null;
  return (
    <>
      {project.product !== undefined && <ProductBanner product={project.product} />}
      <ProgressPanel project={project} agent={agent} onAgent={setAgent} />
      <Tabs tab={route.tab} />
      <div className="stage" data-tab={route.tab}>
        {route.tab === 'artifacts' ? (
          <ArtifactsPage revision={String(project.ended)} />
        ) : (
          <BoardPage view={view} agent={agent} />
        )}
        <FeedPanel feed={view.feed} />
      </div>
      <OpenCard view={view} route={route} />
    </>
  );
};

const TABS: readonly Tab[] = ['board', 'artifacts', 'feed'];

const Tabs = ({ tab }: { readonly tab: Tab }) => {
  const words = useWords();
  return (
    <nav className="tabs" aria-label={words.nav.label}>
      {TABS.map((name) => (
        <a key={name} href={`#/${name}`} data-tab={name} aria-current={name === tab ? 'page' : undefined}>
          {words.nav[name]}
        </a>
      ))}
    </nav>
  );
};

const BoardPage = ({ view, agent }: { readonly view: BoardView; readonly agent: string | undefined }) => {
  const words = useWords();
  const [text, setText] = useState('');
  const cards = useDeferredValue(view.cards);
  const filter = useMemo(() => ({ text, agent }), [text, agent]);
  return (
    <div className="board-page">
      <input
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Board cards={cards} filter={filter} />
    </div>
  );
};

const OpenCard = ({ view, route }: { readonly view: BoardView; readonly route: Route }) => {
  const { card, tab } = route;
  if (card === undefined) return null;
  return (
    <CardDrawer
      key={card}
      id={card}
      row={view.cards.get(card)?.row}
      abilities={view.abilities}
      onClose={() => goTo({ tab })}
    />
  );
};
