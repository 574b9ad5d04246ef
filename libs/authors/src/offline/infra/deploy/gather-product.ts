import type { RoleTools, Task } from '@squados/agent-runtime';
import type { ProductFiles } from './deployer.port.js';

const BACKEND = 'engenharia/backend/';
const FRONTEND = 'engenharia/frontend/';
const CARD_NOTE = /^engenharia\/[^/]+\/cards\//;

/** The product's two halves: of the card's dependencies, the naturally last that delivered each (later ones hold all that earlier ones do). */
export const gatherProduct = async (task: Task, tools: RoleTools): Promise<ProductFiles | undefined> => {
  const [backend, frontend] = [await half(task, tools, BACKEND), await half(task, tools, FRONTEND)];
  return backend && frontend ? { backend, frontend } : undefined;
};

const half = async (task: Task, tools: RoleTools, prefix: string): Promise<ReadonlyMap<string, string> | undefined> => {
  const deliveries = task.dependencies.filter((d) => Object.keys(d.manifest).some((path) => path.startsWith(prefix)));
  const source = deliveries.at(-1);
  if (!source) return undefined;
  const files = new Map<string, string>();
  const decoder = new TextDecoder();
  for (const [path, hash] of Object.entries(source.manifest))
    if (path.startsWith(prefix) && !CARD_NOTE.test(path))
      files.set(path, decoder.decode(await tools.readArtifact(hash)));
  return files;
};
