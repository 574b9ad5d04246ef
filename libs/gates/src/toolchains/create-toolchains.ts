import { realpathSync } from 'node:fs';
import { inspectInstall } from './inspect-install.js';
import type { InstallRecord } from './install-record.js';
import { nodeToolchain } from './node-toolchain.js';
import type { InstallableName } from './pinned-set.js';
import { placesOf, type ToolchainOptions, type ToolchainPlaces } from './places.js';
import type { Toolchain, ToolchainLookup, ToolchainName, Toolchains } from './toolchains.port.js';

/** What to type to get a toolchain. */
export const remedyFor = (name: InstallableName): string => `squados setup ${name}`;

const toolchainOf = (name: ToolchainName, record: InstallRecord): Toolchain => {
  const programs = new Map(Object.entries(record.programs));
  const { version, folder, mounts, env } = record;
  return { name, version, folder, mounts, env, program: (program) => programs.get(program) };
};

const look = async (places: ToolchainPlaces, name: InstallableName): Promise<ToolchainLookup> => {
  const state = await inspectInstall(places, name);
  if (state.kind === 'ready') return { kind: 'there', toolchain: toolchainOf(name, state.record) };
  return { kind: 'missing', reason: state.reason, remedy: remedyFor(name) };
};

/**
 * The toolchains of this machine. Lookups are remembered, a missing one too: after `squados setup` make a new one.
 * An install that was interrupted, moved, made for other pins or for another interpreter is never given out.
 */
export const createToolchains = (options: ToolchainOptions = {}): Toolchains => {
  const places = placesOf(options);
  const found = new Map<ToolchainName, Promise<ToolchainLookup>>();
  const first = (name: ToolchainName): Promise<ToolchainLookup> =>
    name === 'node'
      ? Promise.resolve({
          kind: 'there',
          toolchain: nodeToolchain(realpathSync(process.execPath), process.versions.node),
        })
      : look(places, name);
  return {
    find: (name) => {
      const known = found.get(name) ?? first(name);
      found.set(name, known);
      return known;
    },
  };
};
