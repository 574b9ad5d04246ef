import { useState, type ReactNode } from 'react';
import type { Problem } from '@squados/portal-gateway/wire';
import { api, type PersonCommand } from '../api/api.js';
import { useWords } from '../words/language.js';
import { Dialog } from './dialog.js';
import { ProblemNote } from './problem-note.js';
import { asProblem } from './use-loaded.js';

interface ReasonProps {
  readonly title: string;
  readonly action: string;
  /** The command without its reason. */
  readonly command: PersonCommand;
  readonly children?: ReactNode;
  readonly onClose: () => void;
  /** Told of a refusal; true when the caller deals with it. */
  readonly onProblem?: (problem: Problem) => void;
}

/** Asks why, then has the command recorded. Every intervention of a person goes through it. */
export const ReasonDialog = ({ title, action, command, children, onClose, onProblem }: ReasonProps) => {
  const words = useWords();
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    setBusy(true);
    try {
      await api.submit({ ...command, reason: reason.trim() });
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
      onProblem?.(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} className="ask" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {children}
        <label>
          {words.reason}
          <textarea
            name="reason"
            required
            rows={3}
            maxLength={2000}
            autoFocus
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        {problem !== undefined && <ProblemNote problem={problem} />}
        <div className="dialog-actions">
          <button type="button" className="quiet" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className="primary" disabled={isBusy || reason.trim() === ''}>
            {action}
          </button>
        </div>
      </form>
    </Dialog>
  );
};
