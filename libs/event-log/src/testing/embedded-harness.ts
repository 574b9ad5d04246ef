import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lane } from '@squados/contracts';
import Database from 'libsql';
import { openEmbeddedLog, type EmbeddedLog } from '../embedded/index.js';
import { logFile } from '../embedded/log-database.js';
import type { LogHarness } from './event-log.contract.js';

export const freshFolder = (): string => mkdtempSync(join(tmpdir(), 'squados-log-'));

export const removeFolder = (dir: string): void => rmSync(dir, { recursive: true, force: true });

/** A log in a folder of its own, reopened where bytes have to be put under it. */
export const embeddedHarness = async (
  mode: 'owner' | 'reader',
): Promise<LogHarness & { readonly log: EmbeddedLog }> => {
  const dir = freshFolder();
  const owner = await openEmbeddedLog({ dir, mode: 'owner' });
  if (mode === 'reader') await owner.close();
  let log = mode === 'reader' ? await openEmbeddedLog({ dir, mode }) : owner;
  const reopen = async (between: () => void = () => undefined): Promise<void> => {
    await log.close();
    between();
    log = await openEmbeddedLog({ dir, mode });
  };
  return {
    get log() {
      return log;
    },
    reopen,
    plant: (lane, bytes) => reopen(() => plant(dir, lane, bytes)),
    dispose: async () => {
      await log.close();
      removeFolder(dir);
    },
  };
};

const plant = (dir: string, lane: Lane, bytes: Uint8Array): void => {
  const db = new Database(logFile(dir));
  db.prepare('INSERT INTO log(lane, prev, body) SELECT ?1, coalesce(max(pos), 0), ?2 FROM log WHERE lane = ?1').run([
    lane,
    Buffer.from(bytes),
  ]);
  db.close();
};
