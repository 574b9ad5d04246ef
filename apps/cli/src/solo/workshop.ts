import { createLocalDeployer, type Deployer } from '@squados/deployment';
import type { GatePool } from '@squados/gates';
import { createSandbox, type Sandbox } from '@squados/gates/sandbox';
import { createToolchains, type Toolchains } from '@squados/gates/toolchains';
import { fileURLToPath } from 'node:url';

/** What the agents' gates and deployments work with on this machine. */
export interface Workshop {
  readonly pool: GatePool;
  /** Where generated code runs. */
  readonly sandbox: Sandbox;
  readonly toolchains: Toolchains;
  readonly deployer: Deployer;
}

/** Its supervisor lies beside this file once the app is bundled. */
export const deployerOf = (root: string, tools: Pick<Workshop, 'sandbox' | 'toolchains'>): Deployer =>
  createLocalDeployer({
    root,
    ...tools,
    supervisorFile: fileURLToPath(new URL('./worker-product.js', import.meta.url)),
  });

export const toolsHere = (): Pick<Workshop, 'sandbox' | 'toolchains'> => ({
  sandbox: createSandbox(),
  toolchains: createToolchains(),
});

/** One of each per process: probes and lookups are made once and shared. `pool` belongs to whoever made it. */
export const workshopOf = (root: string, pool: GatePool): Workshop => {
  const tools = toolsHere();
  return { pool, ...tools, deployer: deployerOf(root, tools) };
};
