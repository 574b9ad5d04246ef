import { useState } from 'react';
import type { Abilities, CardPage } from '@squados/portal-gateway/wire';
import { useWords } from '../words/language.js';
import { ReasonDialog } from './reason-dialog.js';
import { RollbackDialog } from './rollback-dialog.js';

type Action = 'retry' | 'skip' | 'rollback' | 'approve';

const COMMAND: Readonly<Record<Action, string>> = {
  retry: 'RetryCard',
  skip: 'SkipCard',
  rollback: 'RollBack',
  approve: 'ApproveCard',
};

const RETRYABLE: ReadonlySet<string> = new Set(['DEAD_LETTERED', 'RETRYING', 'SKIPPED', 'STALE']);
const MET: ReadonlySet<string> = new Set(['DONE', 'SKIPPED', 'STALE']);

/** What a person can do with this card now; the gateway has the last word. */
export const actionsFor = ({ row, manifestHash }: CardPage, { commands }: Abilities): readonly Action[] => {
  const fits: Readonly<Record<Action, boolean>> = {
    approve: row.state === 'AWAITING_APPROVAL' && manifestHash !== undefined,
    retry: RETRYABLE.has(row.state) || row.held,
    skip: !MET.has(row.state),
    rollback: row.attempt > 0,
  };
  return (['approve', 'retry', 'skip', 'rollback'] as const).filter(
    (action) => fits[action] && commands.includes(COMMAND[action]),
  );
};

interface ActionsProps {
  readonly page: CardPage;
  readonly abilities: Abilities;
}

export const CardActions = ({ page, abilities }: ActionsProps) => {
  const words = useWords();
  const [asked, setAsked] = useState<Action>();
  const actions = actionsFor(page, abilities);
  const close = (): void => setAsked(undefined);
  return (
    <div className="card-actions">
      {actions.map((action) => (
        <button
          key={action}
          type="button"
          className={action === actions[0] && action !== 'rollback' && action !== 'skip' ? 'primary' : ''}
          onClick={() => setAsked(action)}
        >
          {words.actions[action]}
        </button>
      ))}
      {asked !== undefined && <AskFor action={asked} page={page} onClose={close} />}
    </div>
  );
};

interface AskProps {
  readonly action: Action;
  readonly page: CardPage;
  readonly onClose: () => void;
}

const AskFor = ({ action, page, onClose }: AskProps) => {
  const words = useWords();
  const card = page.row.id;
  if (action === 'rollback') return <RollbackDialog card={card} onClose={onClose} />;
  const approval = action === 'approve' ? { manifestHash: page.manifestHash, attempt: page.row.attempt } : {};
  return (
    <ReasonDialog
      title={words.ask[action](card)}
      action={words.actions[action]}
      command={{ type: COMMAND[action], card, ...approval }}
      onClose={onClose}
    >
      {action === 'approve' && <code className="hash">{page.manifestHash}</code>}
    </ReasonDialog>
  );
};
