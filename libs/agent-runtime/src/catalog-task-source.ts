import { compareNatural } from '@squados/artifacts';
import {
  cardRecord,
  currentManifest,
  projectRecord,
  type CardRecord,
  type Catalog,
  type ProjectRecord,
} from '@squados/board';
import type { CardId, CardSpec, Position } from '@squados/contracts';
import type { AnySignal } from '@squados/event-log';
import type { DependencyInput, Task } from './role.js';
import type { TaskRequest, TaskSource } from './task-source.port.js';

/** Resolves once the catalog has folded everything up to a position; rejects when aborted or when it never will. */
export type WaitForPosition = (position: Position, signal: AnySignal) => Promise<void>;

/** Tasks from the catalog, read when it is at least as new as the CardEnqueued. */
export const catalogTaskSource = (getCatalog: () => Catalog, waitForPosition: WaitForPosition): TaskSource => {
  const ordered = new WeakMap<ProjectRecord, OrderedCards>();
  const cardsOf = (project: ProjectRecord): readonly CardSpec[] => {
    const cards = ordered.get(project) ?? new OrderedCards();
    ordered.set(project, cards);
    return cards.specsOf(project);
  };
  return {
    load: async (request) => {
      await waitForPosition(request.position, request.signal);
      return taskOf(getCatalog(), request, cardsOf);
    },
  };
};

const taskOf = (
  catalog: Catalog,
  { project: id, card, attempt }: TaskRequest,
  cardsOf: (project: ProjectRecord) => readonly CardSpec[],
): Task | undefined => {
  const project = projectRecord(catalog, id);
  const record = cardRecord(catalog, id, card);
  const entry = record?.attempts.findLast((a) => a.attempt === attempt);
  if (!project || !record || !entry) return undefined;
  const { title, agents, policy, source } = project.started;
  let cards: readonly CardSpec[] | undefined;
  return {
    project: { id, title, agents, policy, documents: source?.documents ?? [] },
    card: record.spec,
    attempt,
    ...(entry.feedback !== undefined && { feedback: entry.feedback }),
    dependencies: record.spec.dependencies.flatMap((dependency) => dependencyOf(project, dependency)),
    // Read on demand, once: most attempts of a large project never ask.
    get cards() {
      return (cards ??= cardsOf(project));
    },
  };
};

/** Only what counts now: the manifest of the attempt that made the dependency DONE. Without one its output is assumed. */
const dependencyOf = (project: ProjectRecord, id: CardId): DependencyInput[] => {
  const record = project.cards.get(id);
  if (!record) return [];
  const completed = currentManifest(record);
  return [{ card: record.spec, manifest: completed?.manifest ?? {}, assumed: completed === undefined }];
};

/** A project's cards in natural order of their ids. Cards are only ever added: new ones are sorted in, the rest stands. */
class OrderedCards {
  private readonly ids = new Set<CardId>();
  private records: CardRecord[] = [];

  specsOf(project: ProjectRecord): readonly CardSpec[] {
    if (project.cards.size > this.ids.size) this.add(project);
    return this.records.map((record) => record.spec);
  }

  private add(project: ProjectRecord): void {
    const fresh: CardRecord[] = [];
    for (const [id, record] of project.cards) {
      if (this.ids.has(id)) continue;
      this.ids.add(id);
      fresh.push(record);
    }
    this.records = merge(this.records, fresh.sort(byId));
  }
}

const byId = (a: CardRecord, b: CardRecord): number => compareNatural(a.spec.id, b.spec.id);

/** Two sorted lists as one. */
const merge = (left: readonly CardRecord[], right: readonly CardRecord[]): CardRecord[] => {
  const merged: CardRecord[] = [];
  let at = 0;
  for (const record of left) {
    for (let next = right[at]; next && byId(next, record) < 0; next = right[++at]) merged.push(next);
    merged.push(record);
  }
  return [...merged, ...right.slice(at)];
};
