import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { nuid, type NatsConnection } from '@nats-io/transport-node';
import { encodeToken, LOG_STREAM, position, type Lane, type ProjectId } from '@squados/contracts';
import { EventLogError } from '../errors.js';
import type { RawCommit, RawLog, RawRange } from '../raw-log.port.js';
import { nanos } from './work-settings.js';

const PAGE = 256;
const EXPIRES_MS = 5_000;
const INACTIVE_MS = 60_000;

const lanesOf = (project: ProjectId): string => `squad.${encodeToken(project)}.*.*.*`;

/**
 * The log of a server, for moving projects; over a connection that belongs to whoever opened it. A connection that is lost ends the
 * call: it is made again.
 */
export const rawJetStreamLog = (connection: NatsConnection): RawLog => ({
  read: (range) => pages(connection, range),
  purge: async ({ project, through }) => {
    const jsm = await jetstreamManager(connection, { checkAPI: false });
    const { purged } = await jsm.streams.purge(LOG_STREAM, { filter: lanesOf(project), seq: through + 1 });
    return purged;
  },
});

async function* pages(connection: NatsConnection, range: RawRange): AsyncGenerator<readonly RawCommit[]> {
  const jsm = await jetstreamManager(connection, { checkAPI: false });
  const name = `raw-${nuid.next()}`;
  const info = await jsm.consumers.add(LOG_STREAM, {
    name,
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.All,
    filter_subject: lanesOf(range.project),
    mem_storage: true,
    num_replicas: 1,
    inactive_threshold: nanos(INACTIVE_MS),
  });
  try {
    if (info.num_pending > 0) yield* upTo(range, fetched(connection, name));
  } finally {
    await forget(jsm, name);
  }
}

const forget = async (jsm: JetStreamManager, name: string): Promise<void> => {
  await jsm.consumers.delete(LOG_STREAM, name).catch(() => false); // the server forgets it by itself
};

async function* upTo(
  { through }: RawRange,
  all: AsyncIterable<readonly RawCommit[]>,
): AsyncGenerator<readonly RawCommit[]> {
  for await (const page of all) {
    const wanted = page.filter((commit) => commit.position <= through);
    if (wanted.length > 0) yield wanted;
    if (wanted.length < page.length) return;
  }
}

async function* fetched(connection: NatsConnection, name: string): AsyncGenerator<readonly RawCommit[]> {
  const consumer = await jetstream(connection).consumers.get(LOG_STREAM, name);
  for (let count = 0, pending = 1; pending > 0;) {
    const page: RawCommit[] = [];
    const messages = await consumer.fetch({ max_messages: PAGE, expires: EXPIRES_MS });
    for await (const { seq, subject, data, info } of messages) {
      if (info.deliverySequence !== ++count) throw lostSome();
      page.push({ lane: subject as Lane, position: position(seq), body: data });
      pending = info.pending;
      if (pending === 0) break;
    }
    if (page.length === 0) throw lostSome();
    yield page;
  }
}

const lostSome = (): EventLogError =>
  new EventLogError('unreachable', 'the server stopped in the middle of the project: check it, then do this again');
