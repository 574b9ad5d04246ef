import { useMemo, useState } from 'react';
import type { BoardCard } from '../feed/board-store.js';
import { useWords } from '../words/language.js';
import { CardTile } from './card-tile.js';
import { COLUMNS, columnsOf, type Column, type Filter } from './columns.js';

const FIRST = 30;
const MORE = 60;

interface BoardProps {
  readonly cards: ReadonlyMap<string, BoardCard>;
  readonly filter: Filter;
}

/** The cards by where they stand. Each column shows a part and offers the rest: ten thousand cards stay fluent. */
export const Board = ({ cards, filter }: BoardProps) => {
  const columns = useMemo(() => columnsOf(cards.values(), filter), [cards, filter]);
  return (
    <div className="board">
      {COLUMNS.map((column) => (
        <BoardColumn key={column} column={column} cards={columns[column]} />
      ))}
    </div>
  );
};

const BoardColumn = ({ column, cards }: { readonly column: Column; readonly cards: readonly BoardCard[] }) => {
  const words = useWords();
  const [shown, setShown] = useState(FIRST);
  const left = cards.length - shown;
  return (
    <section className="column" data-column={column} aria-labelledby={`column-${column}`}>
      <h2 id={`column-${column}`}>
        {words.columns[column]} <span className="count">{cards.length}</span>
      </h2>
      {cards.length === 0 && <p className="column-empty">{words.columnEmpty[column]}</p>}
      <ul>
        {cards.slice(0, shown).map(({ row }) => (
          <CardTile key={row.id} row={row} />
        ))}
      </ul>
      {left > 0 && (
        <button type="button" className="quiet more" onClick={() => setShown(shown + MORE)}>
          {words.more(Math.min(left, MORE))}
        </button>
      )}
    </section>
  );
};
