import type { TreeEntry, TreeProjector, TreeReport } from '@squados/artifacts';
import { cardRecord, currentManifest, projectRecord, projects } from '@squados/board';
import { cardId, parseLane, type CardId, type LaneCommit, type ProjectId } from '@squados/contracts';
import type { EngineLogger } from '../engine/engine-logger.port.js';
import type { FoldObserver } from '../engine/fold-observer.js';
import type { FoldView } from '../engine/fold.js';

interface CardAt {
  readonly project: ProjectId;
  readonly card: CardId;
}

/**
 * Keeps `app-artefacts/` equal to the manifests of the cards that are DONE.
 *
 * Invariants:
 * 1. After each start the tree is compared file by file with the log, so whatever a crash left half done is put right.
 * 2. After a failure (full disk) the next change compares everything again instead of trusting what is there.
 */
export class TreeKeeper implements FoldObserver {
  readonly #shown = new Map<string, string>();
  #state: 'replaying' | 'following' | 'behind' = 'replaying';
  #work: Promise<void> = Promise.resolve();

  constructor(
    private readonly tree: TreeProjector,
    private readonly logger: EngineLogger,
  ) {}

  folded(commit: LaneCommit, fold: FoldView): void {
    if (this.#state === 'replaying') return;
    for (const at of touched(commit)) this.#follow(at, fold);
  }

  headReached(fold: FoldView): void {
    this.#state = 'following';
    this.#rebuild(fold); // invariant 1
  }

  close(): Promise<void> {
    return this.#work;
  }

  #follow(at: CardAt, fold: FoldView): void {
    const done = doneOf(at, fold);
    const key = keyOf(at);
    const hash = done?.manifestHash ?? NOTHING;
    if (hash === (this.#shown.get(key) ?? NOTHING)) return;
    this.#shown.set(key, hash);
    const manifest = done?.manifest;
    if (this.#state === 'behind')
      this.#rebuild(fold); // invariant 2
    else this.#enqueue(() => this.tree.apply(key, manifest));
  }

  #rebuild(fold: FoldView): void {
    const entries = [...doneCards(fold)];
    this.#state = 'following';
    for (const { card, hash } of entries) this.#shown.set(card, hash);
    this.#enqueue(() => this.tree.rebuild(entries));
  }

  #enqueue(step: () => Promise<TreeReport>): void {
    this.#work = this.#work.then(step).then(
      (report) => this.#tell(report),
      (error: unknown) => {
        this.#state = 'behind';
        this.logger.error({ err: String(error) }, 'app-artefacts/ could not be brought up to date');
      },
    );
  }

  #tell(report: TreeReport): void {
    for (const problem of report.problems) this.logger.warn({ problem }, 'a file of app-artefacts/ was left aside');
  }
}

const doneOf = (at: CardAt, fold: FoldView): ReturnType<typeof currentManifest> => {
  const record = cardRecord(fold.catalog, at.project, at.card);
  return record && currentManifest(record);
};

const NOTHING = '';

/** Cards of several projects in one log never share a key. */
const keyOf = (at: CardAt): CardId => cardId(`${at.project}/${at.card}`);

function* doneCards({ board, catalog }: FoldView): Iterable<TreeEntry & { readonly hash: string }> {
  for (const project of projects(board)) {
    for (const [card, record] of projectRecord(catalog, project)?.cards ?? []) {
      const done = currentManifest(record);
      if (done) yield { card: keyOf({ project, card }), manifest: done.manifest, hash: done.manifestHash };
    }
  }
}

const touched = (commit: LaneCommit): readonly CardAt[] => {
  const at = parseLane(commit.lane);
  if (at === undefined) return [];
  if (at.kind !== 'project') return [at];
  return commit.events.flatMap((event) => {
    if (event.type === 'CardsRolledBack') return event.data.reach.map((card) => ({ project: at.project, card }));
    return event.type === 'CardChanged' ? [{ project: at.project, card: event.data.card }] : [];
  });
};
