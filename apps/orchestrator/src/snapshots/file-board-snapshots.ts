import { position, restore, snapshot, type Board } from '@squados/board';
import { position as at, type LaneCommit, type Position } from '@squados/contracts';
import type { EventLog } from '@squados/event-log';
import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineLogger } from '../engine/engine-logger.port.js';
import type { BoardSnapshots, SnapshotHeader } from './board-snapshots.js';

export interface FileSnapshotOptions {
  readonly folder: string;
  readonly log: EventLog;
  readonly logger: EngineLogger;
  /** Default 2,000 commits. */
  readonly every?: number;
}

const KEPT = 2;
const NAME = /^board-(\d+)\.snap$/;
const DRAFT = /^board-\d+\.snap\.tmp$/;

/** One file per snapshot: a line of JSON (log, position, event), then the board's bytes. The two newest are kept. */
export class FileBoardSnapshots implements BoardSnapshots {
  readonly every: number;
  #saving: Promise<void> = Promise.resolve();

  constructor(private readonly options: FileSnapshotOptions) {
    this.every = options.every ?? 2_000;
  }

  async load(): Promise<Board | undefined> {
    for (const file of await this.#files()) {
      const board = await this.#usable(file).catch(() => undefined);
      if (board !== undefined) return board;
      this.options.logger.warn({ file }, 'snapshot left aside: another log, another fold version, or damaged');
    }
    return undefined;
  }

  save(board: Board): Promise<void> {
    const place = position(board);
    const bytes = snapshot(board); // taken now: the fold goes on while the file is written
    const write = async (): Promise<void> => {
      await this.#write(place, bytes).catch((error: unknown) =>
        this.options.logger.warn({ err: String(error) }, 'no snapshot was written; the log has everything'),
      );
    };
    this.#saving = this.#saving.then(write);
    return this.#saving;
  }

  async #usable(file: string): Promise<Board | undefined> {
    const bytes = await readFile(join(this.options.folder, file));
    const end = bytes.indexOf(10);
    const header = JSON.parse(bytes.subarray(0, end).toString('utf8')) as SnapshotHeader;
    if (header.logId !== this.options.log.logId) return undefined;
    if ((await this.#eventAt(header.position)) !== header.eventId) return undefined;
    return restore(new Uint8Array(bytes.subarray(end + 1))); // a copy: the board's tables want their own alignment
  }

  async #write(place: Position, board: Uint8Array): Promise<void> {
    const eventId = await this.#eventAt(place);
    if (eventId === undefined) return;
    const { folder, log } = this.options;
    await mkdir(folder, { recursive: true });
    const header = JSON.stringify({ logId: log.logId, position: place, eventId } satisfies SnapshotHeader);
    const file = join(folder, `board-${place}.snap`);
    await writeDurably(file, Buffer.concat([Buffer.from(`${header}\n`), board]));
    const old = [...(await this.#files()).slice(KEPT), ...(await this.#drafts())];
    await Promise.all(old.map((name) => rm(join(folder, name), { force: true })));
  }

  /** Of writes that a full disk or a kill cut off: one process writes here, one file after the other. */
  async #drafts(): Promise<readonly string[]> {
    return (await readdir(this.options.folder)).filter((name) => DRAFT.test(name));
  }

  /** Newest first. */
  async #files(): Promise<readonly string[]> {
    const names = await readdir(this.options.folder).catch(() => []);
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

const writeDurably = async (file: string, bytes: Uint8Array): Promise<void> => {
  const draft = `${file}.tmp`;
  const handle = await open(draft, 'w');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
};
