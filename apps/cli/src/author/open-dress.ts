import type { Role } from '@squados/agent-runtime';
import { createScrub } from '@squados/agent-runtime';
import type { ArtifactStore } from '@squados/artifacts';
import type { ClaudeOptions, ModelChoices } from '@squados/authors/claude';
import type { EventLog } from '@squados/event-log';
import { setTimeout as wait } from 'node:timers/promises';
import { CliError } from '../cli-error.js';
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
  if (setup.kind === 'claude') requirePriced(setup.choices, claude.KNOWN_MODELS);
  const recorded =
    setup.kind === 'claude'
      ? await claude.RecordedCalls.load(here.log, here.artifacts)
      : await recordOf(setup.folder, claude.RecordedCalls);
  const options: ClaudeOptions = {
    ...{ gate, now: Date.now, sleep, retryAfterMs: RETRY_AFTER_MS, prefixTtl: '1h', scrub: createScrub(env) },
    ...{ recorded, choices: recorded.choicesWith(setup.kind === 'claude' ? setup.choices : {}) },
    ...(setup.kind === 'claude' && { client: claude.createAnthropicClient(setup) }),
  };
  const { JudgedRole } = await import('@squados/authors/judge');
  return (role) => new JudgedRole(new claude.ClaudeRole(role, options), options.scrub);
};

/** What has no price could not be held within a budget. @throws CliError */
const requirePriced = ({ agents = {}, cards = {} }: ModelChoices, known: readonly string[]): void => {
  const unknown = [...Object.values(agents), ...Object.values(cards)].find((model) => !known.includes(model));
  if (unknown === undefined) return;
  throw new CliError(`--model: there is no price of ${JSON.stringify(unknown)}`, {
    code: 'usage',
    remedy: [`one of ${known.join(', ')}`, 'prices stand in libs/authors/src/claude/models.json'],
  });
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
