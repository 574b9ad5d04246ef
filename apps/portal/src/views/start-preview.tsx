import { useState } from 'react';
import type { IntakePreview, Problem } from '@squados/portal-gateway/wire';
import { api } from '../api/api.js';
import { useWords } from '../words/language.js';
import { ProblemNote } from './problem-note.js';
import { asProblem } from './use-loaded.js';

interface PreviewProps {
  readonly preview: IntakePreview;
  readonly onOther: () => void;
}

const MOST = 200;

/** What would be made of the documents; begins on a word. */
export const StartPreview = ({ preview, onOther }: PreviewProps) => {
  const words = useWords();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const begin = async (): Promise<void> => {
    setBusy(true);
    try {
      await api.begin(preview.id);
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    }
  };
  return (
    <section className="start">
      <h2>{preview.title}</h2>
      <p>
        {words.start.cards(preview.cards.length)}
        {preview.expectedCards > 0 && ` · ${words.start.expected(preview.expectedCards)}`}
      </p>
      <Requirements preview={preview} />
      {preview.kind === 'backlog' && <Cards preview={preview} />}
      <Warnings preview={preview} />
      {problem !== undefined && <ProblemNote problem={problem} />}
      <div className="dialog-actions">
        <button type="button" className="quiet" onClick={onOther}>
          {words.start.other}
        </button>
        <button type="button" className="primary" disabled={isBusy} onClick={() => void begin()}>
          {words.start.begin}
        </button>
      </div>
    </section>
  );
};

const Requirements = ({ preview: { requirements } }: { readonly preview: IntakePreview }) => {
  const words = useWords();
  if (requirements.length === 0) return null;
  return (
    <>
      <h3>{words.start.requirements(requirements.length)}</h3>
      <ul className="preview-list">
        {requirements.slice(0, MOST).map((requirement, i) => (
          <li key={i}>
            <span className="card-id">{requirement.id}</span>
            <span>{requirement.title}</span>
            <span className="note" title={requirement.document}>
              {words.start.line} {requirement.line}
            </span>
          </li>
        ))}
        {requirements.length > MOST && <li className="note">+{requirements.length - MOST}</li>}
      </ul>
    </>
  );
};

const Cards = ({ preview: { cards } }: { readonly preview: IntakePreview }) => (
  <ul className="preview-list">
    {cards.slice(0, MOST).map((card) => (
      <li key={card.id}>
        <span className="card-id">{card.id}</span>
        <span>{card.title}</span>
        <span className="note">{card.agent}</span>
      </li>
    ))}
    {cards.length > MOST && <li className="note">+{cards.length - MOST}</li>}
  </ul>
);

const Warnings = ({ preview: { warnings } }: { readonly preview: IntakePreview }) => {
  const words = useWords();
  if (warnings.length === 0) return null;
  return (
    <details className="told">
      <summary>{words.start.warnings(warnings.length)}</summary>
      <ul>
        {warnings.slice(0, MOST).map((warning, i) => (
          <li key={i}>{warning}</li>
        ))}
      </ul>
    </details>
  );
};
