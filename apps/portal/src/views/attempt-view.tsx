import type { AttemptEnd, AttemptPage } from '@squados/portal-gateway/wire';
import { useWords } from '../words/language.js';
import { dayAndTime, durationText } from '../words/times.js';
import type { Words } from '../words/words.types.js';

/** One line of an attempt's life, and what its author left to read. */
export const AttemptView = ({ attempt }: { readonly attempt: AttemptPage }) => {
  const words = useWords();
  const { end } = attempt;
  return (
    <li className="attempt" data-end={end?.kind ?? 'open'}>
      <p>
        <strong>{words.attempt(attempt.attempt)}</strong> <span>{endText(attempt, words)}</span>
      </p>
      <p className="note">
        {dayAndTime(attempt.startedAt ?? attempt.enqueuedAt, words.locale)}
        {lasted(attempt)}
        {attempt.worker !== undefined && ` · ${attempt.worker}`}
      </p>
      {attempt.feedback !== undefined && <Told label={words.ends.feedback} lines={[attempt.feedback]} />}
      {end !== undefined && <EndDetails end={end} />}
    </li>
  );
};

const endText = ({ end, startedAt }: AttemptPage, words: Words): string => {
  switch (end?.kind) {
    case undefined:
      return startedAt === undefined ? words.ends.waiting : words.ends.open;
    case 'completed':
      return words.ends.completed(end.files, end.author);
    case 'failed':
      return words.ends.failed(end.code);
    case 'released':
      return words.ends.released(end.reason, end.by);
  }
};

const lasted = ({ startedAt, end }: AttemptPage): string =>
  startedAt === undefined || end === undefined
    ? ''
    : ` · ${durationText(Math.max(Date.parse(end.at) - Date.parse(startedAt), 0))}`;

const EndDetails = ({ end }: { readonly end: AttemptEnd }) => {
  const words = useWords();
  if (end.kind === 'completed')
    return (
      <>
        {end.proposals.length > 0 && <p className="note">{words.ends.proposals(end.proposals.join(', '))}</p>}
        {end.assumptions.length > 0 && <Told label={words.ends.assumptions} lines={end.assumptions} />}
      </>
    );
  if (end.kind === 'released') return null;
  return (
    <>
      <p className="failure">
        {end.message}
        {end.place !== undefined && <code> {end.place}</code>}
      </p>
      {end.excerpt !== undefined && <pre className="excerpt">{end.excerpt}</pre>}
    </>
  );
};

const Told = ({ label, lines }: { readonly label: string; readonly lines: readonly string[] }) => (
  <details className="told">
    <summary>
      {label} ({lines.length})
    </summary>
    <ul>
      {lines.map((line, i) => (
        <li key={i}>{line}</li>
      ))}
    </ul>
  </details>
);
