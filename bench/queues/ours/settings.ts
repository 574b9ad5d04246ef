import { parseNatsUrl, type NatsAccess } from '@squados/event-log/jetstream';

/** What the harness gives each process as its one argument, JSON. */
export interface Settings {
  /** `nats://host:port`; absent: the embedded log. */
  readonly url?: string;
  /** A folder for what the process keeps. */
  readonly home: string;
  /** Attempts at a time. */
  readonly slots: number;
  /** Whether CardStarted is in the log before the agent is called, or goes out with the attempt's end. */
  readonly announce: 'started-first' | 'with-end';
}

export const settings = JSON.parse(process.argv[2] ?? '{}') as Settings;

export const windowOf = ({ slots }: Settings): number => 2 * slots;

/** @throws Error without a server's address */
export const access = (): NatsAccess => {
  const parsed = parseNatsUrl(settings.url ?? '');
  if (parsed.kind !== 'access') throw new Error(`no address of a NATS server: ${settings.url ?? ''}`);
  return parsed.access;
};
