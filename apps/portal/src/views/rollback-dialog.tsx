import { useState } from 'react';
import { api } from '../api/api.js';
import { useWords } from '../words/language.js';
import { ProblemNote } from './problem-note.js';
import { ReasonDialog } from './reason-dialog.js';
import { useLoaded } from './use-loaded.js';

interface RollbackProps {
  readonly card: string;
  readonly onClose: () => void;
}

const MOST = 60;

/** Shows what would go back to the start; the command carries just that, and a stale preview is shown anew. */
export const RollbackDialog = ({ card, onClose }: RollbackProps) => {
  const words = useWords();
  const [look, setLook] = useState(0);
  const loaded = useLoaded(() => api.reach(card), { subject: card, key: String(look) });
  const reach = loaded.kind === 'loaded' ? loaded.value.reach : [];
  return (
    <ReasonDialog
      title={words.ask.rollback(card)}
      action={words.actions.rollback}
      command={{ type: 'RollBack', card, shown: reach }}
      onClose={onClose}
      onProblem={(problem) => problem.code === 'stale-preview' && setLook(look + 1)}
    >
      {look > 0 && <p className="warn">{words.stale}</p>}
      {loaded.kind === 'failed' && <ProblemNote problem={loaded.problem} />}
      <ul className="reach">
        {reach.slice(0, MOST).map((id) => (
          <li key={id} className="card-id">
            {id}
          </li>
        ))}
        {reach.length > MOST && <li>+{reach.length - MOST}</li>}
      </ul>
    </ReasonDialog>
  );
};
