import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { agentName, attemptLane, decidedLane, EMPTY_LANE, position, START } from '@squados/contracts';
import Database from 'libsql';
import { buildChild, startChild, type Child } from '../testing/child-process.js';
import { freshFolder, removeFolder } from '../testing/embedded-harness.js';
import { readAll, startFollowing } from '../testing/reading.js';
import { at, commitTo, enqueue, enqueued, fill, firstAttempt, started, stepped, stored } from '../testing/samples.js';
import { until, within } from '../testing/waiting.js';
import { openEmbeddedLog, readOwner, type EmbeddedLog } from './index.js';
import { logFile } from './log-database.js';

let program: string;
let dir: string;
const open: EmbeddedLog[] = [];
const children: Child[] = [];

const opened = async (mode: 'owner' | 'reader', folder = dir): Promise<EmbeddedLog> => {
  const log = await openEmbeddedLog({ dir: folder, mode });
  open.push(log);
  return log;
};
const child = (what: string, options: Parameters<typeof startChild>[2] = {}): Child => {
  const started = startChild(program, [what, dir], options);
  children.push(started);
  return started;
};
const integrity = (folder = dir): unknown => {
  const db = new Database(logFile(folder));
  const rows = db.pragma('integrity_check');
  db.close();
  return rows;
};

beforeAll(() => {
  program = buildChild();
});
afterAll(() => rmSync(program, { force: true }));
beforeEach(() => {
  dir = freshFolder();
});
afterEach(async () => {
  for (const log of open.splice(0)) await log.close();
  for (const process of children.splice(0)) await process.kill();
  removeFolder(dir);
});

describe('a writer that is killed in the middle of a storm', () => {
  it('has lost no acknowledged commit, broken no lane, and is followed at once by the next owner', async () => {
    const acknowledged = new Map<string, number>();
    for (const kill of [1, 50, 400, 1500, 4000]) {
      const writer = child('storm');
      await until('acknowledged commits', () => writer.lines.length > kill, 60_000);
      await writer.kill();
      const begun = performance.now();
      const log = await opened('owner');
      expect(performance.now() - begun).toBeLessThan(10_000);
      for (const line of writer.lines.filter((text) => /^[0-9a-f-]{36} \d+$/.test(text))) {
        const [id = '', place] = line.split(' ');
        acknowledged.set(id, Number(place));
      }
      const commits = await readAll(log);
      const places = new Map(commits.map((commit) => [commit.events[0]?.id, commit.position as number]));
      for (const [id, place] of acknowledged) expect([id, places.get(id)]).toEqual([id, place]);
      for (const commit of commits) expect(commit.events).toHaveLength(commit.lane.endsWith('attempt') ? 2 : 1);
      await log.close();
      expect(integrity()).toEqual([{ integrity_check: 'ok' }]);
    }
    expect(acknowledged.size).toBeGreaterThan(5000);
  }, 240_000);
});

describe('the folder lock', () => {
  it('refuses a second owner, naming process, folder and remedy, and gives way at once when the first is killed', async () => {
    const first = child('obey');
    await first.said('open');
    const refusal = await openEmbeddedLog({ dir, mode: 'owner' }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ name: 'EventLogError', code: 'log-locked' });
    const { message } = refusal as Error;
    for (const part of [dir, `process ${first.process.pid}`, 'stop it']) expect(message).toContain(part);
    expect(readOwner(dir)?.pid).toBe(first.process.pid);
    await first.kill();
    const begun = performance.now();
    const log = await opened('owner');
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(readOwner(dir)?.pid).toBe(process.pid);
    await stored(log, enqueue(at('BE-1')));
  });

  it('refuses a second owner in the same process too, and is free again after a close', async () => {
    const log = await opened('owner');
    await expect(openEmbeddedLog({ dir, mode: 'owner' })).rejects.toMatchObject({ code: 'log-locked' });
    await stored(log, enqueue(at('BE-1')));
    await log.close();
    expect(readOwner(dir)).toBeUndefined();
    await stored(await opened('owner'), enqueue(at('BE-2')));
  });

  it('goes to one of many that want a dead owner’s folder at the same moment', async () => {
    const dead = child('obey');
    await dead.said('open');
    await dead.kill();
    const takers = Array.from({ length: 5 }, () => child('obey'));
    await until('every taker has its answer', () => takers.every((taker) => taker.lines.length > 0), 60_000);
    const answers = takers.map((taker) => taker.lines[0] ?? '');
    expect(answers.filter((line) => line === 'open')).toHaveLength(1);
    expect(answers.filter((line) => line.includes('log-locked'))).toHaveLength(4);
  }, 240_000);

  it('names no process when nobody wrote one down', async () => {
    const first = child('obey');
    await first.said('open');
    writeFileSync(join(dir, 'owner.json'), '{"pid":');
    await expect(openEmbeddedLog({ dir, mode: 'owner' })).rejects.toThrow('another process');
  });
});

describe('a reader beside a running owner', () => {
  it('is woken by each commit of the owner, also after its WAL was started anew, and never polls', async () => {
    const owner = child('obey');
    await owner.said('open');
    const log = await opened('reader');
    const follower = startFollowing(log);
    await follower.next();
    const latencies: number[] = [];
    for (let i = 0; i < 30; i++) {
      const next = follower.next();
      const begun = performance.now();
      owner.process.stdin.write('go\n');
      expect((await next)?.commits).toHaveLength(1);
      latencies.push(performance.now() - begun);
    }
    owner.process.stdin.end();
    await until('the owner has left', () => owner.process.exitCode !== null);
    const second = await opened('owner');
    const next = follower.next();
    await stored(second, enqueue(at('BE-1')));
    expect((await next)?.commits).toHaveLength(1);
    follower.stop();
    expect(latencies.sort((a, b) => a - b)[15]).toBeLessThan(1_000);
  }, 240_000);

  it('wakes in another process, with nothing missed while the owner writes fast', async () => {
    const log = await opened('owner');
    const reader = child('follow');
    await reader.said('at 0');
    await fill(log, 5000);
    const head = await log.head();
    await reader.said(`at ${head}`);
    await stored(log, enqueue(at('LAST')));
    await reader.said(`at ${head + 1}`);
  }, 240_000);

  it('is refused to append, told who owns the folder, and appends itself when nobody does', async () => {
    const owner = child('obey');
    await owner.said('open');
    const log = await opened('reader');
    const refused = await log.append(enqueue(at('BE-1')));
    expect(refused).toMatchObject({
      kind: 'refused',
      code: 'read-only',
      message: expect.stringContaining(`process ${owner.process.pid}`),
    });
    await owner.kill();
    await stored(log, enqueue(at('BE-1')));
    await Promise.all([1, 2, 3].map((n) => stored(log, enqueue(at(`FE-${n}`)))));
    expect(existsSync(join(dir, 'owner.json'))).toBe(false);
    expect(await readAll(await opened('owner'))).toHaveLength(4);
  });

  it('has no claims', async () => {
    await (await opened('owner')).close();
    const log = await opened('reader');
    expect(() => log.claims()).toThrow(expect.objectContaining({ code: 'permission' }));
  });

  it('says where a log is missing', async () => {
    await expect(openEmbeddedLog({ dir, mode: 'reader' })).rejects.toMatchObject({
      code: 'log-unreadable',
      message: expect.stringContaining(dir),
    });
  });
});

const canMount = ((): boolean => {
  const probe = freshFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', probe], { stdio: 'ignore' });
    execFileSync('umount', [probe], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    removeFolder(probe);
  }
})();

describe('a full disk', () => {
  (canMount ? it : it.skip)(
    'refuses appends with what to do, loses nothing, and goes on when there is room (needs the right to mount)',
    async () => {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', dir]);
      try {
        writeFileSync(join(dir, 'ballast'), Buffer.alloc(2 * 1024 * 1024));
        const log = await opened('owner');
        const answers = new Map<string, number>();
        let refused = 0;
        for (let i = 0; refused < 20; i++) {
          const commit = enqueue(at(`BE-${i}`), stepped('x'.repeat(20_000)));
          const result = await log.append(commit);
          if (result.kind === 'appended') answers.set(commit.events[0]!.id, result.position);
          else {
            expect(result).toMatchObject({
              kind: 'refused',
              code: 'log-full',
              message: expect.stringMatching(/log\.db.*free space/),
            });
            refused++;
          }
        }
        const check = async (from: EmbeddedLog): Promise<void> => {
          const commits = await readAll(from);
          expect(new Map(commits.map((commit) => [commit.events[0]?.id, commit.position]))).toEqual(answers);
        };
        await check(log);
        rmSync(join(dir, 'ballast'));
        const commit = enqueue(at('AGAIN'), stepped('y'.repeat(20_000)));
        answers.set(commit.events[0]!.id, (await stored(log, commit)).position);
        await log.close();
        await check(await opened('owner'));
        await open.at(-1)?.close();
        expect(integrity()).toEqual([{ integrity_check: 'ok' }]);
      } finally {
        for (const log of open.splice(0)) await log.close();
        execFileSync('umount', ['-l', dir]);
      }
    },
  );

  it('is answered by a refusal when the database may not grow', async () => {
    const log = await opened('owner');
    const { db } = log as unknown as { readonly db: Database.Database };
    const [{ page_count: pages }] = db.pragma('page_count') as [{ page_count: number }];
    db.exec(`PRAGMA max_page_count = ${pages + 4}`);
    const results = [];
    for (let i = 0; i < 5; i++)
      results.push((await log.append(enqueue(at(`BE-${i}`), stepped('x'.repeat(9_000))))).kind);
    expect(results).toContain('refused');
    db.exec('PRAGMA max_page_count = 1000000');
    await stored(log, enqueue(at('LATER')));
    expect(await readAll(log)).toHaveLength(results.filter((kind) => kind === 'appended').length + 1);
  });
});

const asNobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

describe('a folder that may not be written', () => {
  it('is named with a remedy, whether it is there already or would have to be made', async () => {
    await (await opened('owner')).close();
    chmodSync(dir, 0o555);
    for (const file of readdirSync(dir)) chmodSync(join(dir, file), 0o444);
    const refused = child('once', asNobody);
    await refused.said('failed');
    expect(refused.lines.join()).toContain('"code":"permission"');
    expect(refused.lines.join()).toContain(dir);
    const below = startChild(program, ['once', join(dir, 'new', 'deep')], asNobody);
    children.push(below);
    await below.said('failed');
    expect(below.lines.join()).toContain('"code":"permission"');
    chmodSync(dir, 0o755);
  });

  it('refuses appends as read-only when the file turns read-only under the owner', async () => {
    const log = await opened('owner');
    (log as unknown as { readonly db: Database.Database }).db.exec('PRAGMA query_only = 1');
    expect(await log.append(enqueue(at('BE-1')))).toMatchObject({ kind: 'refused', code: 'read-only' });
  });

  it('is one the owner makes private where it is missing', async () => {
    const fresh = join(dir, 'a', 'b');
    await (await opened('owner', fresh)).close();
    expect(statSync(fresh).mode & 0o777).toBe(0o700);
  });
});

describe('a damaged log', () => {
  it('is told from a sound one when it is opened: no database, another database, a newer format', async () => {
    writeFileSync(logFile(dir), 'this is not a database, however long it goes on '.repeat(100));
    await expect(openEmbeddedLog({ dir, mode: 'owner' })).rejects.toMatchObject({
      code: 'log-corrupt',
      message: expect.stringMatching(/log\.db.*restore a copy/),
    });
    rmSync(logFile(dir));
    const foreign = new Database(logFile(dir));
    foreign.exec('CREATE TABLE other(x); PRAGMA user_version = 1');
    foreign.close();
    await expect(openEmbeddedLog({ dir, mode: 'reader' })).rejects.toMatchObject({ code: 'log-corrupt' });
    const newer = new Database(logFile(dir));
    newer.exec('PRAGMA user_version = 2');
    newer.close();
    await expect(openEmbeddedLog({ dir, mode: 'owner' })).rejects.toMatchObject({
      code: 'log-unreadable',
      message: expect.stringContaining('format 2'),
    });
  });

  it('is reported while it is read, never read past', async () => {
    const log = await opened('owner');
    await fill(log, 3000);
    await log.close();
    const size = statSync(logFile(dir)).size;
    const bytes = Buffer.alloc(Math.floor(size / 2), 0xa5);
    truncateSync(logFile(dir), size - bytes.length);
    writeFileSync(logFile(dir), bytes, { flag: 'a' });
    const broken = await opened('owner').catch((error: unknown) => error);
    const reading = broken instanceof Error ? Promise.reject(broken) : readAll(broken as EmbeddedLog);
    await expect(reading).rejects.toMatchObject({ name: 'EventLogError', code: 'log-corrupt' });
  });

  it('takes no further append once the disk has failed in a way that leaves open what was stored', async () => {
    const log = await opened('owner');
    (log as unknown as { readonly db: Database.Database }).db.exec('DROP TABLE log');
    await expect(log.append(enqueue(at('BE-1')))).rejects.toMatchObject({
      code: 'storage',
      message: expect.stringContaining('log.db'),
    });
    await expect(log.append(enqueue(at('BE-2')))).rejects.toMatchObject({ code: 'storage' });
    await expect(log.last(decidedLane(at('BE-1')))).rejects.toMatchObject({ code: 'storage' });
  });

  it('goes on after a database tool held it locked for too long', async () => {
    const log = await opened('owner');
    const tool = new Database(logFile(dir));
    tool.exec('BEGIN IMMEDIATE');
    await expect(log.append(enqueue(at('BE-1')))).rejects.toMatchObject({ code: 'storage' });
    tool.exec('ROLLBACK');
    tool.close();
    await stored(log, enqueue(at('BE-1')));
  });
});

describe('a large log', () => {
  const COUNT = 150_000;
  it(`answers a filter that matches nothing in ${COUNT} commits soon, and finds one card among them`, async () => {
    const log = await opened('owner');
    await fill(log, COUNT);
    for (const filter of [
      { agent: agentName('nobody') },
      { kind: 'attempt' as const },
      at('nobody'),
      at(`BE-${COUNT - 1}`),
    ]) {
      const begun = performance.now();
      let stall = 0;
      let last = begun;
      const watch = setInterval(() => {
        stall = Math.max(stall, performance.now() - last);
        last = performance.now();
      }, 1);
      const found = await readAll(log, { filter });
      clearInterval(watch);
      expect(found).toHaveLength('card' in filter && filter.card !== 'nobody' ? 1 : 0);
      expect(performance.now() - begun).toBeLessThan(10_000);
      expect(stall).toBeLessThan(3_000);
    }
  }, 240_000);

  it('leaves one file with everything in it when it is closed', async () => {
    const log = await opened('owner');
    await fill(log, 2000);
    await log.close();
    expect(existsSync(`${logFile(dir)}-wal`) ? statSync(`${logFile(dir)}-wal`).size : 0).toBe(0);
    expect(await readAll(await opened('owner'))).toHaveLength(2000);
  });
});

describe('claims of the owner', () => {
  it('void the leases of a killed owner: its work is delivered to the next one at once', async () => {
    const log = await opened('owner');
    await stored(log, enqueue(at('BE-1')));
    await log.claims().provision(agentName('backend'), START);
    const first = await log.claims().open({ agent: agentName('backend'), worker: 'w1', leaseMs: 60_000 });
    expect(await first.take(1, new AbortController().signal)).toHaveLength(1);
    await log.close();
    const next = await opened('owner');
    await next.claims().provision(agentName('backend'), START);
    const second = await next.claims().open({ agent: agentName('backend'), worker: 'w2', leaseMs: 60_000 });
    const [work] = await within('work', second.take(1, new AbortController().signal));
    expect(work).toMatchObject({ delivery: 1, commit: { position: position(1) } });
  });

  it('tell their taker when the log below breaks', async () => {
    const log = await opened('owner');
    await fill(log, 10);
    await log.close();
    const broken = await opened('owner');
    (broken as unknown as { readonly db: Database.Database }).db.exec('DROP TABLE log');
    await broken.claims().provision(agentName('backend'), START);
    const source = await broken.claims().open({ agent: agentName('backend'), worker: 'w', leaseMs: 1000 });
    await expect(within('an error', source.take(1, new AbortController().signal))).rejects.toMatchObject({
      code: 'storage',
    });
    await expect(source.take(1, new AbortController().signal)).rejects.toMatchObject({ code: 'storage' });
  });
});

it('keeps a lane whole when chains are written in groups', async () => {
  const log = await opened('owner');
  const lane = attemptLane(at('BE-1'));
  let { revision } = await stored(log, firstAttempt(at('BE-1'), started(1)));
  for (let i = 0; i < 50; i++) ({ revision } = await stored(log, commitTo(lane, revision, stepped(String(i)))));
  expect(await log.append(commitTo(lane, EMPTY_LANE, enqueued()))).toMatchObject({
    kind: 'conflict',
    actual: revision,
  });
});
