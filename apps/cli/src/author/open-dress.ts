import type { ArtifactStore } from '@squados/artifacts';
import type { ModelChoices } from '@squados/authors/claude';
import type { Dress } from '@squados/authors/dress';
import type { EventLog } from '@squados/event-log';
import { CliError } from '../cli-error.js';
import { dataFolderAt } from '../solo/data-folder.js';
import { openReader } from '../solo/open-log.js';
import type { AuthorSetup } from './author-setup.js';

interface Folder {
  readonly log: EventLog;
  readonly artifacts: ArtifactStore;
}

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
  const { claudeDress } = await import('@squados/authors/dress');
  if (setup.kind === 'recorded')
    return claudeDress({ recorded: await recordOf(setup.folder, claude.RecordedCalls), choices: {}, env });
  requirePriced(setup.choices, claude.KNOWN_MODELS);
  const recorded = await claude.RecordedCalls.load(here.log, here.artifacts);
  return claudeDress({ live: setup, recorded, choices: setup.choices, env });
};

/** The same before anything is loaded or started. @throws CliError */
export const requirePricedIn = async (setup: AuthorSetup): Promise<void> => {
  if (setup.kind !== 'claude' || Object.keys({ ...setup.choices.agents, ...setup.choices.cards }).length === 0) return;
  requirePriced(setup.choices, (await import('@squados/authors/claude')).KNOWN_MODELS);
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
