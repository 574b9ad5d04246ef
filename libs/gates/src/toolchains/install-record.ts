import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RECORD_FILE, type Seal } from './seal.js';

/** A file outside the install that it was made for (an interpreter of the system); another one there makes it outdated. */
export interface OutsideFile {
  readonly path: string;
  readonly size: number;
  /** Whole seconds. */
  readonly changed: number;
}

/** What lies in a finished install as `toolchain.json`. An install without it was interrupted and is never used. */
export interface InstallRecord {
  readonly format: 1;
  readonly name: string;
  readonly id: string;
  /** Where it was installed. Programs hold this path, so a folder that was moved is not used. */
  readonly folder: string;
  readonly version: string;
  readonly mounts: readonly { readonly from: string; readonly at: string }[];
  readonly env: Readonly<Record<string, string>>;
  readonly programs: Readonly<Record<string, string>>;
  readonly leansOn: readonly OutsideFile[];
  readonly seal: Seal;
}

const isRecordObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTextMap = (value: unknown): boolean =>
  isRecordObject(value) && Object.values(value).every((one) => typeof one === 'string');

const isListOf = (value: unknown, keys: Readonly<Record<string, string>>): boolean =>
  Array.isArray(value) &&
  value.every((one) => isRecordObject(one) && Object.entries(keys).every(([key, type]) => typeof one[key] === type));

const SHAPE: Readonly<Record<keyof InstallRecord, (value: unknown) => boolean>> = {
  format: (value) => value === 1,
  name: (value) => typeof value === 'string',
  id: (value) => typeof value === 'string',
  folder: (value) => typeof value === 'string',
  version: (value) => typeof value === 'string',
  mounts: (value) => isListOf(value, { from: 'string', at: 'string' }),
  env: isTextMap,
  programs: isTextMap,
  leansOn: (value) => isListOf(value, { path: 'string', size: 'number', changed: 'number' }),
  seal: (value) => isListOf([value], { entries: 'number', digest: 'string' }),
};

const isInstallRecord = (value: unknown): value is InstallRecord =>
  isRecordObject(value) && Object.entries(SHAPE).every(([key, fits]) => fits(value[key]));

export type RecordRead =
  | { readonly kind: 'read'; readonly record: InstallRecord }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable' };

/** Reads the record of an install folder. */
export const readRecord = async (folder: string): Promise<RecordRead> => {
  const text = await readFile(join(folder, RECORD_FILE), 'utf8').catch(() => undefined);
  if (text === undefined) return { kind: 'absent' };
  try {
    const value: unknown = JSON.parse(text);
    return isInstallRecord(value) ? { kind: 'read', record: value } : { kind: 'unreadable' };
  } catch {
    return { kind: 'unreadable' };
  }
};

/** Writes the record whole or not at all; from then on the install counts. */
export const writeRecord = async (record: InstallRecord): Promise<void> => {
  const path = join(record.folder, RECORD_FILE);
  await writeFile(`${path}.part`, `${JSON.stringify(record, undefined, 2)}\n`);
  await rename(`${path}.part`, path);
};
