import { describe, expect, it } from '@jest/globals';
import { agentName, decidedLane, EMPTY_LANE, START } from '@squados/contracts';
import { observeClaims, observeLog, openMemoryLog, type LogObserver } from './index.js';
import { readAll, startFollowing } from './testing/index.js';
import { at, enqueued } from './testing/samples.js';

const watching = () => {
  const told: string[] = [];
  const observer: LogObserver = {
    appended: ({ events }) => told.push(`appended ${events.map(({ type }) => type).join()}`),
    conflicted: () => told.push('conflicted'),
    delivered: ({ position, atHead }) => told.push(`delivered ${position} ${atHead}`),
    folded: ({ position }) => told.push(`folded ${position}`),
    taken: ({ lane }) => told.push(`taken ${lane}`),
  };
  const { log, claims } = openMemoryLog();
  return { told, observer, log, claims, watched: observeLog(log, observer) };
};
const lane = decidedLane(at('BE-1'));
const commit = () => ({ lane, expected: EMPTY_LANE, events: [enqueued()] });

describe('a watched log', () => {
  it('tells of what was recorded and what another writer was ahead of, and answers as before', async () => {
    const { told, log, watched } = watching();
    expect(await watched.append(commit())).toMatchObject({ kind: 'appended' });
    expect(await watched.append(commit())).toMatchObject({ kind: 'conflict' });
    await log.close();
    expect(await watched.append(commit())).toMatchObject({ kind: 'refused', code: 'closed' });
    expect(told).toEqual(['appended CardEnqueued', 'conflicted']);
  });

  it('tells how far the projection is, and not of followers of a part', async () => {
    const { told, log, watched } = watching();
    await log.append(commit());
    const [all, part] = [startFollowing(watched), startFollowing(watched, { filter: { kind: 'attempt' } })];
    await all.next();
    await part.next();
    expect(told).toEqual(['delivered 1 true']);
    const next = all.next();
    all.stop();
    part.stop();
    expect(await next).toBeUndefined();
    expect(told).toEqual(['delivered 1 true', 'folded 1']);
    expect(await readAll(watched)).toHaveLength(1);
    expect([await watched.head(), (await watched.last(lane))?.position, watched.logId]).toEqual([1, 1, log.logId]);
    await watched.close();
  });

  it('tells of work that is taken', async () => {
    const { told, log, claims: own, observer } = watching();
    const claims = observeClaims(own, observer);
    await claims.provision(agentName('backend'), START);
    const source = await claims.open({ agent: agentName('backend'), worker: 'w', leaseMs: 1_000 });
    await log.append(commit());
    const [work] = await source.take(1, AbortSignal.timeout(5_000));
    await work?.ack();
    expect(told).toEqual([`taken ${lane}`]);
    await source.close();
    await claims.close();
    await log.close();
  });
});
