import type { AgentName } from '@squados/contracts';
import type { NatsAccess } from '@squados/event-log/jetstream';
import { messageOf, nameOf } from '../describe-error.js';
import type { RuntimeLogger } from '../runtime-logger.port.js';
import { openAgentFolder, type AgentFolder } from './open-agent-folder.js';
import { openAgentOnNats } from './open-agent-on-nats.js';
import type { PlaceSignals } from './place-signals.js';

export interface AgentPlace {
  /** The servers that hold the log; undefined: the folder does. */
  readonly nats: NatsAccess | undefined;
  readonly data: string;
  readonly agent: AgentName;
  readonly worker: string;
  readonly logger: RuntimeLogger;
  readonly signals: PlaceSignals;
  /** Hears that the log can't be read any more; default: tells this process to stop, so that it is started again and reads anew. */
  readonly onFailure?: () => void;
}

const stopMyself = (): void => void process.kill(process.pid, 'SIGTERM');

/** Opens what an agent in a process of its own works with: NATS where servers are named, else the folder. @throws EventLogError */
export const openAgentPlace = async (place: AgentPlace): Promise<AgentFolder> => {
  const { nats: access, agent, worker, logger, signals, onFailure = stopMyself } = place;
  signals.health.expect('log', 'catalog');
  const observer = linkTeller(logger, signals);
  const opened = await (access === undefined
    ? openFolder(place)
    : openAgentOnNats({ access, agent, worker, signals, observer }));
  opened.failed.catch((error: unknown) => {
    logger.error(
      { agent_name: agent, 'err.type': nameOf(error) },
      `the log cannot be read any more: ${messageOf(error)}`,
    );
    onFailure();
  });
  return opened;
};

const openFolder = async ({ data, agent, logger, signals }: AgentPlace): Promise<AgentFolder> => {
  const folder = await openAgentFolder(data, agent, signals);
  const message =
    'this process has the folder to itself: it works off cards already enqueued, new ones come with `squados up`';
  logger.warn({ data }, message);
  return folder;
};

/** Says in the log, and to who probes, what happens to the connection. */
const linkTeller = (
  logger: RuntimeLogger,
  { health }: PlaceSignals,
): NonNullable<Parameters<typeof openAgentOnNats>[0]['observer']> => ({
  down: (server) => {
    health.report('log', false, 'NATS is away');
    logger.warn({ server }, 'NATS is away: what is under way waits for it');
  },
  up: (server) => {
    health.report('log', true);
    logger.info({ server }, 'NATS is there again');
  },
  violation: (subject, operation) => logger.error({ subject, operation }, 'NATS does not let this user do that'),
  durable: (agent, what, error) =>
    logger.warn({ agent_name: agent }, error === undefined ? what : `${what}: ${messageOf(error)}`),
});
