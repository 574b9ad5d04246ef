import type { Abilities, CardPage, CardRow, Neighbour } from '@squados/portal-gateway/wire';
import { useState, type ReactNode } from 'react';
import { api } from '../api/api.js';
import { Markdown } from '../markdown/markdown.js';
import { useWords } from '../words/language.js';
import { dayAndTime } from '../words/times.js';
import { ArtifactList } from './artifact-list.js';
import { AttemptView } from './attempt-view.js';
import { CardActions } from './card-actions.js';
import { CriteriaView } from './criteria-view.js';
import { CardFacts } from './card-facts.js';
import { Dialog } from './dialog.js';
import { ProblemNote } from './problem-note.js';
import { ReasonDialog } from './reason-dialog.js';
import { goTo } from './route.js';
import { StateBadge } from './state-badge.js';
import { stateReason } from './state-reason.js';
import { useLoaded } from './use-loaded.js';
import { VerdictView } from './verdict-view.js';

interface DrawerProps {
  readonly id: string;
  /** As the board shows it now: a change has the page read anew. */
  readonly row: CardRow | undefined;
  readonly abilities: Abilities;
  readonly onClose: () => void;
}

/** One card with everything that is known of it. */
export const CardDrawer = ({ id, row, abilities, onClose }: DrawerProps) => {
  const words = useWords();
  const loaded = useLoaded((signal) => api.card(id, signal), { subject: id, key: JSON.stringify(row) });
  return (
    <Dialog title={<span className="card-id">{id}</span>} className="drawer" onClose={onClose}>
      {loaded.kind === 'loading' && <p>{words.card.loading}</p>}
      {loaded.kind === 'failed' && <ProblemNote problem={loaded.problem} />}
      {loaded.kind === 'loaded' && <CardView page={loaded.value} abilities={abilities} />}
    </Dialog>
  );
};

const CardView = ({ page, abilities }: { readonly page: CardPage; readonly abilities: Abilities }) => {
  const words = useWords();
  const { spec, row } = page;
  return (
    <article className="card-page">
      <h3 className="card-title">{spec.title}</h3>
      <p className="why">
        <StateBadge row={row} /> {stateReason(page, words)}
      </p>
      <CardActions page={page} abilities={abilities} />
      <Section title={words.card.criteria} isEmpty={spec.acceptanceCriteria.length === 0}>
        <CriteriaView criteria={page.criteria} card={row.id} />
      </Section>
      <Evidence page={page} abilities={abilities} />
      <Section title={words.card.artifacts}>
        {page.artifacts.length === 0 && <p className="column-empty">{words.card.noArtifacts}</p>}
        <ArtifactList artifacts={page.artifacts} />
      </Section>
      <Section title={words.card.attempts}>
        {page.attempts.length === 0 && <p className="column-empty">{words.card.noAttempts}</p>}
        <ol className="timeline">
          {page.attempts.map((attempt) => (
            <AttemptView key={attempt.attempt} attempt={attempt} />
          ))}
        </ol>
      </Section>
      <Neighbours title={words.card.dependsOn} cards={page.dependencies} />
      <Neighbours title={words.card.neededBy} cards={page.dependents} />
      <Decisions page={page} />
      <Section title={words.card.description} isEmpty={spec.description.trim() === ''}>
        <Markdown text={spec.description} />
      </Section>
      <CardFacts page={page} />
    </article>
  );
};

interface SectionProps {
  readonly title: string;
  readonly isEmpty?: boolean;
  readonly children: ReactNode;
}

const Section = ({ title, isEmpty = false, children }: SectionProps) =>
  isEmpty ? null : (
    <section>
      <h4>{title}</h4>
      {children}
    </section>
  );

/** Verdicts of the last attempt that has any. */
const Evidence = ({ page, abilities }: { readonly page: CardPage; readonly abilities: Abilities }) => {
  const words = useWords();
  const [gate, setGate] = useState<string>();
  const attempt = page.attempts.find((candidate) => candidate.verdicts.length > 0);
  const canWaive = abilities.commands.includes('WaiveGate');
  return (
    <Section title={words.card.evidence}>
      {attempt === undefined && <p className="column-empty">{words.card.noEvidence}</p>}
      <ul className="verdicts">
        {attempt?.verdicts.map((verdict, i) => (
          <VerdictView
            key={i}
            verdict={verdict}
            waiver={attempt.waivers.find((waiver) => waiver.gate === verdict.gate)}
            {...(canWaive && page.openGates.includes(verdict.gate) ? { onWaive: () => setGate(verdict.gate) } : {})}
          />
        ))}
      </ul>
      {gate !== undefined && (
        <ReasonDialog
          title={words.ask.waive(gate, page.row.id)}
          action={words.actions.waive}
          command={{ type: 'WaiveGate', card: page.row.id, attempt: page.row.attempt, gate }}
          onClose={() => setGate(undefined)}
        />
      )}
    </Section>
  );
};

const Neighbours = ({ title, cards }: { readonly title: string; readonly cards: readonly Neighbour[] }) => (
  <Section title={title} isEmpty={cards.length === 0}>
    <ul className="neighbours">
      {cards.map((card) => (
        <li key={card.id}>
          <button type="button" className="link card-id" onClick={() => goTo({ tab: 'board', card: card.id })}>
            {card.id}
          </button>
          <span>{card.title}</span>
          <StateBadge row={card} />
        </li>
      ))}
    </ul>
  </Section>
);

const Decisions = ({ page }: { readonly page: CardPage }) => {
  const words = useWords();
  return (
    <Section title={words.card.decisions} isEmpty={page.decisions.length === 0}>
      <ul className="decisions">
        {page.decisions.map((decision, i) => (
          <li key={i}>
            <span className="note">
              {dayAndTime(decision.at, words.locale)} · {decision.type}
              {decision.by === undefined ? '' : ` · ${decision.by.name}`}
            </span>
            <p>{decision.text}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
};
