import { join } from 'node:path';
import { AGENT_OWNERS, type CardId } from '@squados/contracts';
import { ArtifactError, type ArtifactStore } from './artifact-store.port.js';
import { foldPath, safeArtifactPath } from './safe-artifact-path.js';
import { TreeClaims, type Manifest, type TreeFile } from './tree-claims.js';
import { TreeFolder } from './tree-folder.js';
import { TreeJournal } from './tree-journal.js';

export interface TreeEntry {
  readonly card: CardId;
  /** Of the attempt that made the card DONE. */
  readonly manifest: Manifest;
}

/** What a projection did. `problems` say in words which files could not be brought up to date, and what to do. */
export interface TreeReport {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly problems: readonly string[];
}

/**
 * The readable tree as a projection of the manifests of DONE cards.
 * 1. After a call without problems the tree's own files equal the projection, whatever the order of calls was before.
 * 2. Only files that the journal names are removed, and only while they hold what was written; people's files stay.
 * 3. Calls run one after the other, in the order in which they were made.
 */
export interface TreeProjector {
  /** A card became DONE with this manifest, or (undefined) is DONE no more. */
  apply(card: CardId, manifest: Manifest | undefined): Promise<TreeReport>;
  /** Makes the tree equal to these entries alone, looking at each file on disk: after a start or a crash. */
  rebuild(entries: Iterable<TreeEntry>): Promise<TreeReport>;
}

interface Report {
  written: string[];
  removed: string[];
  problems: string[];
}

type Plan = { readonly key: string; readonly file: TreeFile | undefined };

class FolderTreeProjector implements TreeProjector {
  private readonly claims = new TreeClaims();
  /** Folded path → path as it stands on disk. */
  private readonly standing = new Map<string, string>();
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: ArtifactStore,
    private readonly folder: TreeFolder,
    private readonly journal: TreeJournal,
  ) {
    for (const path of journal.paths()) this.standing.set(foldPath(path), path);
  }

  apply(card: CardId, manifest: Manifest | undefined): Promise<TreeReport> {
    return this.inTurn(() => this.bring(this.claims.set(card, manifest), false));
  }

  rebuild(entries: Iterable<TreeEntry>): Promise<TreeReport> {
    return this.inTurn(() => {
      for (const card of [...this.claims.cards()]) this.claims.set(card, undefined);
      for (const { card, manifest } of entries) this.claims.set(card, manifest);
      return this.bring(new Set([...this.standing.keys(), ...this.claims.keys()]), true);
    });
  }

  private inTurn(step: () => Promise<TreeReport>): Promise<TreeReport> {
    const done = this.turn.then(step);
    this.turn = done.catch(() => undefined);
    return done;
  }

  /** Removals first: a folder may have to make room for a file, or a file for a folder. */
  private async bring(keys: Iterable<string>, look: boolean): Promise<TreeReport> {
    const report: Report = { written: [], removed: [], problems: [] };
    const plans = [...keys].map((key) => ({ key, file: this.claims.winner(key) }));
    for (const plan of plans) await this.guarded(report, () => this.clear(plan, report));
    for (const plan of plans) await this.guarded(report, () => this.place(plan, { look, report }));
    return report;
  }

  /** Trouble with one file is told and leaves the others alone; a full disk or a read-only folder stops the projection. */
  private async guarded(report: Report, step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      if (error instanceof ArtifactError && (error.code === 'disk-full' || error.code === 'permission')) throw error;
      report.problems.push(error instanceof Error ? error.message : String(error));
    }
  }

  private async clear({ key, file }: Plan, report: Report): Promise<void> {
    const path = this.standing.get(key);
    if (path === undefined || path === file?.path) return;
    const there = await this.folder.hashOf(path);
    if (there && there !== 'other' && this.journal.isOurs(path, there)) {
      await this.folder.remove(path);
      report.removed.push(path);
    }
    this.standing.delete(key);
    await this.journal.removed(path);
  }

  private async place({ key, file }: Plan, { look, report }: { look: boolean; report: Report }): Promise<void> {
    if (!file) return;
    const path = checked(file);
    if (!look && this.journal.get(path) === file.hash) return;
    if ((await this.folder.hashOf(path)) !== file.hash) {
      const bytes = await this.store.get(file.hash);
      await this.journal.wrote(path, file.hash);
      await this.folder.write(path, bytes);
      report.written.push(path);
    } else if (this.journal.get(path) !== file.hash) await this.journal.wrote(path, file.hash);
    this.standing.set(key, path);
  }
}

/** A manifest comes from a log that anybody may have written: its paths are checked again before the disk is touched. */
const checked = (file: TreeFile): string => {
  const answers = AGENT_OWNERS.map((owner) => safeArtifactPath(file.path, owner.folder));
  if (answers.some((a) => a.kind === 'safe')) return file.path;
  const reason = answers.find((a) => a.kind === 'refused')?.reason ?? file.path;
  throw new ArtifactError('path-escape', `card ${file.card}: ${reason}; the file is not put into the tree`);
};

export interface TreeOptions {
  readonly store: ArtifactStore;
  /** The tree's root, `…/app-artefacts`. Beside it `<dir>.projection` keeps the journal and files under way. */
  readonly dir: string;
}

/** @throws ArtifactError `disk-full` or `permission` */
export const openTreeProjector = async ({ store, dir }: TreeOptions): Promise<TreeProjector> => {
  const aside = `${dir}.projection`;
  const folder = new TreeFolder(dir, join(aside, 'tmp'));
  const journal = new TreeJournal(join(aside, 'journal.ndjson'));
  await folder.open();
  await journal.open();
  return new FolderTreeProjector(store, folder, journal);
};

/** One projection from nothing: opens the tree, makes it equal to the entries, says what it did. */
export const projectTree = async (
  options: TreeOptions & { readonly entries: Iterable<TreeEntry> },
): Promise<TreeReport> => {
  const projector = await openTreeProjector(options);
  return projector.rebuild(options.entries);
};
