import { projectId, type CardId, type EventData } from '@squados/contracts';
import type { ArchivedRecord, Catalog } from '../catalog/catalog.types.js';
import { asCatalog, catalogOf, CatalogState, ProjectText } from '../catalog/catalog-state.js';
import type { TextBlock } from '../catalog/card-texts.js';
import { frame, unframe } from './frame.js';
import { restore, snapshot } from './snapshot.js';

/** Cards to a block: one is the most that is held beside what is written. */
const BLOCK = 2_048;

interface StoredProject {
  readonly id: string;
  readonly started: EventData['ProjectStarted'];
  readonly rejected: readonly EventData['CardsRejected'][];
  /** How many blocks of cards follow for it. */
  readonly blocks: number;
}

interface Heading {
  readonly projects: readonly StoredProject[];
  readonly archived: readonly (readonly [string, ArchivedRecord])[];
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * The whole catalog, its board included, in pieces that are each checked by themselves: the board, a heading, blocks of cards. Taken at
 * once: what is folded afterwards is not in it.
 */
export const snapshotCatalog = (catalog: Catalog): readonly Uint8Array[] => {
  const state = catalogOf(catalog);
  const blocks = [...state.projects.values()].map((project) => [...project.cards.blocks(BLOCK)].map(frameOf));
  const projects = [...state.projects.values()].map(({ id, started, rejected }, i): StoredProject => {
    return { id, started, rejected, blocks: blocks[i]?.length ?? 0 };
  });
  const heading: Heading = { projects, archived: [...state.archived] };
  return [snapshot(state.board), frame([encoder.encode(JSON.stringify(heading))]), ...blocks.flat()];
};

/** The catalog again; undefined when a piece is missing, damaged or of another fold version: then fold the log from the start. */
export const restoreCatalog = ([board, framed, ...pieces]: readonly Uint8Array[]): Catalog | undefined => {
  const folded = board && restore(board);
  const heading = framed && headingOf(framed);
  const blocks = pieces.map(blockOf).filter((block) => block !== undefined);
  if (!folded || !heading || blocks.length < pieces.length) return undefined;
  return filled(new CatalogState(folded), heading, blocks);
};

const filled = (state: CatalogState, heading: Heading, blocks: readonly TextBlock[]): Catalog | undefined => {
  for (const [id, record] of heading.archived) state.archived.set(projectId(id), record);
  let used = 0;
  for (const project of heading.projects) addProject(state, project, blocks.slice(used, (used += project.blocks)));
  return used === blocks.length ? asCatalog(state) : undefined;
};

/** A heading is one section, a block of cards three: one is never taken for the other. */
const headingOf = (framed: Uint8Array): Heading | undefined => {
  const [text, ...more] = unframe(framed) ?? [];
  return text === undefined || more.length > 0 ? undefined : (JSON.parse(decoder.decode(text)) as Heading);
};

const addProject = (
  state: CatalogState,
  { id, started, rejected }: StoredProject,
  blocks: readonly TextBlock[],
): void => {
  const project = new ProjectText(projectId(id), started);
  project.rejected.push(...rejected);
  state.projects.set(project.id, project);
  for (const block of blocks) project.cards.adopt(block);
};

/** Ids hold no control characters, so a line is one. */
const frameOf = ({ ids, ends, bytes }: TextBlock): Uint8Array =>
  frame([encoder.encode(ids.join('\n')), new Uint8Array(ends.buffer), bytes]);

const blockOf = (framed: Uint8Array): TextBlock | undefined => {
  const [ids, ends, bytes] = unframe(framed) ?? [];
  if (ids === undefined || ends === undefined || bytes === undefined) return undefined;
  return { ids: decoder.decode(ids).split('\n') as CardId[], ends: new Uint32Array(ends.slice().buffer), bytes };
};
