import { memo, useState } from 'react';
import type { FeedRow } from '@squados/portal-gateway/wire';
import { feedWords, isDetail } from '../words/feed-words.js';
import { useWords } from '../words/language.js';
import { clockText } from '../words/times.js';
import { goTo } from './route.js';

const SHOWN = 120;

/** What happens, newest first. Not announced line by line: that would drown a screen reader. */
export const FeedPanel = ({ feed }: { readonly feed: readonly FeedRow[] }) => {
  const words = useWords();
  const [all, setAll] = useState(false);
  const rows = feed.filter((row) => all || !isDetail(row)).slice(0, SHOWN);
  return (
    <section className="feed" aria-labelledby="feed-title">
      <header>
        <h2 id="feed-title">{words.feed.title}</h2>
        <label className="check">
          <input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} />
          {words.feed.details}
        </label>
      </header>
      {rows.length === 0 && <p className="column-empty">{words.feed.empty}</p>}
      <ol role="log" aria-live="off" aria-labelledby="feed-title">
        {rows.map((row) => (
          <FeedLine key={row.key} row={row} />
        ))}
      </ol>
    </section>
  );
};

const FeedLine = memo(({ row }: { readonly row: FeedRow }) => {
  const words = useWords();
  const { card } = row;
  return (
    <li data-type={row.type} data-outcome={row.facts['outcome']}>
      <time dateTime={row.time}>{clockText(row.time, words.locale)}</time>
      {card !== undefined && (
        <button type="button" className="link card-id" onClick={() => goTo({ tab: 'board', card })}>
          {card}
        </button>
      )}
      <span className="feed-words">{feedWords(row, words)}</span>
    </li>
  );
});
