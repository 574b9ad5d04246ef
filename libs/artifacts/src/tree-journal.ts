import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Sha256 } from '@squados/contracts';
import { isMissing, storageError } from './storage-error.js';

type Line = readonly ['+', path: string, hash: Sha256] | readonly ['-', path: string];

/**
 * What the projection wrote, so that after a crash it knows its own files from people's. A line is written before the file it
 * speaks of: a file without a line is never ours. Kept beside the tree, one JSON array a line.
 */
export class TreeJournal {
  /** Every hash written at a path since it was last removed, the newest last: a crash may have left an older one there. */
  private readonly files = new Map<string, readonly Sha256[]>();

  constructor(private readonly file: string) {}

  async open(): Promise<void> {
    for (const line of (await readText(this.file)).split('\n')) this.fold(parse(line));
    await this.compact();
  }

  /** What was written last. */
  get(path: string): Sha256 | undefined {
    return this.files.get(path)?.at(-1);
  }

  /** Whether bytes of this hash at this path can only be ours. */
  isOurs(path: string, hash: Sha256): boolean {
    return this.files.get(path)?.includes(hash) ?? false;
  }

  paths(): readonly string[] {
    return [...this.files.keys()];
  }

  wrote(path: string, hash: Sha256): Promise<void> {
    return this.append(['+', path, hash]);
  }

  removed(path: string): Promise<void> {
    return this.append(['-', path]);
  }

  private async append(line: Line): Promise<void> {
    this.fold(line);
    try {
      await appendFile(this.file, `${JSON.stringify(line)}\n`);
    } catch (error) {
      throw storageError(error, this.file);
    }
  }

  private fold(line: Line | undefined): void {
    if (line?.[0] === '+')
      this.files.set(line[1], [...(this.files.get(line[1]) ?? []).filter((h) => h !== line[2]), line[2]]);
    if (line?.[0] === '-') this.files.delete(line[1]);
  }

  private async compact(): Promise<void> {
    const lines = [...this.files].flatMap(([path, hashes]) =>
      hashes.map((hash) => `${JSON.stringify(['+', path, hash])}\n`),
    );
    try {
      await mkdir(dirname(this.file), { recursive: true });
      await writeFile(`${this.file}.new`, lines.join(''));
      await rename(`${this.file}.new`, this.file);
    } catch (error) {
      throw storageError(error, this.file);
    }
  }
}

const readText = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return '';
    throw storageError(error, file);
  }
};

/** Undefined for a line that a crash cut off or somebody damaged: the files it spoke of then count as people's. */
const parse = (line: string): Line | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    return Array.isArray(value) && value.every((v) => typeof v === 'string') ? (value as unknown as Line) : undefined;
  } catch {
    return undefined;
  }
};
