/** Flat fields of a log line; names as in the project's log schema (`card_id`, `err.type`, …). */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where the runtime tells people what it does; fields first, as pino and the engine have it. Never throws. */
export interface RuntimeLogger {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

export const silentLogger: RuntimeLogger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
