import { createSandbox, describeIsolation } from '@squados/gates/sandbox';
import {
  INSTALLABLE,
  inspectInstall,
  placesOf,
  verifyInstall,
  type InstallableName,
  type ToolchainPlaces,
} from '@squados/gates/toolchains';
import type { CliContext } from '../cli-context.js';
import { commandName } from '../terminal/command-name.js';
import type { Check } from './check.js';

/** What each toolchain is for: the gates that answer `refer` without it; no gate needs `nats`. */
const GIVES: Readonly<Record<InstallableName, string>> = {
  web: 'frontend: types, lint, tests, accessibility, build',
  python: 'backend in Python: types, lint, tests with coverage, security, served contract',
  go: 'backend in Go: build, vet, tests with coverage',
  postgres: 'backend: integration tests and migrations on a real server; local deployment with its own store',
  browser: 'QA: end-to-end tests in a real browser',
  nats: 'a server for services that run apart',
};

/** The folder of the toolchains, then each of them: what is there and what it gives, or what its absence costs and the remedy. */
export const toolchainChecks = async (context: CliContext): Promise<readonly Check[]> => {
  const places = placesOf({ env: context.env });
  const checks: Check[] = [{ name: 'toolchains', state: 'ok', says: `below ${places.root}` }];
  for (const name of INSTALLABLE) checks.push(await toolchainCheck(places, name));
  return checks;
};

const toolchainCheck = async (places: ToolchainPlaces, name: InstallableName): Promise<Check> => {
  const found = await inspectInstall(places, name);
  const state = found.kind === 'ready' ? await verifyInstall(places, name) : found;
  if (state.kind === 'ready')
    return { name: `toolchain ${name}`, state: 'ok', says: `${state.record.version} (${GIVES[name]})` };
  const remedy = `${commandName()} setup ${name}`;
  return {
    name: `toolchain ${name}`,
    state: 'missing',
    says: `${state.reason}; ${name === 'nats' ? 'it is' : 'without it these gates refer'}: ${GIVES[name]}. To install: ${remedy}`,
  };
};

/** What the sandbox holds on this machine, measured by its probe. */
export const sandboxChecks = async (context: CliContext): Promise<readonly Check[]> => {
  try {
    const report = await createSandbox({ env: context.env }).isolation();
    const [first = '', ...lines] = describeIsolation(report);
    const says = [first.replace(/^sandbox: /, ''), ...lines].join('\n  ');
    return [
      { name: 'sandbox', state: report.level === 2 ? 'ok' : 'missing', says: says + sandboxRemedy(report.level) },
    ];
  } catch (error) {
    return [{ name: 'sandbox', state: 'bad', says: (error as Error).message }];
  }
};

const sandboxRemedy = (level: number): string =>
  level === 2
    ? ''
    : `\n  For level 2: ${commandName()} setup sandbox --system (installs bubblewrap; as root, on Debian)`;
