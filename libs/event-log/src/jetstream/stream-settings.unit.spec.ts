import { describe, expect, it } from '@jest/globals';
import {
  DiscardPolicy,
  RetentionPolicy,
  StorageType,
  type ConsumerConfig,
  type StreamConfig,
} from '@nats-io/jetstream';
import { agentName, START } from '@squados/contracts';
import { adjustmentsOf, dangersOf, logIdOf, wantedStream } from './stream-settings.js';
import { wantedWork, workAdjustmentsOf, workDangersOf } from './work-settings.js';

const stream = (change: Partial<StreamConfig> = {}): StreamConfig =>
  ({ ...wantedStream({ logId: 'L', maxBytes: -1, replicas: 1 }), ...change }) as StreamConfig;

const backend = agentName('backend');
const work = (change: Partial<ConsumerConfig> = {}): ConsumerConfig =>
  ({ ...wantedWork({ agent: backend, after: START, ackWaitMs: 30_000 }), ...change }) as ConsumerConfig;

describe('the stream of a log', () => {
  it('is safe as we make it, and says which log it is', () => {
    expect(dangersOf(stream())).toEqual([]);
    expect(logIdOf(stream())).toBe('L');
    expect(logIdOf({ description: 'orders of the shop' })).toBeUndefined();
    expect(logIdOf({})).toBeUndefined();
  });

  const harmful: readonly (readonly [string, Partial<StreamConfig>])[] = [
    ['retention', { retention: RetentionPolicy.Workqueue }],
    ['retention', { retention: RetentionPolicy.Interest }],
    ['storage', { storage: StorageType.Memory }],
    ['discard', { discard: DiscardPolicy.Old }],
    ['max_age', { max_age: 7 * 86_400e9 }],
    ['max_msgs', { max_msgs: 1_000_000 }],
    ['max_msgs_per_subject', { max_msgs_per_subject: 1 }],
    ['max_msg_size', { max_msg_size: 1024 }],
    ['no_ack', { no_ack: true }],
    ['allow_rollup_hdrs', { allow_rollup_hdrs: true }],
    ['allow_msg_ttl', { allow_msg_ttl: true }],
    ['sealed', { sealed: true }],
    ['mirror', { mirror: { name: 'OTHER' } }],
    ['sources', { sources: [{ name: 'OTHER' }] }],
    ['subject_transform', { subject_transform: { src: 'squad.>', dest: 'x.>' } }],
    ['subjects', { subjects: ['squad.*.*.*.decided'] }],
    ['subjects', { subjects: ['squad.*.*.*.*', 'orders.>'] }],
  ];
  it.each(harmful)('is refused for its %s: %j', (field, change) => {
    const dangers = dangersOf(stream(change));
    expect(dangers).toHaveLength(1);
    expect(dangers[0]).toMatch(new RegExp(`^${field} is .+: .+`));
  });

  it('names everything that is wrong at once', () => {
    expect(dangersOf(stream({ max_age: 1, storage: StorageType.Memory }))).toHaveLength(2);
  });

  it('is brought to the wished size, and left alone where nothing is wished', () => {
    expect(adjustmentsOf(stream(), {})).toEqual([]);
    expect(adjustmentsOf(stream(), { maxBytes: 5, replicas: 3 })).toEqual([
      { field: 'max_bytes', is: -1, wanted: 5 },
      { field: 'num_replicas', is: 1, wanted: 3 },
    ]);
    expect(adjustmentsOf(stream({ deny_delete: false }), {})).toEqual([
      { field: 'deny_delete', is: false, wanted: true },
    ]);
  });
});

describe('the durable of an agent', () => {
  it('is safe as we make it', () => {
    expect(workDangersOf(work(), backend)).toEqual([]);
  });

  const harmful: readonly (readonly [string, Partial<ConsumerConfig>])[] = [
    ['ack_policy', { ack_policy: 'none' }],
    ['ack_policy', { ack_policy: 'all' }],
    ['max_deliver', { max_deliver: 5 }],
    ['backoff', { backoff: [1e9] }],
    ['filter_subject', { filter_subject: 'squad.*.qa.*.decided' }],
    ['filter_subjects', { filter_subjects: ['a', 'b'] }],
    ['deliver_subject', { deliver_subject: 'somewhere' }],
    ['headers_only', { headers_only: true }],
    ['inactive_threshold', { inactive_threshold: 1e9 }],
    ['mem_storage', { mem_storage: true }],
    ['max_batch', { max_batch: 1 }],
    ['replay_policy', { replay_policy: 'original' }],
  ];
  it.each(harmful)('is refused for its %s: %j', (field, change) => {
    const dangers = workDangersOf(work(change), backend);
    expect(dangers).toHaveLength(1);
    expect(dangers[0]).toMatch(new RegExp(`^${field} is .+: .+`));
  });

  it('has its waiting time and its room set right while it is in use', () => {
    expect(workAdjustmentsOf(work(), work())).toEqual({});
    expect(workAdjustmentsOf(work({ ack_wait: 1, max_ack_pending: 1000 }), work())).toEqual({
      ack_wait: 30_000e6,
      max_ack_pending: -1,
    });
  });
});
