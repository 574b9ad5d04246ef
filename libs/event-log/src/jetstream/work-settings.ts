import { AckPolicy, DeliverPolicy, ReplayPolicy, type ConsumerConfig } from '@nats-io/jetstream';
import { encodeToken, type AgentName, type Position } from '@squados/contracts';

const NANOS_PER_MS = 1_000_000;

export const nanos = (ms: number): number => Math.round(ms * NANOS_PER_MS);
export const millis = (ns: number): number => ns / NANOS_PER_MS;

/** The durable consumer that holds an agent's work. */
export const workConsumer = (agent: AgentName): string => `work-${encodeToken(agent)}`;

const workSubject = (agent: AgentName): string => `squad.*.${encodeToken(agent)}.*.decided`;

export interface WorkWishes {
  readonly agent: AgentName;
  /** Everything up to here counts as settled. */
  readonly after: Position;
  /** How long the server waits for a sign of life of the process that holds a piece, in ms. */
  readonly ackWaitMs: number;
}

/** Redelivered without end (at a limit JetStream drops a message in silence), never paced by the server, never gone by itself. */
export const wantedWork = ({ agent, after, ackWaitMs }: WorkWishes): Partial<ConsumerConfig> => ({
  durable_name: workConsumer(agent),
  filter_subject: workSubject(agent),
  deliver_policy: DeliverPolicy.StartSequence,
  opt_start_seq: after + 1,
  ack_policy: AckPolicy.Explicit,
  replay_policy: ReplayPolicy.Instant,
  ack_wait: nanos(ackWaitMs),
  max_deliver: -1,
  max_ack_pending: -1,
});

type Check = readonly [
  field: keyof ConsumerConfig,
  harm: string,
  holds: (config: ConsumerConfig, agent: AgentName) => boolean,
];

const CHECKS: readonly Check[] = [
  ['ack_policy', 'work would count as done when it is handed out', (c) => c.ack_policy === AckPolicy.Explicit],
  ['max_deliver', 'work would be dropped in silence', (c) => c.max_deliver === undefined || c.max_deliver < 0],
  ['backoff', 'hand-backs and leases would not count', (c) => c.backoff === undefined || c.backoff.length === 0],
  ['filter_subject', 'other work would come', (c, agent) => c.filter_subject === workSubject(agent)],
  [
    'filter_subjects',
    'other work would come',
    (c) => c.filter_subjects === undefined || c.filter_subjects.length === 0,
  ],
  ['deliver_subject', 'work could not be asked for', (c) => !c.deliver_subject],
  ['headers_only', 'work would come without its content', (c) => !c.headers_only],
  ['inactive_threshold', 'it would be gone after a quiet time', (c) => !c.inactive_threshold],
  ['mem_storage', 'it would be gone with the server', (c) => !c.mem_storage],
  ['max_batch', 'workers would be refused', (c) => !c.max_batch || c.max_batch < 0],
  ['replay_policy', 'work would come at the pace of the past', (c) => c.replay_policy === ReplayPolicy.Instant],
];

/** One line per setting of a durable that would lose or withhold work. */
export const workDangersOf = (config: ConsumerConfig, agent: AgentName): readonly string[] =>
  CHECKS.filter(([, , holds]) => !holds(config, agent)).map(
    ([field, harm]) => `${field} is ${JSON.stringify(config[field])}: ${harm}`,
  );

/** What of a durable differs and may be changed while it is in use. */
export const workAdjustmentsOf = (
  config: ConsumerConfig,
  wanted: Partial<ConsumerConfig>,
): Partial<ConsumerConfig> => ({
  ...(config.ack_wait === wanted.ack_wait ? {} : { ack_wait: wanted.ack_wait }),
  ...(config.max_ack_pending === wanted.max_ack_pending ? {} : { max_ack_pending: wanted.max_ack_pending }),
});
