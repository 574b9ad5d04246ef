import type { CardPage } from '@squados/portal-gateway/wire';
import { useState } from 'react';
import { useWords } from '../words/language.js';
import { ArtifactDialog } from './artifact-dialog.js';
import { OutcomeMark } from './outcome-mark.js';
import { goTo } from './route.js';

type Criterion = CardPage['criteria'][number];

interface CriteriaProps {
  readonly criteria: readonly Criterion[];
  /** The card that is shown: a check of its own is not named again. */
  readonly card: string;
}

/** What the card is accepted against: by which check each holds, over which files, and what nobody has looked at. */
export const CriteriaView = ({ criteria, card }: CriteriaProps) => {
  const words = useWords();
  const held = criteria.filter(({ check, verdict }) => check !== undefined && verdict === 'pass').length;
  return (
    <>
      <p className="note">{words.criteria.holds(held, criteria.length)}</p>
      <ul className="criteria">
        {criteria.map((criterion, i) => (
          <CriterionLine key={i} criterion={criterion} card={card} />
        ))}
      </ul>
    </>
  );
};

const CriterionLine = ({ criterion: told, card }: { readonly criterion: Criterion; readonly card: string }) => {
  const words = useWords();
  const state = told.check === undefined ? 'open' : told.verdict;
  return (
    <li className="criterion" data-state={state}>
      <OutcomeMark outcome={state} label={words.criteria[state]} />
      <div>
        <p>{told.criterion}</p>
        {told.check === undefined ? (
          <p className="note">{words.criteria.open}</p>
        ) : (
          <p className="note">
            {told.card !== undefined && told.card !== card && <CardLink id={told.card} />}
            <span className="gate">{words.criteria.by(told.check.gate, told.attempt ?? 0)}</span>: {told.check.by}
          </p>
        )}
        <Files criterion={told} card={told.card ?? card} />
      </div>
    </li>
  );
};

const CardLink = ({ id }: { readonly id: string }) => (
  <>
    <button type="button" className="link card-id" onClick={() => goTo({ tab: 'board', card: id })}>
      {id}
    </button>{' '}
  </>
);

const SHOWN = 3;
const HASH = 12;

/** What was looked at, by name and the first digits of its hash; a click shows it. */
const Files = ({ criterion, card }: { readonly criterion: Criterion; readonly card: string }) => {
  const words = useWords();
  const [isWhole, setWhole] = useState(false);
  const [open, setOpen] = useState<Criterion['artifacts'][number]>();
  const files = isWhole ? criterion.artifacts : criterion.artifacts.slice(0, SHOWN);
  const left = criterion.artifacts.length - files.length;
  return (
    <>
      {files.length > 0 && (
        <ul className="checked-files">
          {files.map((file) => (
            <li key={file.path}>
              <code>{file.sha256.slice(0, HASH)}</code>{' '}
              <button type="button" className="link" title={file.path} onClick={() => setOpen(file)}>
                {nameOf(file.path)}
              </button>
            </li>
          ))}
        </ul>
      )}
      {left > 0 && (
        <button type="button" className="link" onClick={() => setWhole(true)}>
          {words.criteria.more(left)}
        </button>
      )}
      {open !== undefined && <ArtifactDialog artifact={{ ...open, card }} onClose={() => setOpen(undefined)} />}
    </>
  );
};

const nameOf = (path: string): string => path.split('/').slice(-2).join('/');
