import { observeLog, type EventLog } from '@squados/event-log';
import type { JetStreamObserver } from '@squados/event-log/jetstream';
import type { Logger, ServiceSignals } from '@squados/platform';

/** The log as the gateway's own fold and its commands see it: watched, where somebody watches. */
export const watchedLog = (log: EventLog, signals: ServiceSignals | undefined): EventLog =>
  signals === undefined ? log : observeLog(log, signals.metrics.cards);

/** Says in the log, and to who probes, what happens to the connection. */
export const linkTeller = (logger: Logger, { health }: ServiceSignals): JetStreamObserver => ({
  down: (server) => {
    health.report('log', false, 'NATS is away');
    logger.warn({ server }, 'NATS is away: the page shows what was known');
  },
  up: (server) => {
    health.report('log', true);
    logger.info({ server }, 'NATS is there again');
  },
  violation: (subject, operation) => logger.error({ subject, operation }, 'NATS does not let this user do that'),
});
