import type { SandboxRequest } from '../../sandbox/index.js';
import type { Toolchain } from '../../toolchains/index.js';
import { SERVER } from '../runner/index.js';

export type Tools = readonly [web: Toolchain, node: Toolchain];

/** Bounds of the process that stays; its jobs have a time of their own. */
const LIMITS = { wallMs: 3_600_000, cpuSeconds: 3_600, memoryMb: 3_072, processes: 128, diskMb: 256, outputKb: 256 };

/** The pinned packages, as every run of a frontend finds them. */
export const surroundings = ([web, node]: Tools): Pick<SandboxRequest, 'mounts' | 'env'> => ({
  mounts: [
    ...web.mounts,
    ...node.mounts.filter(({ at }) => !web.mounts.some((mount) => mount.at === at)),
    { from: `${web.folder}/node_modules`, at: 'node_modules' },
  ],
  env: { ...web.env, CI: 'true' },
});

export const nodeOf = ([, node]: Tools): string => node.program('node') ?? 'node';

/** What the process that checks project after project is started with. */
export const lastingRequest = (tools: Tools): SandboxRequest => ({
  command: [nodeOf(tools), '.gates/serve.mjs'],
  files: SERVER,
  limits: LIMITS,
  ...surroundings(tools),
});
