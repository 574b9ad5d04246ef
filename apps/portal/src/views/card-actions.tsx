import { useState } from 'react';
import type { Abilities, CardPage } from '@squados/portal-gateway/wire';
import { useWords } from '../words/language.js';
import { ApprovalDialog } from './approval-dialog.js';
import { ReasonDialog } from './reason-dialog.js';
import { RollbackDialog } from './rollback-dialog.js';

type Action = 'approve' | 'refuse' | 'retry' | 'skip' | 'rollback';

const COMMAND: Readonly<Record<Action, string>> = {
  retry: 'RetryCard',
  skip: 'SkipCard',
  rollback: 'RollBack',
  approve: 'ApproveCard',
  refuse: 'ApproveCard',
};

/** What moves a card on as it was meant to. */
const PRIMARY: ReadonlySet<Action> = new Set<Action>(['approve', 'retry']);
const RETRYABLE: ReadonlySet<string> = new Set(['DEAD_LETTERED', 'RETRYING', 'SKIPPED', 'STALE']);
const MET: ReadonlySet<string> = new Set(['DONE', 'SKIPPED', 'STALE']);

/** What a person can do with this card now; the gateway has the last word. */
export const actionsFor = ({ row, approval }: CardPage, { commands }: Abilities): readonly Action[] => {
  const fits: Readonly<Record<Action, boolean>> = {
    approve: approval !== undefined,
    refuse: approval !== undefined,
    retry: RETRYABLE.has(row.state) || (row.held && approval === undefined),
    skip: !MET.has(row.state),
    rollback: row.attempt > 0,
  };
  return (['approve', 'refuse', 'retry', 'skip', 'rollback'] as const).filter(
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
          className={PRIMARY.has(action) ? 'primary' : ''}
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
  if (action === 'approve' || action === 'refuse')
    return <ApprovalDialog decision={action} page={page} onClose={onClose} />;
  return (
    <ReasonDialog
      title={words.ask[action](card)}
      action={words.actions[action]}
      command={{ type: COMMAND[action], card }}
      onClose={onClose}
    />
  );
};
