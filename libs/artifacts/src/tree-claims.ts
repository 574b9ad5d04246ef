import type { CardId, Sha256 } from '@squados/contracts';
import { compareNatural } from './compare-natural.js';
import { foldPath, foldersAbove } from './safe-artifact-path.js';

export type Manifest = Readonly<Record<string, Sha256>>;

/** One file as the tree should hold it. */
export interface TreeFile {
  readonly path: string;
  readonly hash: Sha256;
  readonly card: CardId;
}

/** Which card's file stands at a path. Keys are folded paths, so that the tree is the same on every file system. */
export class TreeClaims {
  private readonly byCard = new Map<CardId, readonly TreeFile[]>();
  private readonly byKey = new Map<string, Map<CardId, TreeFile>>();
  private readonly folders = new Map<string, number>();

  /** Replaces what a card claims; returns the keys whose file may be another one now. */
  set(card: CardId, manifest: Manifest | undefined): ReadonlySet<string> {
    const touched = new Set<string>();
    for (const file of this.byCard.get(card) ?? []) this.drop(file, touched);
    const files = Object.entries(manifest ?? {}).map(([path, hash]) => ({ path, hash, card }));
    for (const file of files) this.add(file, touched);
    if (manifest) this.byCard.set(card, files);
    else this.byCard.delete(card);
    return touched;
  }

  /**
   * The file that stands at a key: the one of the naturally last card, whichever finished last. A file whose path is a folder
   * of another claimed file gives way to that folder.
   */
  winner(key: string): TreeFile | undefined {
    if (this.folders.has(key)) return undefined;
    let best: TreeFile | undefined;
    for (const file of this.byKey.get(key)?.values() ?? []) {
      if (!best || compareNatural(file.card, best.card) > 0) best = file;
    }
    return best;
  }

  cards(): Iterable<CardId> {
    return this.byCard.keys();
  }

  keys(): Iterable<string> {
    return this.byKey.keys();
  }

  private add(file: TreeFile, touched: Set<string>): void {
    const key = foldPath(file.path);
    touched.add(key);
    const claims = this.byKey.get(key) ?? new Map<CardId, TreeFile>();
    if (claims.size === 0) this.countFolders(key, 1, touched);
    this.byKey.set(key, claims.set(file.card, file));
  }

  private drop(file: TreeFile, touched: Set<string>): void {
    const key = foldPath(file.path);
    touched.add(key);
    const claims = this.byKey.get(key);
    if (!claims?.delete(file.card) || claims.size > 0) return;
    this.byKey.delete(key);
    this.countFolders(key, -1, touched);
  }

  private countFolders(key: string, by: number, touched: Set<string>): void {
    for (const folder of foldersAbove(key)) {
      const count = (this.folders.get(folder) ?? 0) + by;
      if (count > 0) this.folders.set(folder, count);
      else this.folders.delete(folder);
      if (this.byKey.has(folder)) touched.add(folder);
    }
  }
}
