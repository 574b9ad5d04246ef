import type { CardRow } from '@squados/portal-gateway/wire';
import { useWords } from '../words/language.js';

type Shown = Pick<CardRow, 'state'> & { readonly held?: boolean };

/** A state in words and colour; never colour alone. */
export const StateBadge = ({ row }: { readonly row: Shown }) => {
  const words = useWords();
  const text = row.held && row.state !== 'AWAITING_APPROVAL' ? words.held : words.states[row.state];
  return (
    <span className="badge" data-state={row.held ? 'HELD' : row.state}>
      {text}
    </span>
  );
};

export const agentName = (words: ReturnType<typeof useWords>, agent: string): string =>
  (words.agents as Readonly<Record<string, string>>)[agent] ?? agent;
