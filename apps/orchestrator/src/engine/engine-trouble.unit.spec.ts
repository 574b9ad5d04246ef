import { afterEach, describe, expect, it } from '@jest/globals';
import { failed, Scenario, spec, started } from '@squados/board/testing';
import { position, START, type LaneCommit } from '@squados/contracts';
import { openMemoryLog, type EventLog, type FollowBatch } from '@squados/event-log';
import { HandClock } from '../testing/hand-clock.js';
import { addCards, PRODUCT, spec as card, START_PROJECT } from '../testing/project-fixture.js';
import { RecordingLogger } from '../testing/recording-logger.js';
import { OrchestratorEngine } from './orchestrator-engine.js';

type Batches = (signal: AbortSignal) => AsyncGenerator<FollowBatch>;

const running: OrchestratorEngine[] = [];
afterEach(async () => {
  for (const engine of running.splice(0)) await engine.stop();
});

const until = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** An engine on a log whose history is told by a test; appends are counted, none is kept. */
const engineOn = (batches: Batches) => {
  const { claims } = openMemoryLog();
  const logger = new RecordingLogger();
  const failures: unknown[] = [];
  let appends = 0;
  const log = {
    append: () => {
      appends += 1;
      return Promise.resolve({ kind: 'conflict', actual: 0, last: undefined });
    },
    follow: ({ signal }: { readonly signal: AbortSignal }) => batches(signal),
  } as unknown as EventLog;
  const engine = new OrchestratorEngine({
    ...{ log, claims, logger, clock: new HandClock(), agents: [PRODUCT], draw: () => 0.5, newId: () => 'id' },
    window: () => 4,
    onFailure: (error) => failures.push(error),
  });
  running.push(engine);
  return { engine, logger, failures, appends: () => appends };
};

const batch = (commits: readonly LaneCommit[], atHead: boolean): FollowBatch => ({
  commits,
  position: commits.at(-1)?.position ?? START,
  atHead,
});

/** A turn of the loop, so that everything promised has happened. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('an engine in trouble', () => {
  it('leaves a project alone that holds an event of a newer version, and says so once', async () => {
    const [begun, added] = Scenario.of([spec('A')]).log.commits as [LaneCommit, LaneCommit];
    const unknown = (at: number): LaneCommit => ({
      ...{ lane: begun.lane, position: position(at), revision: begun.revision },
      events: [{ type: 'Unknown', originalType: 'CardBlessed', version: 1, id: 'x', reason: 'unknown type' }],
    });
    const { engine, logger, appends } = engineOn(async function* (signal) {
      yield batch([begun, unknown(2), { ...added, position: position(3) }, unknown(4)], true);
      await until(signal);
    });
    await engine.start();
    await settled();
    expect(logger.lines.filter((line) => line.level === 'error')).toMatchObject([{ fields: { project: 'demo' } }]);
    expect(appends()).toBe(0);
    expect(await engine.submit({ ...addCards([card('X')]), project: 'demo' } as never)).toMatchObject({
      kind: 'rejected',
      reason: 'undecidable',
    });
  });

  it('ends with the log that can no longer be read, tells why, and decides nothing on a stale fold', async () => {
    let breakLog: (error: Error) => void = () => undefined;
    const broken = new Promise<never>((_resolve, reject) => (breakLog = reject));
    const scenario = Scenario.of([spec('A')]);
    const { engine, failures, appends } = engineOn(async function* () {
      yield batch(scenario.log.commits, true);
      await broken;
    });
    await engine.start();
    await settled();
    const before = appends();
    const waiting = engine.caughtUp(position(99), new AbortController().signal);
    breakLog(new Error('disk image is malformed'));
    await expect(waiting).rejects.toThrow('ended before');
    expect(failures).toMatchObject([{ message: 'disk image is malformed' }]);
    expect(appends()).toBe(before);
  });

  it('does not start on a log that cannot be read at all', async () => {
    const { engine } = engineOn(async function* () {
      await Promise.reject(new Error('disk image is malformed'));
    });
    await expect(engine.start()).rejects.toThrow('malformed');
  });

  it('takes no command before its start', () => {
    const { engine } = engineOn(async function* (signal) {
      yield batch([], true);
      await until(signal);
    });
    expect(() => engine.submit(START_PROJECT)).toThrow('not been started');
    expect(engine.trouble).toBeUndefined();
  });
});

describe('whoever waits for a place in the log', () => {
  it('is told once the fold shows it, and released by its own signal', async () => {
    const scenario = Scenario.of([spec('A')]);
    scenario.step().says('A', started(1), failed(1));
    const { engine } = engineOn(async function* (signal) {
      yield batch(scenario.log.commits, true);
      await until(signal);
    });
    await engine.start();
    const stop = new AbortController();
    await engine.caughtUp(position(scenario.log.commits.length), stop.signal);
    const waiting = engine.caughtUp(position(99), stop.signal);
    stop.abort(new Error('nobody waits any more'));
    await expect(waiting).rejects.toThrow('nobody waits');
  });
});
