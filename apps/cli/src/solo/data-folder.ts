import { basename, extname, join, resolve } from 'node:path';

/** Where one project of solo mode keeps everything. */
export interface DataFolder {
  readonly root: string;
  readonly log: string;
  readonly artifacts: string;
  readonly tree: string;
  readonly backlog: string;
  readonly snapshots: string;
  readonly appLog: string;
}

export const dataFolderAt = (path: string): DataFolder => {
  const root = resolve(path);
  return {
    root,
    log: join(root, 'log.db'),
    artifacts: join(root, 'artifacts'),
    tree: join(root, 'app-artefacts'),
    backlog: join(root, 'backlog_master.json'),
    snapshots: join(root, 'snapshots'),
    appLog: join(root, 'squados.log'),
  };
};

export const DATA_HOME = '.squados';

/** Lower-case ASCII letters, digits and dashes, at most 40; `project` when nothing is left. */
export const slug = (text: string): string => {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  const words = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return words.slice(0, 40).replace(/-+$/, '') || 'project';
};

/** The name that people recognise a file by: without folder and extension. */
export const stem = (file: string): string => basename(file, extname(file));
