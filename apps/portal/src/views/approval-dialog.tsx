import { useState } from 'react';
import type { CardPage } from '@squados/portal-gateway/wire';
import { useWords } from '../words/language.js';
import { ReasonDialog } from './reason-dialog.js';

interface ApprovalProps {
  readonly decision: 'approve' | 'refuse';
  readonly page: CardPage;
  readonly onClose: () => void;
}

/** One role's word about just what was shown: another manifest by then is refused as stale. */
export const ApprovalDialog = ({ decision, page, onClose }: ApprovalProps) => {
  const words = useWords();
  const [shown] = useState(page.approval);
  const [role, setRole] = useState(shown?.missing[0] ?? '');
  const { id, attempt } = page.row;
  if (shown === undefined) return null;
  const said = { role, decision: decision === 'approve' ? 'approved' : 'refused', manifestHash: shown.manifestHash };
  return (
    <ReasonDialog
      title={words.ask[decision](id, shown.gate)}
      action={words.actions[decision]}
      command={{ type: 'ApproveCard', card: id, attempt, ...said }}
      onClose={onClose}
    >
      <code className="hash">{shown.manifestHash}</code>
      <label>
        {words.ask.role}
        <select value={role} onChange={(event) => setRole(event.target.value)}>
          {shown.missing.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
    </ReasonDialog>
  );
};
