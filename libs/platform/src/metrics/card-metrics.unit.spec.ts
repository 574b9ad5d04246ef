import { describe, expect, it } from '@jest/globals';
import {
  agentName,
  attemptLane,
  cardId,
  decidedLane,
  EMPTY_LANE,
  position,
  projectId,
  stampEvent,
  type DraftEvent,
  type LaneCommit,
  type SquadEvent,
} from '@squados/contracts';
import { ServiceMetrics } from './service-metrics.js';

const START_MS = Date.parse('2026-01-01T00:00:00.000Z');
const address = (card = 'BE-1', agent = 'backend') => ({
  project: projectId('P'),
  agent: agentName(agent),
  card: cardId(card),
});
const event = (draft: DraftEvent, ms: number): SquadEvent =>
  stampEvent(draft, { id: `id-${ms}`, time: new Date(START_MS + ms).toISOString(), source: 's', subject: 'P' });
const enqueued = (ms: number): SquadEvent =>
  event(
    { type: 'CardEnqueued', data: { attempt: 1, after: EMPTY_LANE, inputs: { cardRevision: 1, digest: 'd' } } },
    ms,
  );
const started = (ms: number, delivery = 1): SquadEvent =>
  event({ type: 'CardStarted', data: { attempt: 1, delivery, worker: 'w' } }, ms);
const failed = (ms: number): SquadEvent =>
  event({ type: 'CardFailed', data: { attempt: 1, kind: 'terminal', code: 'c', message: 'm' } }, ms);
const commit = (at: number, events: readonly SquadEvent[], lane = decidedLane(address())): LaneCommit => ({
  ...{ lane, events, position: position(at), revision: at as LaneCommit['revision'] },
});

const line = async (metrics: ServiceMetrics, name: string): Promise<readonly string[]> =>
  (await metrics.text()).split('\n').filter((text) => text.startsWith(`squados_${name}`));

describe('metrics of cards', () => {
  it('count what this process recorded, and time it from the events', async () => {
    const metrics = new ServiceMetrics('agent-backend');
    metrics.cards.taken(commit(7, [enqueued(0)]));
    metrics.cards.appended({ lane: attemptLane(address()), events: [started(20)] });
    metrics.cards.appended({ lane: attemptLane(address()), events: [failed(2_020)] });
    const dead = { attempt: 1, reason: 'terminal', message: 'm' } as const;
    metrics.cards.appended({
      lane: decidedLane(address()),
      events: [event({ type: 'CardDeadLettered', data: dead }, 3)],
    });
    metrics.cards.conflicted();
    const labels = 'service="agent-backend"';
    expect(await line(metrics, 'cards_total')).toEqual([
      `squados_cards_total{agent="backend",outcome="started",${labels}} 1`,
      `squados_cards_total{agent="backend",outcome="failed",${labels}} 1`,
      `squados_cards_total{agent="backend",outcome="dead_lettered",${labels}} 1`,
    ]);
    expect(await line(metrics, 'card_queue_wait_seconds_sum')).toEqual([
      `squados_card_queue_wait_seconds_sum{${labels},agent="backend"} 0.02`,
    ]);
    expect(await line(metrics, 'card_duration_seconds_sum')).toEqual([
      `squados_card_duration_seconds_sum{${labels},agent="backend",outcome="failed"} 2`,
    ]);
    expect(await line(metrics, 'dead_letters_total')).toEqual([
      `squados_dead_letters_total{agent="backend",reason="terminal",${labels}} 1`,
    ]);
    expect(await line(metrics, 'append_conflicts_total')).toEqual([`squados_append_conflicts_total{${labels}} 1`]);
  });

  it('measure no wait for an attempt that was taken over from another worker', async () => {
    const metrics = new ServiceMetrics('x');
    metrics.cards.taken(commit(7, [enqueued(0)]));
    metrics.cards.appended({ lane: attemptLane(address()), events: [started(20_000, 2)] });
    expect(await line(metrics, 'card_queue_wait_seconds_count')).toEqual([]);
  });

  it('have as many labels as there are owners, whatever ids a log holds', async () => {
    const metrics = new ServiceMetrics('x');
    for (let i = 0; i < 50; i++)
      metrics.cards.appended({ lane: attemptLane(address(`X-${i}`, `agent-${i}`)), events: [started(i)] });
    expect(await line(metrics, 'cards_total')).toEqual([
      'squados_cards_total{agent="other",outcome="started",service="x"} 50',
    ]);
    expect(await metrics.text()).not.toContain('X-1');
  });

  it('tell how far the fold is: behind while it folds or rebuilds, at the head not at all', async () => {
    let now = START_MS;
    const metrics = new ServiceMetrics('x', () => now);
    const lag = async (): Promise<string | undefined> =>
      (await line(metrics, 'projection_lag_seconds'))[0]?.split(' ')[1];
    const rebuilt = { commits: [commit(7, [enqueued(0)])], position: position(7), atHead: false };
    metrics.cards.delivered(rebuilt);
    now += 5_000;
    expect(await lag()).toBe('5');
    metrics.cards.folded(rebuilt);
    expect(await lag()).toBe('5');
    metrics.cards.folded({ commits: [], position: position(9), atHead: true });
    expect(await lag()).toBe('0');
    expect(await line(metrics, 'projection_')).toEqual([
      'squados_projection_position{service="x"} 9',
      'squados_projection_at_head{service="x"} 1',
      'squados_projection_lag_seconds{service="x"} 0',
    ]);
  });

  it('show leadership and dead letters as they are when somebody asks', async () => {
    const metrics = new ServiceMetrics('orchestrator');
    let leads = false;
    metrics.cards.leads(() => leads);
    metrics.cards.lying(() => 3);
    expect(await line(metrics, 'leader')).toEqual(['squados_leader{service="orchestrator"} 0']);
    leads = true;
    expect(await line(metrics, 'leader')).toEqual(['squados_leader{service="orchestrator"} 1']);
    expect(await line(metrics, 'dead_letters{')).toEqual(['squados_dead_letters{service="orchestrator"} 3']);
  });
});
