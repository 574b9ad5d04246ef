import { useId, useState, type DragEvent } from 'react';
import type { IntakePreview, Problem } from '@squados/portal-gateway/wire';
import { api } from '../api/api.js';
import { intakeFiles, READABLE_KINDS, tooBig } from '../api/intake-files.js';
import { useWords } from '../words/language.js';
import { ProblemNote } from './problem-note.js';
import { StartPreview } from './start-preview.js';
import { asProblem } from './use-loaded.js';

type Step =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'shown'; readonly preview: IntakePreview }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** Drop, look, begin. Nothing is recorded before the last of the three. */
export const StartPanel = ({ maxBytes }: { readonly maxBytes: number }) => {
  const words = useWords();
  const [step, setStep] = useState<Step>({ kind: 'waiting' });
  const take = async (files: readonly File[]): Promise<void> => {
    if (files.length === 0) return;
    setStep({ kind: 'reading' });
    try {
      const big = tooBig(files, maxBytes);
      if (big) return setStep({ kind: 'refused', problem: bigProblem(words.start.tooBig(big.name, maxBytes / 1e6)) });
      setStep({ kind: 'shown', preview: await api.preview(await intakeFiles(files)) });
    } catch (error) {
      setStep({ kind: 'refused', problem: asProblem(error) });
    }
  };
  if (step.kind === 'shown')
    return <StartPreview preview={step.preview} onOther={() => setStep({ kind: 'waiting' })} />;
  return (
    <section className="start">
      <h2>{words.start.title}</h2>
      <DropZone isBusy={step.kind === 'reading'} onFiles={(files) => void take(files)} />
      {step.kind === 'refused' && <ProblemNote problem={step.problem} />}
    </section>
  );
};

const bigProblem = (title: string): Problem => ({
  type: 'about:blank',
  code: 'too-large',
  status: 413,
  title,
  details: [],
  remedy: [],
});

interface DropProps {
  readonly isBusy: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

const DropZone = ({ isBusy, onFiles }: DropProps) => {
  const words = useWords();
  const id = useId();
  const [isOver, setOver] = useState(false);
  const over = (event: DragEvent): void => {
    event.preventDefault();
    setOver(true);
  };
  return (
    <div
      className="drop"
      data-over={isOver || undefined}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      <p className="drop-title">{isBusy ? words.start.reading : isOver ? words.start.drop : words.start.empty}</p>
      <p className="note">{words.start.hint}</p>
      <input
        id={id}
        className="sr-only"
        type="file"
        multiple
        accept={READABLE_KINDS}
        disabled={isBusy}
        onChange={(event) => onFiles([...(event.target.files ?? [])])}
      />
      <label htmlFor={id} className="button primary">
        {words.start.choose}
      </label>
    </div>
  );
};
