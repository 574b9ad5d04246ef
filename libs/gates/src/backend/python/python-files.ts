import type { GateInput } from '@squados/agent-runtime';
import { FOLDER } from '../shared/gate-parts.port.js';

/** The service as it stands in its own folder; a path without the owner's folder can't come from it. */
export const serviceFiles = (files: GateInput['files']): ReadonlyMap<string, string> =>
  new Map(
    [...files].filter(([path]) => path.startsWith(FOLDER)).map(([path, text]) => [path.slice(FOLDER.length), text]),
  );

const CONTRACT = 'arquitetura/openapi.yaml';

/** The contract as the ARCH card handed it over, not as the service tells it. */
export const designedContract = async ({ task, tools }: GateInput): Promise<string | undefined> => {
  const hash = task.dependencies.filter((d) => CONTRACT in d.manifest).at(-1)?.manifest[CONTRACT];
  return hash === undefined ? undefined : new TextDecoder().decode(await tools.readArtifact(hash));
};
