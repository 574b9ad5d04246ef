import type { Role } from '@squados/agent-runtime';
import { createScrub } from '@squados/agent-runtime';
import type { ArtifactStore } from '@squados/artifacts';
import type { ClaudeOptions } from '@squados/authors/claude';
import type { EventLog } from '@squados/event-log';
import { setTimeout as wait } from 'node:timers/promises';
import { dataFolderAt } from '../solo/data-folder.js';
import { openReader } from '../solo/open-log.js';
import type { AuthorSetup } from './author-setup.js';

/** Puts the author of this run over an offline role. */
export type Dress = (role: Role) => Role;

interface Folder {
  readonly log: EventLog;
  readonly artifacts: ArtifactStore;
}

const PATIENCE_MS = 15_000;
const RETRY_AFTER_MS = [1_000, 4_000];

const sleep = async (ms: number, signal: AbortSignal): Promise<void> => {
  try {
    await wait(ms, undefined, { signal });
  } catch {
    return; // whoever waits looks at the signal
  }
};

/**
 * Loaded only where a model or its record answers: the SDK is heavy. Undefined: the offline author writes.
 * @throws CliError, EventLogError for a recorded folder that can't be read
 */
export const openDress = async (
  setup: AuthorSetup,
  here: Folder,
  env: NodeJS.ProcessEnv,
): Promise<Dress | undefined> => {
  if (setup.kind === 'offline') return undefined;
  const claude = await import('@squados/authors/claude');
  const gate = new claude.ProviderGate({ now: Date.now, sleep, patienceMs: PATIENCE_MS });
  const options: ClaudeOptions = {
    ...{ gate, now: Date.now, sleep, retryAfterMs: RETRY_AFTER_MS, prefixTtl: '1h', scrub: createScrub(env) },
    ...(setup.kind === 'claude'
      ? {
          client: claude.createAnthropicClient(setup),
          recorded: await claude.RecordedCalls.load(here.log, here.artifacts),
          choices: setup.choices,
        }
      : { recorded: await recordOf(setup.folder, claude.RecordedCalls), choices: {} }),
  };
  const { JudgedRole } = await import('@squados/authors/judge');
  return (role) => new JudgedRole(new claude.ClaudeRole(role, options), options.scrub);
};

const recordOf = async (
  folder: string,
  recorded: typeof import('@squados/authors/claude').RecordedCalls,
): Promise<InstanceType<typeof recorded>> => {
  const reader = await openReader(dataFolderAt(folder));
  try {
    return await recorded.load(reader.log, reader.artifacts);
  } finally {
    await reader.close();
  }
};
