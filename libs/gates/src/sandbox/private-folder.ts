import { isUtf8 } from 'node:buffer';
import {
  closeSync,
  constants,
  fstatSync,
  lchownSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { SandboxRequestError } from './checked-request.js';

/*
 * Files into and out of the private directory. While files are written nothing runs yet; when they are collected nothing runs any
 * more. Even so no link is ever followed: each segment is opened below the descriptor of the one before.
 */

/** One collected file at most. */
export const MAX_COLLECTED_BYTES = 16 * 1024 * 1024;

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Everything below `root`, and itself, becomes the run's own. Nothing runs yet, and links are not followed. */
export const giveTree = (root: string, owner: Owner): void => {
  lchownSync(root, owner.uid, owner.gid);
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    const path = join(root, entry.name);
    if (entry.isDirectory()) giveTree(path, owner);
    else lchownSync(path, owner.uid, owner.gid);
  }
};

const COLLISIONS: readonly (string | undefined)[] = ['EEXIST', 'ENOTDIR', 'EISDIR'];

const writeNew = (root: string, path: string, text: string): void => {
  const target = join(root, path);
  try {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text, { flag: 'wx' });
  } catch (error) {
    if (!COLLISIONS.includes((error as NodeJS.ErrnoException).code)) throw error;
    throw new SandboxRequestError(`sandbox request: the file ${path} is in the way of another file or of a mount`);
  }
};

/**
 * The paths were checked, and `root` holds nothing but what we put there.
 *
 * @throws SandboxRequestError when a file is also the folder of another one, or a mount stands in its place
 */
export const writeFiles = (root: string, files: ReadonlyMap<string, string>): void => {
  for (const [path, text] of files) writeNew(root, path, text);
};

const openBelow = (folder: string, name: string, flags: number): number =>
  openSync(`${folder}/${name}`, flags | constants.O_NOFOLLOW);

/** Names a descriptor as a folder. Without /proc a path must do; nothing runs any more that could change it. */
const asFolder = (descriptor: number, path: string): string =>
  process.platform === 'linux' ? `/proc/self/fd/${descriptor}` : path;

/** The descriptor of `root/path`, or undefined when a segment is missing, a link or not what it has to be. */
const openInside = (root: string, path: string): number | undefined => {
  const segments = path.split('/');
  const last = segments.pop() ?? '';
  const open: number[] = [];
  let [at, folder] = [root, root];
  try {
    for (const segment of segments) {
      const descriptor = openBelow(folder, segment, constants.O_RDONLY | constants.O_DIRECTORY);
      open.push(descriptor);
      at = join(at, segment);
      folder = asFolder(descriptor, at);
    }
    return openBelow(folder, last, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  } finally {
    for (const descriptor of open) closeSync(descriptor);
  }
};

const readUpTo = (descriptor: number, size: number): Buffer => {
  const buffer = Buffer.alloc(size);
  let filled = 0;
  while (filled < size) {
    const read = readSync(descriptor, buffer, filled, size - filled, null);
    if (read === 0) break;
    filled += read;
  }
  return buffer.subarray(0, filled);
};

interface Collected {
  readonly text?: string;
  /** What is odd about it, in words. */
  readonly note?: string;
}

const readRegular = (descriptor: number): Collected => {
  const facts = fstatSync(descriptor);
  if (!facts.isFile()) return { note: 'is no regular file and was left out' };
  const bytes = readUpTo(descriptor, Math.min(facts.size, MAX_COLLECTED_BYTES));
  const cut = facts.size > bytes.length ? `was cut at ${MAX_COLLECTED_BYTES} of ${facts.size} bytes` : undefined;
  const odd = cut ?? (isUtf8(bytes) ? undefined : 'held invalid UTF-8, which was replaced');
  return { text: bytes.toString('utf8'), ...(odd === undefined ? {} : { note: odd }) };
};

const collectOne = (root: string, path: string): Collected => {
  const descriptor = openInside(root, path);
  if (descriptor === undefined) return {};
  try {
    return readRegular(descriptor);
  } catch {
    return { note: 'could not be read' };
  } finally {
    closeSync(descriptor);
  }
};

export interface Collection {
  readonly files: ReadonlyMap<string, string>;
  /** `<path> <what was odd>`. */
  readonly notes: readonly string[];
}

/** Regular files below `root` alone; what is missing is left out. Invalid UTF-8 becomes U+FFFD. */
export const collectFiles = (root: string, paths: readonly string[]): Collection => {
  const files = new Map<string, string>();
  const notes: string[] = [];
  for (const path of new Set(paths)) {
    const { text, note } = collectOne(root, path);
    if (text !== undefined) files.set(path, text);
    if (note !== undefined) notes.push(`${path} ${note}`);
  }
  return { files, notes };
};
