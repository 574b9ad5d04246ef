import { LOG_LEVELS } from '../logging/logger.port.js';
import { duration, oneOf, text, wholeNumber } from './variable.js';

/** What every service reads. */
export const serviceVariables = {
  logLevel: oneOf({
    env: 'SQUADOS_LOG_LEVEL',
    meaning: 'least level that is logged',
    values: LOG_LEVELS,
    fallback: 'info',
  }),
  logFormat: oneOf({
    env: 'SQUADOS_LOG_FORMAT',
    meaning: 'form of log lines',
    values: ['json', 'plain'],
    fallback: 'json',
  }),
  httpHost: text<string>({
    env: 'HTTP_HOST',
    meaning: 'address that health and metrics are answered on',
    fallback: '127.0.0.1',
  }),
  httpPort: wholeNumber({
    env: 'HTTP_PORT',
    meaning: 'port of health and metrics; 0 takes any that is free',
    min: 0,
    max: 65_535,
    fallback: 0,
  }),
} as const;

/** What an agent's service reads besides. */
export const agentVariables = {
  ...serviceVariables,
  data: text<string | undefined>({ env: 'SQUADOS_DATA', meaning: 'folder of the embedded log', fallback: undefined }),
  worker: text<string | undefined>({ env: 'SQUADOS_WORKER', meaning: 'name of this worker', fallback: undefined }),
  concurrency: wholeNumber({
    env: 'SQUADOS_CONCURRENCY',
    meaning: 'attempts at a time',
    min: 1,
    max: 256,
    fallback: 2,
  }),
  leaseMs: duration({
    env: 'SQUADOS_LEASE',
    meaning: 'lease of a card',
    minMs: 1_000,
    maxMs: 3_600_000,
    fallback: 30_000,
  }),
  graceMs: duration({
    env: 'SQUADOS_GRACE',
    meaning: 'how long a stop waits for open attempts',
    minMs: 0,
    maxMs: 600_000,
    fallback: 10_000,
  }),
} as const;

/** What the orchestrator's service reads besides. */
export const orchestratorVariables = {
  ...serviceVariables,
  data: agentVariables.data,
  /** On NATS the orchestrator makes what work is handed out by, and says how long a silent worker holds it. */
  leaseMs: agentVariables.leaseMs,
  window: wholeNumber({
    env: 'SQUADOS_WINDOW',
    meaning: 'most cards of an agent that are enqueued and not ended',
    min: 1,
    max: 100_000,
    fallback: 4,
  }),
} as const;
