import type { GateInput } from '@squados/agent-runtime';
import { FOLDER } from '../shared/gate-parts.port.js';
import { GIVEN_PLAN_FILE } from '@squados/contracts';
import type { GivenPlan } from '@squados/importers/contracts';

/** The service as it stands in its own folder; a path without the owner's folder can't come from it. */
export const serviceFiles = (files: GateInput['files']): ReadonlyMap<string, string> =>
  new Map(
    [...files].filter(([path]) => path.startsWith(FOLDER)).map(([path, text]) => [path.slice(FOLDER.length), text]),
  );

const CONTRACT = 'arquitetura/openapi.yaml';

/** The contract as the ARCH card handed it over, not as the service tells it. */
export const designedContract = (input: GateInput): Promise<string | undefined> => handedOver(input, CONTRACT);

/** Where the contract was given: what of it is served, as the ARCH card handed it over. */
export const givenPlan = (input: GateInput): Promise<string | undefined> => handedOver(input, GIVEN_PLAN_FILE);

/** Operations that such a plan leaves out: `GET /tickets/{id}/qr`. They answer 501, and a gate of their own names them. */
export const unservedIn = (plan: string | undefined): readonly string[] => {
  const operations = plan === undefined ? [] : (JSON.parse(plan) as GivenPlan).operations;
  return operations.filter((o) => o.support === 'refused').map((o) => `${o.method.toUpperCase()} ${o.path}`);
};

const handedOver = async ({ task, tools }: GateInput, path: string): Promise<string | undefined> => {
  const hash = task.dependencies.filter((d) => path in d.manifest).at(-1)?.manifest[path];
  return hash === undefined ? undefined : new TextDecoder().decode(await tools.readArtifact(hash));
};
