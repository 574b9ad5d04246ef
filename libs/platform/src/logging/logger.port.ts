/**
 * Structured fields beside `time`, `level`, `msg` and `service`; the names of the log schema are `project_id`, `card_id`, `agent_name`,
 * `attempt`, `position`, `trace_id`, `event_type`, `delivery_count`, `err.type`. Values of secret-looking fields are redacted.
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
