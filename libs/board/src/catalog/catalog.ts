import {
  EVENT_LANES,
  parseLane,
  type CardId,
  type EventData,
  type LaneCommit,
  type ProjectId,
  type SquadEvent,
} from '@squados/contracts';
import type { Board } from '../board.types.js';
import { cardState, project as projectView } from '../views.js';
import { evolve, position } from '../evolve.js';
import type { ArchivedRecord, Catalog, CardRecord, ProjectRecord } from './catalog.types.js';
import { note, tellAttempt, tellDecided } from './card-history.js';
import { CardText } from './card-text.js';
import { asCatalog, catalogOf, CatalogState, ProjectText } from './catalog-state.js';

/** The catalog before the first commit. */
export const emptyCatalog = (): Catalog => asCatalog(new CatalogState());

/**
 * Folds one commit's texts. Total and never throws; duplicates and events of unknown cards change nothing; late events of
 * old attempts are kept as history of their attempt. Reuses the catalog's memory: the one passed in is the one returned.
 */
export const evolveCatalog = (catalog: Catalog, commit: LaneCommit): Catalog => {
  const state = catalogOf(catalog);
  if (commit.position <= position(state.board)) return catalog;
  state.board = evolve(state.board, commit);
  const lane = parseLane(commit.lane);
  if (lane?.kind === 'project')
    for (const event of commit.events) tellProject(state, lane.project, event as SquadEvent);
  else if (lane) tellCard(state, lane, commit);
  return catalog;
};

/** The board that a catalog is folded with; it is the catalog's own. */
export const boardOf = (catalog: Catalog): Board => catalogOf(catalog).board;

/** A project with its cards' texts; undefined when it never started. Live: read it, don't keep it. */
export const projectRecord = (catalog: Catalog, project: ProjectId): ProjectRecord | undefined =>
  catalogOf(catalog).projects.get(project);

/** Projects that lie in files, and which. */
export const archivedProjects = (catalog: Catalog): ReadonlyMap<ProjectId, ArchivedRecord> =>
  catalogOf(catalog).archived;

/** A card with its whole history; undefined when the project or the card is unknown. */
export const cardRecord = (catalog: Catalog, project: ProjectId, card: CardId): CardRecord | undefined =>
  catalogOf(catalog).projects.get(project)?.cards.get(card);

/**
 * The manifest that counts now: of the attempt that made the card DONE (a STALE card keeps its own). Undefined while it isn't:
 * completed but held by a gate, rolled back, being made again, skipped, or imported as done.
 */
export const currentManifest = (record: CardRecord): EventData['CardCompleted'] | undefined => {
  const end = record.attempts.at(-1)?.end;
  return record instanceof CardText && record.isDone && end?.kind === 'completed' ? completedOf(end) : undefined;
};

const completedOf = (
  end: { readonly kind: 'completed'; readonly at: string } & EventData['CardCompleted'],
): EventData['CardCompleted'] => {
  const { kind: _kind, at: _at, ...data } = end;
  return data;
};

const tellProject = (state: CatalogState, id: ProjectId, event: SquadEvent): void => {
  const project = state.projects.get(id);
  if (event.type === 'ProjectArchived') archive(state, id, event);
  else if (state.archived.has(id)) return;
  else if (event.type === 'ProjectStarted' && !project) state.projects.set(id, new ProjectText(id, event.data));
  else if (project) tellKnown(state, project, event);
};

const archive = (
  state: CatalogState,
  id: ProjectId,
  { time, data }: Extract<SquadEvent, { type: 'ProjectArchived' }>,
): void => {
  state.projects.delete(id);
  state.archived.set(id, { at: time, ...data });
};

const tellKnown = (state: CatalogState, project: ProjectText, event: SquadEvent): void => {
  if (event.type === 'CardsAdded') addCards(project, event.data);
  else if (event.type === 'CardsRejected') project.rejected.push(event.data);
  else if (event.type === 'CardChanged') changeCard(project, event);
  else if (event.type === 'CardsRolledBack') rollBack(state, project, event);
  else if (event.type === 'CardsReopened') reopen(state, project, event);
};

const addCards = (project: ProjectText, { origin, cards }: EventData['CardsAdded']): void => {
  for (const spec of cards) if (!project.cards.has(spec.id)) project.cards.set(spec.id, new CardText(spec, origin));
};

const changeCard = (project: ProjectText, event: Extract<SquadEvent, { type: 'CardChanged' }>): void => {
  const card = project.cards.get(event.data.spec.id);
  if (!card) return;
  card.spec = { ...event.data.spec, agent: card.spec.agent };
  card.revision++;
  note(card, event, { text: event.data.reason, by: event.data.by });
};

const rollBack = (
  state: CatalogState,
  project: ProjectText,
  event: Extract<SquadEvent, { type: 'CardsRolledBack' }>,
): void => {
  for (const id of event.data.reach) {
    const card = project.cards.get(id);
    if (!card) continue;
    note(card, event, { text: `with ${event.data.card}: ${event.data.reason}`, by: event.data.by });
    judge(state, project, id);
  }
};

const reopen = (
  state: CatalogState,
  project: ProjectText,
  event: Extract<SquadEvent, { type: 'CardsReopened' }>,
): void => {
  const { by, cause, cards, reach } = event.data;
  for (const id of reach) {
    const card = project.cards.get(id);
    if (!card) continue;
    const own = cards.find((blame) => blame.card === id);
    note(card, event, { text: own ? `rejected by ${cause.card}: ${own.feedback}` : `rejection by ${cause.card}`, by });
    judge(state, project, id);
  }
};

const tellCard = (
  state: CatalogState,
  lane: { readonly kind: string; readonly project: ProjectId; readonly card: CardId; readonly agent: string },
  commit: LaneCommit,
): void => {
  const project = state.projects.get(lane.project);
  const card = project?.cards.get(lane.card);
  if (!project || card?.spec.agent !== lane.agent) return;
  for (const event of commit.events) if (isOn(lane.kind, event)) tell(card, event);
  judge(state, project, lane.card);
};

const isOn = (kind: string, event: LaneCommit['events'][number]): event is SquadEvent =>
  event.type !== 'Unknown' && EVENT_LANES[event.type] === kind;

const tell = (card: CardText, event: SquadEvent): void => {
  if (EVENT_LANES[event.type] === 'decided') tellDecided(card, event as Parameters<typeof tellDecided>[1]);
  else tellAttempt(card, event as Parameters<typeof tellAttempt>[1]);
};

const judge = (state: CatalogState, project: ProjectText, id: CardId): void => {
  const card = project.cards.get(id);
  const seen = cardState(state.board, project.id, id);
  if (card) card.isDone = seen === 'DONE' || seen === 'STALE';
};

/** Whether the log holds something of this project that this build can't read (then its texts may be incomplete). */
export const isIncomplete = (catalog: Catalog, project: ProjectId): boolean =>
  projectView(catalogOf(catalog).board, project)?.status === 'undecidable';
