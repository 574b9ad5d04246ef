import { readKernelFile } from './host.js';

export interface MountEntry {
  readonly at: string;
  readonly flags: readonly string[];
}

/** One line of an fstab: what to mount where. */
export interface MountLine {
  readonly from: string;
  readonly at: string;
  readonly options: string;
}

const unescaped = (field: string): string =>
  field.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 8)));

const escaped = (field: string): string =>
  field.replace(/[\s\\#]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`);

export const fstabText = (lines: readonly MountLine[]): string =>
  lines.map(({ from, at, options }) => `${escaped(from)} ${escaped(at)} none ${options} 0 0\n`).join('');

/** What is mounted where. `text`: /proc/self/mountinfo; read it once for many binds. */
export const mountEntries = (text = readKernelFile('/proc/self/mountinfo')): readonly MountEntry[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split(' '))
    .map((fields) => ({ at: unescaped(fields[4] ?? ''), flags: (fields[5] ?? '').split(',') }));

const isBelow = (path: string, folder: string): boolean => path.startsWith(folder === '/' ? '/' : `${folder}/`);

/** What a user namespace may not take off a mount, and must therefore name again. */
const noExecOf = (path: string, entries: readonly MountEntry[]): string => {
  const over = entries.filter(({ at }) => at === path || isBelow(path, at));
  const nearest = over.reduce<MountEntry | undefined>(
    (a, b) => (a !== undefined && a.at.length > b.at.length ? a : b),
    undefined,
  );
  return nearest?.flags.includes('noexec') === true ? ',noexec' : '';
};

/**
 * Lines that show `from` at `at`, read-only, mounts inside it included: those would stay writable after a plain `rbind,ro`, so each is bound
 * again on top of itself.
 */
export const readOnlyBinds = (from: string, at: string, entries: readonly MountEntry[]): MountLine[] => {
  const below = entries.filter((entry) => isBelow(entry.at, from));
  return [
    { from, at, options: `rbind,ro,nosuid,nodev${noExecOf(from, entries)}` },
    ...below.map((entry) => ({
      from: entry.at,
      at: `${at}${entry.at.slice(from.length)}`,
      options: `bind,ro,nosuid,nodev${noExecOf(entry.at, entries)}`,
    })),
  ];
};
