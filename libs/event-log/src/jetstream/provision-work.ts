import type { ConsumerInfo } from '@nats-io/jetstream';
import { LOG_STREAM, type AgentName } from '@squados/contracts';
import { EventLogError } from '../errors.js';
import type { NatsLink } from './nats-link.js';
import { patiently, type Patience } from './patience.js';
import { SERVER_CODE, serverCodeOf } from './server-codes.js';
import { wantedWork, workAdjustmentsOf, workConsumer, workDangersOf, type WorkWishes } from './work-settings.js';

/** An agent's durable as it is, undefined when there is none. */
export const findWork = (link: NatsLink, agent: AgentName, patience: Patience): Promise<ConsumerInfo | undefined> =>
  patiently(link, patience, async () => {
    try {
      return await link.jsm.consumers.info(LOG_STREAM, workConsumer(agent));
    } catch (error) {
      if (serverCodeOf(error) === SERVER_CODE.consumerNotFound) return undefined;
      throw error;
    }
  });

/**
 * Makes the durable of an agent; one that is there keeps its place, and is only looked at: some servers lose the state of a durable
 * whose change they refuse.
 * @throws EventLogError `unsafe-settings` for one that would lose or withhold work
 */
export const provisionWork = async (link: NatsLink, wishes: WorkWishes, patience: Patience): Promise<ConsumerInfo> => {
  const wanted = wantedWork(wishes);
  const found =
    (await findWork(link, wishes.agent, patience)) ??
    (await patiently(link, patience, () => link.jsm.consumers.add(LOG_STREAM, wanted)));
  requireSafeWork(found, wishes.agent);
  const changes = workAdjustmentsOf(found.config, wanted);
  if (Object.keys(changes).length === 0) return found;
  return patiently(link, patience, () => link.jsm.consumers.update(LOG_STREAM, workConsumer(wishes.agent), changes));
};

/** @throws EventLogError `unsafe-settings` for a durable that would lose or withhold work */
export const requireSafeWork = ({ config }: ConsumerInfo, agent: AgentName): void => {
  const dangers = workDangersOf(config, agent);
  if (dangers.length > 0) throw unsafe(agent, dangers);
};

const unsafe = (agent: AgentName, dangers: readonly string[]): EventLogError =>
  new EventLogError(
    'unsafe-settings',
    `the consumer ${workConsumer(agent)} of ${LOG_STREAM} cannot hold work: ${dangers.join('; ')}. Remove it with \`nats consumer rm ${LOG_STREAM} ${workConsumer(agent)}\`; it is made anew at once`,
  );
