import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { attemptLane, position, projectId, type Lane } from '@squados/contracts';
import Database from 'libsql';
import { openEmbeddedLog, rawEmbeddedLog, restoreEmbeddedLog } from './embedded/index.js';
import type { EventLog } from './event-log.port.js';
import { rawJetStreamLog, restoreJetStreamLog } from './jetstream/index.js';
import type { RawCommit, RawLog, RestoreCommits } from './raw-log.port.js';
import { anyNatsServer, WITHOUT_NATS } from './testing/find-nats-servers.js';
import { bareConnection, openAt, removeStream } from './testing/jetstream-harness.js';
import { startNatsServer, type NatsServer } from './testing/nats-server.js';
import { readAll } from './testing/reading.js';
import { at, enqueue, firstAttempt, skipped, started } from './testing/samples.js';

interface Side {
  readonly log: EventLog;
  readonly raw: RawLog;
  /** Bytes as they are, as the next commit of a lane. */
  plant(lane: Lane, bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

interface Engine {
  from(): Promise<Side>;
  /** Where nothing is yet. */
  readonly restore: RestoreCommits;
  /** The log that was restored. */
  to(): Promise<Side>;
  dispose(): Promise<void>;
}

const P = projectId('P');
const END = position(1_000_000);

const gathered = async (raw: RawLog, project = P, through = END): Promise<readonly RawCommit[]> => {
  const all: RawCommit[] = [];
  for await (const page of raw.read({ project, through })) all.push(...page);
  return all;
};

async function* inPages(commits: readonly RawCommit[]): AsyncGenerator<readonly RawCommit[]> {
  for (let from = 0; from < commits.length; from += 2) yield commits.slice(from, from + 2);
}

const shown = (commits: readonly RawCommit[]): unknown =>
  commits.map(({ lane, position: place, body }) => [lane, place, Buffer.from(body).toString('latin1')]);

/** Two projects in turns, one with bytes that no build can read; `P.x` begins as `P` does. */
const fill = async ({ log, plant }: Side): Promise<void> => {
  for (let i = 0; i < 5; i++) {
    await log.append(enqueue(at(`Q-${i}`, 'backend', 'Q')));
    await log.append(enqueue(at(`C-${i}`)));
    await log.append(enqueue(at(`X-${i}`, 'backend', 'P.x'), skipped()));
    await log.append(firstAttempt(at(`C-${i}`), started(1)));
  }
  await plant(attemptLane(at('C-9')), Buffer.from([0x7b, 0xff, 0x00, 0x0a]));
};

const describeRawLog = (name: string, open: () => Promise<Engine>): void => {
  describe(`${name}, for moving projects`, () => {
    let engine: Engine;
    let side: Side;
    beforeEach(async () => {
      engine = await open();
      side = await engine.from();
      await fill(side);
    });
    afterEach(async () => {
      await side.close();
      await engine.dispose();
    });

    it('reads one project in the order of the log, byte by byte, up to a place', async () => {
      const all = await gathered(side.raw);
      expect(all).toHaveLength(11);
      expect(all.map((commit) => commit.position)).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 21]);
      expect(Buffer.from(all.at(-1)!.body)).toEqual(Buffer.from([0x7b, 0xff, 0x00, 0x0a]));
      expect(await gathered(side.raw, P, position(8))).toHaveLength(4);
      expect(await gathered(side.raw, projectId('nobody'))).toEqual([]);
    });

    it('purges one project up to a place, again without harm, and nothing else', async () => {
      expect(await side.raw.purge({ project: P, through: position(18) })).toBe(9);
      expect(await side.raw.purge({ project: P, through: position(18) })).toBe(0);
      expect((await gathered(side.raw)).map((commit) => commit.position)).toEqual([20, 21]);
      const left = await readAll(side.log);
      expect(left.filter(({ lane }) => lane.startsWith('squad.Q.'))).toHaveLength(5);
      expect(left.filter(({ lane }) => lane.startsWith('squad.P=2Ex.'))).toHaveLength(5);
      const next = await side.log.append(enqueue(at('C-99')));
      expect(next).toMatchObject({ kind: 'appended', position: 22 });
    });

    it('restores commits to their own places, and appending goes on behind them', async () => {
      const all = await gathered(side.raw);
      await engine.restore(inPages(all));
      const restored = await engine.to();
      expect(shown(await gathered(restored.raw))).toEqual(shown(all));
      const [before, after] = [await readAll(side.log, { filter: { project: P } }), await readAll(restored.log)];
      expect(after).toEqual(before);
      const lane = attemptLane(at('C-1'));
      const last = await restored.log.last(lane);
      const next = { lane, expected: last!.revision, events: [started(2)] };
      expect(await restored.log.append(next)).toMatchObject({ kind: 'appended', position: 22 });
      expect(await restored.log.append(next)).toMatchObject({ kind: 'appended', position: 22 });
      await restored.close();
    });

    it('goes on with a restoring that broke off, and refuses a log that holds something else', async () => {
      const all = await gathered(side.raw);
      const breaking = async function* (): AsyncGenerator<readonly RawCommit[]> {
        yield all.slice(0, 6);
        throw new Error('cut off');
      };
      await expect(engine.restore(breaking())).rejects.toThrow('cut off');
      await engine.restore(inPages(all));
      const restored = await engine.to();
      expect(shown(await gathered(restored.raw))).toEqual(shown(all));
      await restored.close();
      const other = all.map((commit, i) => (i === 2 ? { ...commit, body: Buffer.from('[]') } : commit));
      await expect(engine.restore(inPages(other))).rejects.toMatchObject({ code: 'not-empty' });
    });
  });
};

const embeddedSide = async (dir: string): Promise<Side> => {
  const log = await openEmbeddedLog({ dir, mode: 'reader' });
  return {
    log,
    raw: rawEmbeddedLog(dir),
    plant: (lane, body) => plantIn(dir, { lane, body }),
    close: () => log.close(),
  };
};

/** As somebody with a database tool would. */
const plantIn = (dir: string, { lane, body }: Pick<RawCommit, 'lane' | 'body'>): Promise<void> => {
  const db = new Database(join(dir, 'log.db'));
  db.prepare('INSERT INTO log(lane, prev, body) VALUES (?, 0, ?)').run([lane, Buffer.from(body)]);
  db.close();
  return Promise.resolve();
};

describeRawLog('the embedded log', async () => {
  const home = mkdtempSync(join(tmpdir(), 'squados-raw-'));
  const [from, to] = [join(home, 'from'), join(home, 'to')];
  await (await openEmbeddedLog({ dir: from, mode: 'owner' })).close();
  return {
    from: () => embeddedSide(from),
    restore: restoreEmbeddedLog(to),
    to: () => embeddedSide(to),
    dispose: async () => rmSync(home, { recursive: true, force: true }),
  };
});

const program = anyNatsServer();
if (program === undefined) it.skip(`the JetStream log, for moving projects${WITHOUT_NATS}`, () => undefined);
else
  describe('on the oldest server that is here', () => {
    let server: NatsServer;
    beforeAll(async () => {
      server = await startNatsServer(program);
    });
    afterAll(() => server.dispose());

    const side = async (account: number): Promise<Side> => {
      const log = await openAt(server.access(account));
      return {
        log,
        raw: rawJetStreamLog(log.connection),
        plant: async (lane, bytes) => {
          const nc = await bareConnection(server.access(account));
          await nc.request(lane, bytes);
          await nc.close();
        },
        close: () => log.close(),
      };
    };

    describeRawLog('the JetStream log', async () => {
      const to = await openAt(server.access(1));
      return {
        from: () => side(0),
        restore: restoreJetStreamLog(to.connection),
        to: () => side(1),
        dispose: async () => {
          await to.close();
          await removeStream(server.access(0));
          await removeStream(server.access(1));
        },
      };
    });

    it('is not restored into a log that services work on', async () => {
      const log = await openAt(server.access(2));
      await log.claims().provision(at('C-1').agent, position(0));
      const restoring = restoreJetStreamLog(log.connection)(inPages([]));
      await expect(restoring).rejects.toMatchObject({
        code: 'not-empty',
        message: expect.stringContaining('consumers'),
      });
      await log.close();
    });
  });
