import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Unix sockets end at 104 to 108 bytes of path, by system; the path it is bound under first is a little longer. */
const MAX_PATH_BYTES = 90;

const recordFile = (dir: string): string => join(dir, 'control.path');
const ownPath = (dir: string): string => join(dir, 'control.sock');
const isShort = (dir: string): boolean => Buffer.byteLength(ownPath(dir)) <= MAX_PATH_BYTES;

/** Where the socket of a folder is; undefined when nobody has made one. */
export const findSocket = (dir: string): string | undefined => {
  if (isShort(dir)) return ownPath(dir);
  try {
    return readFileSync(recordFile(dir), 'utf8').trim();
  } catch {
    return undefined;
  }
};

/**
 * Where a server may make the socket of a folder. A folder with a long path gets a private directory of random name under
 * the system's temporary one, written down in `control.path`, so that nobody else can sit there first.
 */
export const placeSocket = (dir: string): string => {
  if (isShort(dir)) return ownPath(dir);
  removeSocket(dir);
  const hash = createHash('sha256').update(dir).digest('hex').slice(0, 8);
  const path = join(mkdtempSync(join(tmpdir(), `squados-${hash}-`)), 'control.sock');
  writeFileSync(recordFile(dir), `${path}\n`, { mode: 0o600 });
  return path;
};

/** A path that `placeSocket` may have made; the record is a file that anybody with the folder may have written. */
const PRIVATE_PATH = /\/squados-[0-9a-f]{8}-[A-Za-z0-9]{6}\/control\.sock$/;

/** Removes a folder's socket, its own or a dead process's. */
export const removeSocket = (dir: string): void => {
  const path = findSocket(dir);
  if (path === undefined) return;
  if (isShort(dir)) rmSync(path, { force: true });
  else if (PRIVATE_PATH.test(path)) rmSync(dirname(path), { recursive: true, force: true });
  if (!isShort(dir)) rmSync(recordFile(dir), { force: true });
};
