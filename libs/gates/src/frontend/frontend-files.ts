import type { GateInput } from '@squados/agent-runtime';
import { GIVEN_PLAN_FILE, type Sha256 } from '@squados/contracts';
import type { TextFile } from '../pool/job.js';

/** Everything that the frontend owner writes lies below it. */
export const FOLDER = 'engenharia/frontend/';
export const CONTRACT = 'arquitetura/openapi.yaml';
export const MODEL = 'arquitetura/modelo-de-dominio.json';

/** The project's files by their path in the project: `src/main.tsx`. */
export const projectOf = (files: GateInput['files']): ReadonlyMap<string, string> =>
  new Map([...files].flatMap(([path, text]) => (path.startsWith(FOLDER) ? [[path.slice(FOLDER.length), text]] : [])));

/** Whether the design is a contract of others, and no part of the application is about its records. */
export const isWithoutPages = ({ task, files }: Pick<GateInput, 'task' | 'files'>): boolean =>
  task.dependencies.some(({ manifest }) => GIVEN_PLAN_FILE in manifest) &&
  ![...projectOf(files).keys()].some((path) => path.startsWith('src/features/'));

/** A file of the design that the card builds on: that of the naturally last dependency that delivered one. */
export const designFile = async ({ task, tools }: GateInput, path: string): Promise<TextFile | undefined> => {
  const hash: Sha256 | undefined = task.dependencies
    .map((d) => d.manifest[path])
    .filter((h) => h !== undefined)
    .at(-1);
  return hash === undefined ? undefined : { path, text: new TextDecoder().decode(await tools.readArtifact(hash)) };
};
