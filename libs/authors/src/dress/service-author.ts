import type { RuntimeLogger, WatchCommits } from '@squados/agent-runtime';
import type { ArtifactStore } from '@squados/artifacts';
import type { AgentName } from '@squados/contracts';
import type { EventLog } from '@squados/event-log';
import { RecordedCalls, type ModelChoices } from '../claude/index.js';
import { claudeDress, type Dress } from './claude-dress.js';

/** What `authorVariables` make of the environment. */
export interface AuthorConfig {
  readonly author: 'claude' | 'offline' | undefined;
  readonly apiKey: string | undefined;
  readonly baseUrl: string | undefined;
  readonly models: ModelChoices;
}

export interface ServiceAuthor {
  readonly agent: AgentName;
  readonly config: AuthorConfig;
  readonly place: { readonly log: EventLog; readonly artifacts: ArtifactStore; readonly watch: WatchCommits };
  readonly logger: RuntimeLogger;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Who writes in an agent's own process: Claude where there is a key, within what the log says may be spent, else the offline author.
 * Answers that any process of this agent has paid for are known to all of them. Says in the log who it is.
 * @throws Error when Claude is asked for and there is no key; EventLogError when the record can't be read
 */
export const serviceAuthor = async (service: ServiceAuthor): Promise<{ readonly dress?: Dress }> => {
  const { agent, config, place, logger, env = process.env } = service;
  const { apiKey, baseUrl, models } = config;
  if (config.author === 'claude' && !apiKey) throw new Error('SQUADOS_AUTHOR is claude: no ANTHROPIC_API_KEY is set');
  if (config.author === 'offline' || !apiKey) {
    logger.info({ agent_name: agent, author: 'offline' }, `author: offline, no model is asked (${whyNot(config)})`);
    return {};
  }
  const recorded = await recordOf(agent, place);
  logger.info({ agent_name: agent, author: 'claude' }, claudeLine(baseUrl));
  const live = { apiKey, ...(baseUrl !== undefined && { baseUrl }) };
  return { dress: claudeDress({ live, recorded, choices: models, env, needsAllowance: true }) };
};

const whyNot = ({ apiKey }: AuthorConfig): string => (apiKey ? 'SQUADOS_AUTHOR' : 'no ANTHROPIC_API_KEY is set');

const claudeLine = (baseUrl: string | undefined): string =>
  `author: Claude${baseUrl === undefined ? '' : ` at ${new URL(baseUrl).host}`}, for projects that have a budget; offline for the others`;

/** Listens before it reads, so that nothing falls in between; what it hears twice counts once. */
const recordOf = async (
  agent: AgentName,
  { log, artifacts, watch }: ServiceAuthor['place'],
): Promise<RecordedCalls> => {
  const recorded = new RecordedCalls(artifacts);
  watch((commits) => {
    for (const commit of commits) recorded.take(commit);
  });
  await recorded.read(log, { agent, kind: 'attempt' });
  return recorded;
};
