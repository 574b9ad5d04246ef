import { createHash } from 'node:crypto';
import { createSandbox } from '@squados/gates/sandbox';
import { createToolchains, type Toolchain, type ToolchainName } from '@squados/gates/toolchains';

const toolchains = createToolchains();

export const sandbox = createSandbox();

/** @throws with the remedy where it is not installed. */
export const toolchain = async (name: ToolchainName): Promise<Toolchain> => {
  const found = await toolchains.find(name);
  if (found.kind === 'missing') throw new Error(`${found.reason}: ${found.remedy}`);
  return found.toolchain;
};

export const programOf = (from: Toolchain, name: string): string => {
  const path = from.program(name);
  if (path === undefined) throw new Error(`the toolchain ${from.name} has no ${name}`);
  return path;
};

/** One digest over texts, whatever they hold. */
export const digestOf = (texts: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest('hex');
};
