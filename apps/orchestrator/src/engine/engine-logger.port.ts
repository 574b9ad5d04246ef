/** Where the engine says what people may want to read later. Fields are structured; no card id ever becomes a metric's label. */
export interface EngineLogger {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

const nothing = (): void => undefined;
export const silentLogger: EngineLogger = { info: nothing, warn: nothing, error: nothing };
