import { memo } from 'react';
import type { CardRow } from '@squados/portal-gateway/wire';
import { useWords } from '../words/language.js';
import type { Words } from '../words/words.types.js';
import { isPlainIn } from './columns.js';
import { goTo } from './route.js';
import { agentName, StateBadge } from './state-badge.js';

/** One card on the board. */
export const CardTile = memo(({ row }: { readonly row: CardRow }) => {
  const words = useWords();
  return (
    <li>
      <button
        type="button"
        className="tile"
        data-state={row.held ? 'HELD' : row.state}
        data-card={row.id}
        onClick={() => goTo({ tab: 'board', card: row.id })}
      >
        <span className="tile-head">
          <span className="card-id">{row.id}</span>
          <span className="tile-agent">{agentName(words, row.agent)}</span>
        </span>
        <span className="tile-title">{row.title}</span>
        <TileFoot row={row} />
      </button>
    </li>
  );
});

const TileFoot = ({ row }: { readonly row: CardRow }) => {
  const words = useWords();
  return (
    <span className="tile-foot">
      {(row.held || !isPlainIn(row)) && <StateBadge row={row} />}
      {notesOf(row, words).map((note) => (
        <span key={note} className="note">
          {note}
        </span>
      ))}
      {row.assumed && <span className="note warn">{words.assumed}</span>}
      {row.gates !== undefined && <GateCount gates={row.gates} />}
    </span>
  );
};

const notesOf = (row: CardRow, words: Words): readonly string[] => [
  ...(row.attempt > 1 ? [words.attempt(row.attempt)] : []),
  ...(row.state === 'TODO' && row.waits > 0 ? [words.waits(row.waits)] : []),
  ...(row.blockedBy === undefined ? [] : [words.blockedBy(row.blockedBy)]),
];

const GateCount = ({ gates }: { readonly gates: NonNullable<CardRow['gates']> }) => {
  const words = useWords();
  const { pass, fail, refer } = gates;
  return (
    <span className="gate-count" data-bad={fail > 0 || undefined}>
      {words.gates(pass, pass + fail + refer)}
    </span>
  );
};
