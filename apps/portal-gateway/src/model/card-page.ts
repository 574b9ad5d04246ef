import {
  card,
  cardRecord,
  cards,
  criterionChecks,
  currentManifest,
  notesAbout,
  reach,
  type AttemptRecord,
  type CardRecord,
  type NoteTexts,
} from '@squados/board';
import type { CardId, Sha256 } from '@squados/contracts';
import type { FoldView } from '@squados/orchestrator';
import type { ArtifactEntry, AttemptEnd, AttemptPage, CardPage, Neighbour, ReachPage } from '../wire/index.js';
import { cardRow } from './card-row.js';
import type { ProjectAt } from './first-project.js';
import { isHeld, openGates } from './held.js';

/** Which card of the fold's project, and the texts of its notes (`noteHashes`). */
export interface CardAsked {
  readonly at: ProjectAt;
  readonly id: CardId;
  readonly notes: NoteTexts;
}

/** The notes that a card's criteria are told from. */
export const noteHashes = ({ record }: ProjectAt, id: CardId): readonly Sha256[] =>
  notesAbout(record, id).map(({ sha256 }) => sha256);

/** Everything that the log knows of a card; undefined for an unknown one. */
export const cardPage = (fold: FoldView, { at, id, notes }: CardAsked): CardPage | undefined => {
  const row = cardRow(fold, at, id);
  const record = at.record.cards.get(id);
  if (!row || !record) return undefined;
  return {
    row,
    spec: record.spec,
    revision: record.revision,
    origin: originOf(record),
    ...neighboursOf(fold, at, id),
    attempts: record.attempts.map(attemptPage).reverse(),
    decisions: record.decisions,
    artifacts: artifactsOf(record),
    criteria: criterionChecks(at.record, id, notes),
    ...toDecide(fold, at, id),
  };
};

/** What a person decides on: an approval, or the gates that hold it. */
const toDecide = (
  fold: FoldView,
  { view, record }: ProjectAt,
  id: CardId,
): Pick<CardPage, 'approval' | 'openGates'> => {
  const seen = card(fold.board, view.id, id);
  const known = record.cards.get(id);
  const isWaiting = seen !== undefined && isHeld(seen.state, known);
  return {
    ...(seen?.approval === undefined ? {} : { approval: seen.approval }),
    openGates: isWaiting ? openGates(known?.attempts.at(-1)) : [],
  };
};

const neighboursOf = (fold: FoldView, at: ProjectAt, id: CardId): Pick<CardPage, 'dependencies' | 'dependents'> => {
  const dependencies = card(fold.board, at.view.id, id)?.dependencies ?? [];
  const dependents = [...cards(fold.board, at.view.id)].filter((other) => buildsOn(fold, at, { other, id }));
  return {
    dependencies: dependencies.map((other) => neighbour(fold, at, other)),
    dependents: dependents.map((other) => neighbour(fold, at, other)),
  };
};

const buildsOn = (fold: FoldView, at: ProjectAt, { other, id }: { readonly other: CardId; readonly id: CardId }) =>
  card(fold.board, at.view.id, other)?.dependencies.includes(id) === true;

const neighbour = (fold: FoldView, { view }: ProjectAt, id: CardId): Neighbour => ({
  id,
  title: cardRecord(fold.catalog, view.id, id)?.spec.title ?? '',
  state: card(fold.board, view.id, id)?.state ?? 'TODO',
});

const originOf = ({ addedBy }: CardRecord): CardPage['origin'] => ({
  kind: addedBy.kind,
  by: addedBy.kind === 'proposal' ? addedBy.card : addedBy.by.name,
});

const attemptPage = (attempt: AttemptRecord): AttemptPage => {
  const { inputs: _inputs, end, ...told } = attempt;
  return { ...told, ...(end === undefined ? {} : { end: endOf(end) }) };
};

const endOf = (end: NonNullable<AttemptRecord['end']>): AttemptEnd => {
  if (end.kind === 'completed') return completedOf(end);
  if (end.kind === 'released')
    return { kind: 'released', at: end.at, reason: end.release.reason, by: end.release.by.name };
  const { kind, code, message, place, excerpt } = end.failure;
  const where = { ...(place === undefined ? {} : { place }), ...(excerpt === undefined ? {} : { excerpt }) };
  return { kind: 'failed', at: end.at, retryable: kind === 'retryable', code, message, ...where };
};

const completedOf = (end: Extract<AttemptRecord['end'], { kind: 'completed' }>): AttemptEnd => ({
  kind: 'completed',
  at: end.at,
  author: end.author,
  manifestHash: end.manifestHash,
  files: Object.keys(end.manifest).length,
  proposals: end.proposals.map((proposal) => proposal.card.id),
  assumptions: end.assumptions ?? [],
});

/** What counts now; of a card that waits for a person, what it would deliver. */
const artifactsOf = (record: CardRecord): readonly ArtifactEntry[] => {
  const end = record.attempts.at(-1)?.end;
  const manifest = currentManifest(record)?.manifest ?? (end?.kind === 'completed' ? end.manifest : {});
  return Object.entries(manifest).map(([path, sha256]) => ({ path, sha256, card: record.spec.id }));
};

/** Every artifact that counts now, of all cards, by path. */
export const projectArtifacts = ({ record }: ProjectAt): readonly ArtifactEntry[] =>
  [...record.cards.values()]
    .flatMap((known) =>
      Object.entries(currentManifest(known)?.manifest ?? {}).map(([path, sha256]) => ({
        path,
        sha256,
        card: known.spec.id,
      })),
    )
    .sort((a, b) => (a.path < b.path ? -1 : 1));

/** What a rollback of this card would reach now; undefined for an unknown one. */
export const reachPage = (fold: FoldView, { view }: ProjectAt, id: CardId): ReachPage | undefined =>
  card(fold.board, view.id, id) ? { card: id, reach: reach(fold.board, view.id, id) } : undefined;
