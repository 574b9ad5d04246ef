import { DiscardPolicy, RetentionPolicy, StorageType, type StreamConfig } from '@nats-io/jetstream';
import { LOG_STREAM } from '@squados/contracts';

/** Every lane: `squad.<project>.<agent>.<card>.<kind>`. Server 2.9 wants the filters of consumers to be subsets of it, token by token. */
export const LOG_SUBJECT = 'squad.*.*.*.*';

export interface StreamWishes {
  readonly logId: string;
  /** Bytes after which appends are refused; -1: as much as the server has. */
  readonly maxBytes: number;
  /** Copies on as many servers. */
  readonly replicas: number;
}

const DESCRIPTION = 'SquadOS log ';

/** Servers of 2.9 refuse metadata, so the log's id stands in the description. */
export const logIdOf = (config: Pick<StreamConfig, 'description'>): string | undefined =>
  config.description?.startsWith(DESCRIPTION) ? config.description.slice(DESCRIPTION.length) : undefined;

/** The stream as we want it: it drops nothing, ever; what does not fit is refused to its writer. */
export const wantedStream = ({
  logId,
  maxBytes,
  replicas,
}: StreamWishes): Partial<StreamConfig> & { name: string } => ({
  name: LOG_STREAM,
  description: `${DESCRIPTION}${logId}`,
  subjects: [LOG_SUBJECT],
  retention: RetentionPolicy.Limits,
  storage: StorageType.File,
  discard: DiscardPolicy.New,
  max_age: 0,
  max_msgs: -1,
  max_msgs_per_subject: -1,
  max_bytes: maxBytes,
  max_msg_size: -1,
  num_replicas: replicas,
  deny_delete: true,
  deny_purge: false, // can never be lifted, and then no project can be archived
  allow_rollup_hdrs: false,
});

interface Rule {
  readonly field: string;
  /** True when data is safe with this configuration. */
  readonly holds: (config: StreamConfig) => boolean;
  readonly harm: string;
  readonly shown: (config: StreamConfig) => unknown;
}

type FieldName = keyof StreamConfig & string;

const rule = (field: FieldName, harm: string, holds: Rule['holds']): Rule => ({
  field,
  harm,
  holds,
  shown: (config) => config[field],
});

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === false;

/** What each setting would do to the log if it were not as it has to be. */
const RULES: readonly Rule[] = [
  rule('retention', 'events would go once they were read', (c) => c.retention === RetentionPolicy.Limits),
  rule('storage', 'the log would end with the server', (c) => c.storage === StorageType.File),
  rule('discard', 'old events would make room for new ones', (c) => c.discard === DiscardPolicy.New),
  rule('max_age', 'events would go by age', (c) => !c.max_age),
  rule('max_msgs', 'the log would be full after so many commits', (c) => !c.max_msgs || c.max_msgs < 0),
  rule('max_msgs_per_subject', 'lanes would be cut', (c) => !c.max_msgs_per_subject || c.max_msgs_per_subject < 0),
  rule('max_msg_size', 'commits below our own limit would be refused', (c) => !c.max_msg_size || c.max_msg_size < 0),
  rule('no_ack', 'nobody would know what is stored', (c) => isEmpty(c.no_ack)),
  rule('allow_rollup_hdrs', 'one message could wipe a lane', (c) => isEmpty(c.allow_rollup_hdrs)),
  rule('allow_msg_ttl', 'messages could carry their own end', (c) => isEmpty(c.allow_msg_ttl)),
  rule('sealed', 'nothing can be appended', (c) => isEmpty(c.sealed)),
  rule('mirror', 'it is a copy of another stream', (c) => isEmpty(c.mirror)),
  rule(
    'sources',
    'events of other streams would stand among ours',
    (c) => isEmpty(c.sources) || c.sources?.length === 0,
  ),
  rule('subject_transform', 'lanes would change their names', (c) => isEmpty(c.subject_transform)),
  rule('subjects', 'lanes would be missing, or strangers among them', (c) => c.subjects.join() === LOG_SUBJECT),
];

/** One line per setting that would lose data: field, what it is, what that does. Empty: safe. */
export const dangersOf = (config: StreamConfig): readonly string[] =>
  RULES.filter(({ holds }) => !holds(config)).map(
    ({ field, harm, shown }) => `${field} is ${JSON.stringify(shown(config))}: ${harm}`,
  );

export interface Adjustment {
  readonly field: 'max_bytes' | 'num_replicas' | 'deny_delete';
  readonly is: unknown;
  readonly wanted: unknown;
}

/** Settings that differ from what is wanted and may be changed while the log is in use. */
export const adjustmentsOf = (config: StreamConfig, wishes: Partial<StreamWishes>): readonly Adjustment[] => {
  const all: readonly Adjustment[] = [
    { field: 'max_bytes', is: config.max_bytes, wanted: wishes.maxBytes ?? config.max_bytes },
    { field: 'num_replicas', is: config.num_replicas, wanted: wishes.replicas ?? config.num_replicas },
    { field: 'deny_delete', is: config.deny_delete, wanted: true },
  ];
  return all.filter(({ is, wanted }) => is !== wanted);
};
