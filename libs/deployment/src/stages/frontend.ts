import { join } from 'node:path';
import type { Sandbox, SandboxOutcome } from '@squados/gates/sandbox';
import type { Toolchain } from '@squados/gates/toolchains';
import { placeFile } from '../place-file.js';
import type { Site, Staged } from './stage.js';

export interface FrontendRequest {
  readonly files: ReadonlyMap<string, string>;
  readonly sandbox: Sandbox;
}

export interface FrontendFacts {
  /** File that `createFront` reads. */
  readonly bundle: string;
}

const FOLDER = 'engenharia/frontend';
const BUNDLE = 'page-bundle.json';
const BUILDER = 'squados-build.mjs';

/** Builds with the project's own settings and packs what came out into one file: path → base64. */
const BUILDER_SOURCE = `import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build } from 'vite';

// The runner loads the configuration without writing beside the packages, which are read-only here.
await build({ configLoader: 'runner', logLevel: 'warn', build: { outDir: 'dist', emptyOutDir: true } });
const files = {};
for (const entry of readdirSync('dist', { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  files[relative('dist', path).split(sep).join('/')] = readFileSync(path).toString('base64');
}
writeFileSync('${BUNDLE}', JSON.stringify(files));
`;

/** Builds the page in the sandbox: its configuration is generated code. */
export const stageFrontend = async (site: Site, request: FrontendRequest): Promise<Staged<FrontendFacts>> => {
  const [web, node] = [await site.toolchains.find('web'), await site.toolchains.find('node')];
  if (web.kind === 'missing') return { kind: 'unavailable', reason: web.reason, remedy: web.remedy };
  if (node.kind === 'missing') return { kind: 'unavailable', reason: node.reason, remedy: node.remedy };
  const outcome = await buildPage(site, request, [web.toolchain, node.toolchain]);
  if (outcome.kind === 'unavailable') return { kind: 'unavailable', reason: outcome.reason, remedy: 'squados doctor' };
  return outcome.kind === 'aborted' ? broken('the build was stopped', '') : packed(site, outcome);
};

type Built = Exclude<SandboxOutcome, { kind: 'aborted' | 'unavailable' }>;

const packed = async (site: Site, outcome: Built): Promise<Staged<FrontendFacts>> => {
  const page = outcome.collected.get(BUNDLE);
  if (outcome.kind !== 'exited' || outcome.exitCode !== 0 || page === undefined)
    return broken(wordsFor(outcome), `${outcome.stdout}\n${outcome.stderr}`.trim().slice(-4_000));
  const bundle = join(site.folder.control, BUNDLE);
  await placeFile(bundle, page);
  return { kind: 'staged', starts: [], bundle };
};

const broken = (message: string, excerpt: string): Staged<FrontendFacts> => ({
  kind: 'broken',
  process: 'frontend',
  message,
  excerpt,
});

const wordsFor = (outcome: Built): string =>
  outcome.kind === 'limited' ? outcome.message : `the build of the page ended with exit code ${outcome.exitCode}`;

const buildPage = (
  site: Site,
  { files, sandbox }: FrontendRequest,
  [web, node]: readonly [Toolchain, Toolchain],
): Promise<SandboxOutcome> => {
  const own = [...files].map(([path, text]) => [path.slice(FOLDER.length + 1), text] as const);
  const command = [node.program('node') ?? 'node', BUILDER] as const;
  return sandbox.run(
    {
      command,
      files: new Map([...own, [BUILDER, BUILDER_SOURCE]]),
      mounts: [...web.mounts, ...node.mounts, { from: join(web.folder, 'node_modules'), at: 'node_modules' }],
      env: { ...node.env, ...web.env, NODE_ENV: 'production' },
      limits: { wallMs: 120_000, memoryMb: 2_048, diskMb: 256 },
      collect: [BUNDLE],
    },
    site.signal,
  );
};
