import type { NamedBlobs } from '@squados/artifacts';
import { restoreCatalog, snapshotCatalog } from '@squados/board';
import { position as at, type LaneCommit, type Position } from '@squados/contracts';
import type { EventLog } from '@squados/event-log';
import type { EngineLogger } from '../engine/engine-logger.port.js';
import { LogFold } from '../engine/fold.js';
import { headerLine, takeApart } from './snapshot-header.js';

export interface FoldSnapshotOptions {
  readonly blobs: NamedBlobs;
  readonly log: EventLog;
  readonly logger: EngineLogger;
  /** Fewest commits between two; default 25,000: fewer are folded faster than a snapshot is read. */
  readonly every?: number;
}

/** Where snapshots lie on a server. */
export const SNAPSHOT_BUCKET = 'squad-snapshots';

const KEPT = 2;
const EVERY = 25_000;
/** A snapshot costs as much as the fold is large: one for every quarter that the log grows by costs each commit the same, however long it is. */
const SHARE = 4;
const NAME = /^board-(\d{1,16})\.snap$/;

/**
 * Keeps folds aside so that a start reads only the tail of its log. Losing one costs time, never truth. The two newest are kept.
 *
 * A snapshot counts only when it is whole, of this build's fold version, and of a log that still holds, at the snapshot's position, the
 * event that was there: so neither another log, nor an older state of it, nor one whose commits were purged is taken for it.
 */
export class FoldSnapshots {
  #saving: Promise<void> = Promise.resolve();

  constructor(private readonly options: FoldSnapshotOptions) {}

  /** The newest usable fold up to a position; undefined: fold from the start. Those that are left aside are told. */
  async load(upTo = Infinity): Promise<LogFold | undefined> {
    for (const name of await this.#names()) {
      if (placeOf(name) > upTo) continue;
      const found = await this.#usable(name).catch((error: unknown) => String(error));
      if (typeof found !== 'string') return found;
      this.options.logger.warn({ file: name }, `snapshot left aside: ${found}; the log is folded instead`);
    }
    return undefined;
  }

  /** Keeps the fold as of now: it goes on while the bytes are written. Failing to is logged, not thrown. */
  save(fold: LogFold): Promise<void> {
    const { folded } = fold;
    const pieces = snapshotCatalog(fold.catalog);
    const write = async (): Promise<void> => {
      await this.#write(folded, pieces).catch((error: unknown) =>
        this.options.logger.warn({ err: String(error) }, 'no snapshot was written; the log has everything'),
      );
    };
    this.#saving = this.#saving.then(write);
    return this.#saving;
  }

  /** Resolves when nothing is being written. */
  saved(): Promise<void> {
    return this.#saving;
  }

  /** Commits after which another one is worth its writing. */
  distance(folded: Position): number {
    return Math.max(this.options.every ?? EVERY, Math.floor(folded / SHARE));
  }

  async #usable(name: string): Promise<LogFold | string> {
    const bytes = await this.options.blobs.get(name);
    const parts = bytes && takeApart(bytes);
    if (parts === undefined) return 'it is damaged, or another version wrote it';
    const { logId, position, eventId } = parts.header;
    if (logId !== this.options.log.logId) return 'it is of another log';
    if ((await this.#eventAt(position)) !== eventId) return 'the log does not hold any more what it was taken at';
    const catalog = restoreCatalog(parts.pieces);
    return catalog ? new LogFold(catalog) : 'it is damaged, or of another fold version';
  }

  async #write(place: Position, pieces: readonly Uint8Array[]): Promise<void> {
    const eventId = await this.#eventAt(place);
    if (eventId === undefined) return;
    const { blobs, log } = this.options;
    const header = { logId: log.logId, position: place, eventId, pieces: pieces.map(({ length }) => length) };
    await blobs.put(`board-${place}.snap`, [headerLine(header), ...pieces]);
    for (const old of (await this.#names()).slice(KEPT)) await blobs.remove(old);
  }

  /** Newest first. */
  async #names(): Promise<readonly string[]> {
    const names = await this.options.blobs.names().catch(() => []);
    return names.filter((name) => NAME.test(name)).sort((a, b) => placeOf(b) - placeOf(a));
  }

  async #eventAt(place: Position): Promise<string | undefined> {
    if (place < 1) return undefined;
    for await (const page of this.options.log.read({ after: at(place - 1), to: place })) {
      const commit: LaneCommit | undefined = page.find((candidate) => candidate.position === place);
      if (commit !== undefined) return commit.events.at(-1)?.id;
    }
    return undefined;
  }
}

const placeOf = (name: string): number => Number(NAME.exec(name)?.[1] ?? 0);
