import { describe, expect, it } from '@jest/globals';
import { completed, failed, Scenario, spec, started, types, verdict } from './testing/index.js';

describe('the lifecycle of a card', () => {
  it('goes from TODO to DONE through the steps that its worker reports', () => {
    const s = Scenario.of([spec('A')]);
    expect(s.card('A')).toMatchObject({ state: 'TODO', ready: true, attempt: 0 });
    expect(types(s.planned())).toEqual(['CardEnqueued']);
    s.step();
    expect(s.card('A')).toMatchObject({ state: 'ENQUEUED', ready: false, attempt: 1 });
    s.says('A', started(1));
    expect(s.card('A').state).toBe('EXECUTING');
    s.says('A', { type: 'CardStepped', data: { attempt: 1, step: 'verifying' } });
    expect(s.card('A').state).toBe('VERIFYING');
    s.says('A', { type: 'CardStepped', data: { attempt: 1, step: 'evaluating' } });
    expect(s.card('A').state).toBe('EVALUATING');
    s.says('A', verdict(1), completed(1));
    expect(s.card('A').state).toBe('DONE');
    expect(types(s.planned())).toEqual(['ProjectCompleted']);
    expect(s.step().project()).toMatchObject({ status: 'completed', settled: true });
    expect(s.planned()).toEqual([]);
  });

  it('retries a retryable failure after its time and hands what was said to the next author', () => {
    const s = Scenario.of([spec('A')])
      .step()
      .says('A', started(1), failed(1, { message: 'no luck', excerpt: 'line 3' }));
    expect(types(s.planned())).toEqual(['RetryScheduled']);
    s.step({ now: 5_000 });
    expect(s.card('A')).toMatchObject({ state: 'RETRYING', retries: 1, notBefore: 5_500 });
    expect(s.planned({ now: 5_499 })).toEqual([]);
    const [next] = s.planned({ now: 5_500 });
    expect(next?.events[0]).toMatchObject({
      type: 'CardEnqueued',
      data: { attempt: 2, feedback: 'author-error: no luck\nline 3' },
    });
  });
});
