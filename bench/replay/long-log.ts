import { anyNatsServer } from '../../libs/event-log/src/testing/find-nats-servers.js';
import { startNatsServer, type NatsServer } from '../../libs/event-log/src/testing/nats-server.js';
import { encodeCommit, type EventLog, type RawCommit, type RestoreCommits } from '@squados/event-log';
import { openEmbeddedLog, restoreEmbeddedLog } from '@squados/event-log/embedded';
import { openJetStreamLog, restoreJetStreamLog, type NatsAccess } from '@squados/event-log/jetstream';
import type { LaneCommit, SquadEvent } from '@squados/contracts';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LogSource } from '../board/log-source.js';

/** Events of a card's life: enqueued, started, a verdict, completed. */
export const EVENTS_PER_CARD = 4;

export const ENGINES = ['embedded', 'jetstream'] as const;
export type Engine = (typeof ENGINES)[number];

/** @throws Error for any other word */
export const engineOf = (word: string): Engine => {
  const engine = ENGINES.find((known) => known === word);
  if (engine === undefined) throw new Error(`--engine is one of ${ENGINES.join(', ')}, not ${word}`);
  return engine;
};

/** A log that many processes read one after the other. */
export interface LongLog {
  readonly engine: Engine;
  /** What a process needs to open it: a folder, or a port. */
  readonly place: string;
  close(): Promise<void>;
}

const isKnown = (event: LaneCommit['events'][number]): event is SquadEvent => event.type !== 'Unknown';

const raw = ({ lane, position, events }: LaneCommit): RawCommit => ({
  ...{ lane, position },
  body: Buffer.from(encodeCommit(events.filter(isKnown))),
});

async function* commitsOf(cards: number): AsyncGenerator<readonly RawCommit[]> {
  const source = new LogSource(cards, true);
  yield [raw(source.start())];
  for (const commit of source.imports()) yield [raw(commit)];
  for (const page of source.lives()) yield page.map(raw);
}

/** Made once, under its name only when it is whole. */
const fill = async (restore: RestoreCommits, events: number): Promise<void> => {
  process.stdout.write(`writing ${events} events\n`);
  await restore(commitsOf(Math.ceil(events / EVENTS_PER_CARD)));
};

const embedded = async (home: string, events: number): Promise<LongLog> => {
  const place = join(home, `embedded-${events}`);
  if (!existsSync(place)) {
    const draft = `${place}.draft`;
    rmSync(draft, { recursive: true, force: true });
    await fill(restoreEmbeddedLog(draft), events);
    renameSync(draft, place);
  }
  return { engine: 'embedded', place, close: () => Promise.resolve() };
};

const accessTo = (port: string): NatsAccess => ({
  servers: [`127.0.0.1:${port}`],
  tls: false,
  user: 'u0',
  password: 'p0',
});

const jetstream = async (events: number): Promise<LongLog> => {
  const program = anyNatsServer();
  if (program === undefined) throw new Error('no nats-server: squados setup nats');
  const server: NatsServer = await startNatsServer(program);
  try {
    const place = String(server.port);
    const log = await openJetStreamLog({ access: accessTo(place), name: 'bench', stream: { kind: 'make' } });
    await fill(restoreJetStreamLog(log.connection), events);
    await log.close();
    return { engine: 'jetstream', place, close: () => server.dispose() };
  } catch (error) {
    await server.dispose();
    throw error;
  }
};

export const longLog = (engine: Engine, home: string, events: number): Promise<LongLog> => {
  mkdirSync(home, { recursive: true });
  return engine === 'embedded' ? embedded(home, events) : jetstream(events);
};

export const openLongLog = (engine: Engine, place: string): Promise<EventLog> =>
  engine === 'embedded'
    ? openEmbeddedLog({ dir: place, mode: 'reader' })
    : openJetStreamLog({ access: accessTo(place), name: 'bench', stream: 'await' });
