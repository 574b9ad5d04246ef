// What one would write by hand on a NATS connection: appends with an expected sequence whose answers share one inbox, and pulls.
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, createInbox, headers } from '@nats-io/transport-node';

export const settings = JSON.parse(process.argv[2] ?? '{}');
export const STREAM = 'RAW';
/** First byte of a body: what the commit is. */
export const KIND = { enqueued: 1, started: 2, ended: 3 };

const decoder = new TextDecoder();
const AHEAD = 1024;
const NANOS = 1e6;

export const linked = async () => {
  const nc = await connect({ servers: settings.url });
  const inbox = `${createInbox()}.`;
  const waiting = new Map();
  let count = 0;
  nc.subscribe(`${inbox}*`, {
    callback: (_, { subject, data }) => {
      const token = subject.slice(inbox.length);
      const entry = waiting.get(token);
      waiting.delete(token);
      const { seq, error } = JSON.parse(decoder.decode(data));
      if (error) entry.reject(new Error(error.description));
      else entry.resolve(seq);
    },
  });
  /** Resolves with the place of the commit in the stream. */
  const append = (subject, expected, body) =>
    new Promise((resolve, reject) => {
      const token = (count++).toString(36);
      waiting.set(token, { resolve, reject });
      const all = headers();
      all.set('Nats-Expected-Last-Subject-Sequence', String(expected));
      all.set('Squad-Types', 'types-of-the-events');
      nc.publish(subject, body, { headers: all, reply: inbox + token });
    });
  return { nc, jsm: await jetstreamManager(nc), append };
};

export const bodyOf = (kind, bytes) => {
  const body = new Uint8Array(bytes).fill(46);
  body[0] = kind;
  return body;
};

const pulling = ({ nc }, consumer, onMessage) => {
  const inbox = createInbox();
  const ask = (count) =>
    nc.publish(
      `$JS.API.CONSUMER.MSG.NEXT.${STREAM}.${consumer}`,
      JSON.stringify({ batch: count, expires: 30_000 * NANOS, idle_heartbeat: 2_000 * NANOS }),
      { reply: inbox },
    );
  /** A request that ends unserved (every 30 s of silence) is made again for what it still owed; 100 is a sign of life. */
  const status = ({ headers: said }) => {
    const owed = Number(said?.get('Nats-Pending-Messages') ?? 0);
    if (said?.code !== 100 && owed > 0) ask(owed);
  };
  nc.subscribe(inbox, { callback: (_, message) => (message.subject === inbox ? status(message) : onMessage(message)) });
  return ask;
};

/** Every commit whose subject fits, from the beginning on. */
export const follow = async (link, filter, onMessage) => {
  const { name } = await link.jsm.consumers.add(STREAM, {
    name: `read-${Math.random().toString(36).slice(2)}`,
    ack_policy: 'none',
    deliver_policy: 'all',
    mem_storage: true,
    inactive_threshold: 60_000 * NANOS,
    filter_subject: filter,
  });
  let open = AHEAD;
  const ask = pulling(link, name, (message) => {
    if (--open <= AHEAD / 2) {
      ask(AHEAD - open);
      open = AHEAD;
    }
    onMessage(message);
  });
  ask(AHEAD);
};

/** Work, as many pieces at a time as there are slots; `handle` resolves when one is to be acknowledged. */
export const work = async (link, slots, handle) => {
  const config = {
    durable_name: 'work',
    ack_policy: 'explicit',
    filter_subject: 'raw.*.*.decided',
    max_ack_pending: -1,
  };
  await link.jsm.consumers.add(STREAM, config);
  const ask = pulling(link, 'work', (message) => {
    handle(message).then(() => {
      message.respond('+ACK');
      ask(1);
    });
  });
  ask(slots);
};

/** `raw.<run>.<card>.<lane>` */
export const cardOf = (subject) => Number(subject.split('.')[2]);
export const laneOf = (name, card, lane) => `raw.${name}.${card}.${lane}`;
