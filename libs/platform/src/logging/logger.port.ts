/**
 * Structured fields; the names of the log schema are `card_id`, `agent_name`, `event_type`, `stream_seq`, `delivery_count`,
 * `err.type`, `trace_id`. Values of secret-looking fields are redacted.
 */
export type LogFields = Readonly<Record<string, unknown>>;

export interface Logger {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
  /** The same logger with fields that every line carries. */
  child(fields: LogFields): Logger;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
