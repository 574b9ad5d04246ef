import { pino, type Logger as Pino } from 'pino';
import { plainLine } from './plain-line.js';
import type { LogFields, Logger, LogLevel } from './logger.port.js';

export interface LoggerOptions {
  /** `service` of every line. */
  readonly service: string;
  readonly level: LogLevel;
  /** `json`: one object a line, for machines; `plain`: for people. */
  readonly format: 'json' | 'plain';
  /** Takes one line, its line break included. */
  readonly write: (line: string) => void;
  /** Takes values of secrets out of a finished line. */
  readonly scrub?: (line: string) => string;
}

const SECRET_FIELDS = ['password', 'secret', 'token', 'apiKey', 'api_key', 'authorization', 'cookie', 'credential'];
const REDACT = SECRET_FIELDS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** A logger on pino. A field named like a secret is redacted wherever it stands, up to three levels deep. */
export const createLogger = (options: LoggerOptions): Logger => {
  const shape = options.format === 'plain' ? plainLine : (line: string): string => line;
  const scrub = options.scrub ?? ((line: string): string => line);
  const settings = {
    level: options.level,
    base: { service: options.service },
    timestamp: (): string => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string): object => ({ level: label }) },
    redact: { paths: REDACT, censor: '[redacted]' },
  };
  return wrap(pino(settings, { write: (line: string) => options.write(shape(scrub(line))) }));
};

const wrap = (logger: Pino): Logger => ({
  debug: (fields, message) => logger.debug(fields, message),
  info: (fields, message) => logger.info(fields, message),
  warn: (fields, message) => logger.warn(fields, message),
  error: (fields, message) => logger.error(fields, message),
  child: (fields: LogFields) => wrap(logger.child(fields)),
});
