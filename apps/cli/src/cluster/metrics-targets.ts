import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where each process of a fleet answers health and metrics, in the form that Prometheus reads (`file_sd_configs`). */
const FILE = 'metrics-targets.json';
const HOST = '127.0.0.1';

interface Target {
  readonly targets: readonly string[];
  readonly labels: { readonly process: string };
}

/** @param ports of each process by its name. @returns the file */
export const writeTargets = (folder: string, ports: ReadonlyMap<string, number>): string => {
  const targets: readonly Target[] = [...ports].map(([process, port]) => ({
    targets: [`${HOST}:${port}`],
    labels: { process },
  }));
  const file = join(folder, FILE);
  writeFileSync(file, `${JSON.stringify(targets, undefined, 2)}\n`);
  return file;
};

export const removeTargets = (folder: string): void => rmSync(join(folder, FILE), { force: true });

/** The file of a fleet that runs, or was killed, in one of these folders, and how many processes it names. */
export const findTargets = (
  folders: readonly string[],
): { readonly file: string; readonly count: number } | undefined => {
  const file = folders.map((folder) => join(folder, FILE)).find((path) => existsSync(path));
  if (file === undefined) return undefined;
  return { file, count: countIn(readFileSync(file, 'utf8')) };
};

const countIn = (text: string): number => {
  try {
    const targets: unknown = JSON.parse(text);
    return Array.isArray(targets) ? targets.length : 0;
  } catch {
    return 0;
  }
};
