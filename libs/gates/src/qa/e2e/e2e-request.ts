import { join } from 'node:path';
import type { SandboxRequest } from '../../sandbox/index.js';
import type { Toolchain, ToolchainName, Toolchains } from '../../toolchains/index.js';
import { BACKEND, FRONTEND, type Half } from '../subject.js';
import { E2E_DRIVER } from './e2e-driver.js';
import type { E2ePlan } from './e2e-plan.js';

export const E2E_REPORT = 'e2e.json';

interface Halves {
  readonly backend: Half;
  readonly frontend: Half;
}

type Found = Partial<Record<ToolchainName, Toolchain>>;

const NEEDED: Readonly<Record<'go' | 'python', readonly ToolchainName[]>> = {
  go: ['node', 'web', 'browser', 'go', 'postgres'],
  python: ['node', 'web', 'browser', 'python'],
};

/** The sandbox run of a plan, or why it can't be made here. */
export const e2eRequest = async (
  halves: Halves,
  plan: E2ePlan,
  toolchains: Toolchains,
): Promise<SandboxRequest | string> => {
  const language = halves.backend.files.has(`${BACKEND}go.mod`) ? 'go' : 'python';
  const found = await findAll(NEEDED[language], toolchains);
  if (typeof found === 'string') return found;
  const setup = setupOf(plan, found, language);
  return typeof setup === 'string' ? setup : requestOf(halves, found, { setup, walked: plan.tested.length });
};

const findAll = async (names: readonly ToolchainName[], toolchains: Toolchains): Promise<Found | string> => {
  const found: Found = {};
  for (const name of names) {
    const lookup = await toolchains.find(name);
    if (lookup.kind === 'missing') return `${lookup.reason}: ${lookup.remedy}`;
    found[name] = lookup.toolchain;
  }
  return found;
};

/** Starting both halves and the browser, and going through one entity, with room for a machine that has other work. */
const START_SECONDS = 150;
const ENTITY_SECONDS = 12;
/** Less than an attempt has. */
const MAX_SECONDS = 540;

interface Walk {
  readonly setup: object;
  /** Entities to go through. */
  readonly walked: number;
}

const requestOf = (halves: Halves, found: Found, { setup, walked }: Walk): SandboxRequest => {
  const seconds = Math.min(START_SECONDS + ENTITY_SECONDS * walked, MAX_SECONDS);
  const all = Object.values(found);
  const own = [
    ['e2e-driver.mjs', E2E_DRIVER],
    ['e2e-setup.json', JSON.stringify(setup)],
  ] as const;
  const { backend, frontend } = halves;
  return {
    command: [nodeOf(found), 'e2e-driver.mjs'],
    files: new Map([...under(backend, BACKEND, 'backend/'), ...under(frontend, FRONTEND, 'frontend/'), ...own]),
    mounts: [
      ...all.flatMap((t) => t.mounts),
      { from: join(found.web?.folder ?? '', 'node_modules'), at: 'frontend/node_modules' },
    ],
    env: { ...envOf(all), GOFLAGS: '-mod=readonly -buildvcs=false' },
    collect: [E2E_REPORT],
    limits: { wallMs: seconds * 1_000, cpuSeconds: 2 * seconds, memoryMb: 4_096, processes: 512, diskMb: 1_024 },
  };
};

const nodeOf = (found: Found): string => found.node?.program('node') ?? process.execPath;

const under = ({ files }: Half, prefix: string, folder: string): readonly (readonly [string, string])[] =>
  [...files].map(([path, text]) => [`${folder}${path.slice(prefix.length)}`, text] as const);

const envOf = (all: readonly Toolchain[]): Readonly<Record<string, string>> => {
  const merged: Record<string, string> = Object.assign({}, ...all.map((t) => t.env)) as Record<string, string>;
  const path = all.flatMap((t) => t.env['PATH'] ?? []).join(':');
  return { ...merged, PATH: [path, '/usr/local/bin:/usr/bin:/bin'].filter((p) => p !== '').join(':') };
};

/** What the driver reads: programs by their place inside. */
const setupOf = (plan: E2ePlan, found: Found, language: 'go' | 'python'): object | string => {
  const { web, browser } = found;
  const chromium = browser?.program('chromium');
  if (chromium === undefined || !web) return 'the toolchain has no Chromium: squados setup browser';
  const service = language === 'go' ? goService(found) : pythonService(found.python);
  if (!service) return `the toolchain of the service lacks its program: squados setup ${language}`;
  const packages = join(web.folder, 'node_modules');
  return {
    plan,
    chromium,
    playwright: join(packages, 'playwright-core/index.mjs'),
    build: [
      nodeOf(found),
      join(packages, 'vite/bin/vite.js'),
      'build',
      '--configLoader',
      'runner',
      '--logLevel',
      'warn',
    ],
    ...service,
  };
};

const pythonService = (python: Toolchain | undefined): object | undefined => {
  const program = python?.program('python');
  if (program === undefined) return undefined;
  return { service: { before: [[program, '-m', 'app.migrate', 'up']], command: [program, '-m', 'app'] } };
};

const goService = ({ go, postgres }: Found): object | undefined => {
  const program = go?.program('go');
  if (program === undefined) return undefined;
  return {
    service: {
      before: [
        [program, 'build', '-o', '../server', './cmd/server'],
        ['../server', 'migrate', 'up'],
      ],
      command: ['../server'],
    },
    postgres: { initdb: postgres?.program('initdb'), postgres: postgres?.program('postgres') },
  };
};
