import { useState } from 'react';
import type { ProjectSummary } from '@squados/portal-gateway/wire';
import type { BoardView, Connection } from '../feed/board-store.js';
import { useLanguage, useWords, WORDS } from '../words/language.js';
import type { Language } from '../words/words.types.js';
import { AnotherDialog } from './another-dialog.js';
import { PauseDialog } from './pause-dialog.js';

/** Whose page this is, how it stands, and what a person can do with the whole of it. */
export const TopBar = ({ view }: { readonly view: BoardView }) => {
  const { project, abilities, connection } = view;
  return (
    <header className="top">
      <div className="top-title">
        <span className="logo">SquadOS</span>
        {project !== undefined && <h1>{project.title}</h1>}
        {project !== undefined && <StatusPill project={project} />}
      </div>
      <div className="top-actions">
        <ConnectionDot connection={connection} />
        {project !== undefined && <PauseButton project={project} commands={abilities.commands} />}
        {project !== undefined && <AnotherButton />}
        <LanguageSwitch />
      </div>
    </header>
  );
};

const StatusPill = ({ project }: { readonly project: ProjectSummary }) => {
  const words = useWords();
  const isWaiting = project.status === 'running' && project.settled && project.total > 0;
  return (
    <span className="pill" role="status" data-status={isWaiting ? 'settled' : project.status}>
      {words.status[isWaiting ? 'settled' : project.status]}
    </span>
  );
};

const ConnectionDot = ({ connection }: { readonly connection: Connection }) => {
  const words = useWords();
  return (
    <span className="connection" data-connection={connection} title={words.connection[connection]}>
      <span className="dot" aria-hidden="true" />
      <span>{connection === 'live' ? words.connection.live : ''}</span>
    </span>
  );
};

interface PauseProps {
  readonly project: ProjectSummary;
  readonly commands: readonly string[];
}

const PauseButton = ({ project, commands }: PauseProps) => {
  const words = useWords();
  const [isAsked, setAsked] = useState(false);
  const isPaused = project.status === 'paused';
  const type = isPaused ? 'ResumeProject' : 'PauseProject';
  if (!commands.includes(type) || (project.status !== 'running' && !isPaused)) return null;
  return (
    <>
      <button type="button" onClick={() => setAsked(true)}>
        {isPaused ? words.actions.resume : words.actions.pause}
      </button>
      {isAsked && <PauseDialog isPaused={isPaused} onClose={() => setAsked(false)} />}
    </>
  );
};

const AnotherButton = () => {
  const words = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="quiet" onClick={() => setOpen(true)}>
        {words.another.button}
      </button>
      {isOpen && <AnotherDialog onClose={() => setOpen(false)} />}
    </>
  );
};

const LanguageSwitch = () => {
  const { language, words, speak } = useLanguage();
  return (
    <div className="languages" role="group" aria-label={words.language}>
      {(Object.keys(WORDS) as Language[]).map((code) => (
        <button
          key={code}
          type="button"
          lang={WORDS[code].locale}
          title={WORDS[code].name}
          aria-label={WORDS[code].name}
          aria-pressed={code === language}
          onClick={() => speak(code)}
        >
          {code.toUpperCase()}
        </button>
      ))}
    </div>
  );
};
