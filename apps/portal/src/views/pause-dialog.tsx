import { useState } from 'react';
import { useWords } from '../words/language.js';
import { ReasonDialog } from './reason-dialog.js';

interface PauseProps {
  readonly isPaused: boolean;
  readonly onClose: () => void;
}

export const PauseDialog = ({ isPaused, onClose }: PauseProps) => {
  const words = useWords();
  const [now, setNow] = useState(false);
  if (isPaused)
    return (
      <ReasonDialog
        title={words.ask.resume}
        action={words.actions.resume}
        command={{ type: 'ResumeProject' }}
        onClose={onClose}
      />
    );
  return (
    <ReasonDialog
      title={words.ask.pause}
      action={words.actions.pause}
      command={{ type: 'PauseProject', now }}
      onClose={onClose}
    >
      <label className="check">
        <input type="checkbox" checked={now} onChange={(event) => setNow(event.target.checked)} />
        {words.actions.pauseNow}
      </label>
    </ReasonDialog>
  );
};
