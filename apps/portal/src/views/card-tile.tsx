import { memo } from 'react';
import type { CardRow } from '@squados/portal-gateway/wire';
import { useWords } from '../words/language.js';
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
  const { gates } = row;
  const total = gates === undefined ? 0 : gates.pass + gates.fail + gates.refer;
  return (
    <span className="tile-foot">
      {(row.held || !isPlainIn(row)) && <StateBadge row={row} />}
      {row.attempt > 1 && <span className="note">{words.attempt(row.attempt)}</span>}
      {row.state === 'TODO' && row.waits > 0 && <span className="note">{words.waits(row.waits)}</span>}
      {row.blockedBy !== undefined && <span className="note">{words.blockedBy(row.blockedBy)}</span>}
      {row.assumed && <span className="note warn">{words.assumed}</span>}
      {gates !== undefined && total > 0 && (
        <span className="gate-count" data-bad={gates.fail > 0 || undefined}>
          {words.gates(gates.pass, total)}
        </span>
      )}
    </span>
  );
};
