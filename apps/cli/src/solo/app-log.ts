import { createLogger, LOG_LEVELS, type Logger, type LogLevel } from '@squados/platform';
import { createWriteStream } from 'node:fs';

export interface AppLog {
  readonly logger: Logger;
  close(): Promise<void>;
}

/** JSON lines in a file beside the log: the terminal belongs to people. A disk that is full loses lines here, never events. */
export const openAppLog = (file: string, env: NodeJS.ProcessEnv): AppLog => {
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 });
  let broken = false;
  stream.on('error', () => (broken = true));
  const write = (line: string): void => {
    if (!broken) stream.write(line);
  };
  const logger = createLogger({ service: 'squados', level: levelOf(env), format: 'json', write });
  return { logger, close: () => new Promise((resolve) => (broken ? resolve() : stream.end(() => resolve()))) };
};

const levelOf = (env: NodeJS.ProcessEnv): LogLevel =>
  LOG_LEVELS.find((level) => level === env['SQUADOS_LOG_LEVEL']) ?? 'info';
