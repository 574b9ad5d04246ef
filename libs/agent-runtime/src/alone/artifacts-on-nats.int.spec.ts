import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect as dial, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Objm } from '@nats-io/obj';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { sha256 } from '@squados/contracts';
import { anyNatsServer, startNatsServer, WITHOUT_NATS, type NatsServer } from '@squados/event-log/testing';
import { hashBytes } from '@squados/artifacts';
import { openNatsArtifactStore } from '@squados/artifacts/nats';

const program = anyNatsServer();
const describeHere = program === undefined ? describe.skip : describe;

/** The way to a server on which the answer to the first message of some kind is lost. */
const losingTheAnswerTo = async (
  kind: RegExp,
  target: number,
): Promise<{ readonly port: number; readonly way: Server }> => {
  let state: 'before' | 'asked' | 'after' = 'before';
  const way = createServer((near: Socket) => {
    const far = dial(target, '127.0.0.1');
    near.on('data', (chunk: Buffer) => {
      if (state === 'before' && kind.test(chunk.toString('latin1'))) state = 'asked';
      far.write(chunk);
    });
    far.on('data', (chunk: Buffer) => {
      if (state === 'asked') state = 'after';
      else near.write(chunk);
    });
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  }).listen(0, '127.0.0.1');
  await once(way, 'listening');
  return { port: (way.address() as AddressInfo).port, way };
};

describeHere(`artifacts on NATS${program === undefined ? WITHOUT_NATS : ''}`, () => {
  let server: NatsServer;
  let nc: NatsConnection;
  beforeAll(async () => {
    server = await startNatsServer(program!);
  });
  afterAll(() => server.dispose());
  beforeEach(async () => {
    nc = await connect({ servers: `127.0.0.1:${server.port}`, user: 'u0', pass: 'p0' });
  });
  afterEach(() => nc.close());

  it.each([0, 1, 131_072, 3_000_000])('gives %d bytes back as they were put, also to another process', async (size) => {
    const bytes = new Uint8Array(randomBytes(size));
    const hash = await (await openNatsArtifactStore(nc)).put(bytes);
    expect(hash).toBe(hashBytes(bytes));
    const other = await openNatsArtifactStore(nc);
    expect(await other.has(hash)).toBe(true);
    expect(hashBytes(await other.get(hash))).toBe(hash);
  });

  it('keeps one copy of what is put often, at the same time or later', async () => {
    const store = await openNatsArtifactStore(nc);
    const bytes = new Uint8Array(randomBytes(200_000));
    const hashes = await Promise.all([store.put(bytes), store.put(bytes), store.put(bytes)]);
    const objects = await new Objm(nc).open('squad-artifacts');
    const before = (await objects.info(hashes[0]!))?.nuid;
    await store.put(bytes);
    expect(new Set(hashes).size).toBe(1);
    expect((await objects.info(hashes[0]!))?.nuid).toBe(before);
  });

  it('says what is missing, and does not hand out bytes that are not what their name says', async () => {
    const store = await openNatsArtifactStore(nc);
    await expect(store.get(sha256('0'.repeat(64)))).rejects.toMatchObject({ code: 'missing' });
    const objects = await new Objm(nc).open('squad-artifacts');
    const forged = sha256('1'.repeat(64));
    await objects.putBlob({ name: forged }, new Uint8Array([1, 2, 3]));
    await expect(store.get(forged)).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('keeps what it has put whole when the last answer about it is lost', async () => {
    const { port, way } = await losingTheAnswerTo(/PUB \$O\.squad-artifacts\.M\./, server.port);
    const lossy = await connect({ servers: `127.0.0.1:${port}`, user: 'u0', pass: 'p0' });
    const bytes = new Uint8Array(randomBytes(300_000));
    const hash = await (await openNatsArtifactStore(lossy)).put(bytes);
    const other = await openNatsArtifactStore(nc);
    expect(hashBytes(await other.get(hash))).toBe(hash);
    await lossy.close();
    way.close();
  }, 30_000);

  it('says that an artifact is corrupt, and does not wait, when its chunks are gone', async () => {
    const store = await openNatsArtifactStore(nc);
    const hash = await store.put(new Uint8Array(randomBytes(200_000)));
    const info = await (await new Objm(nc).open('squad-artifacts')).info(hash);
    const filter = `$O.squad-artifacts.C.${info!.nuid}`;
    await nc.request('$JS.API.STREAM.PURGE.OBJ_squad-artifacts', JSON.stringify({ filter }));
    await expect(store.get(hash)).rejects.toMatchObject({ code: 'corrupt' });
  }, 30_000);

  it('is read by any client of the object store', async () => {
    const bytes = new Uint8Array(randomBytes(300_000));
    const hash = await (await openNatsArtifactStore(nc)).put(bytes);
    const objects = await new Objm(nc).open('squad-artifacts');
    expect(hashBytes((await objects.getBlob(hash))!)).toBe(hash);
    expect((await objects.list()).find(({ name }) => name === hash)).toMatchObject({ size: 300_000, chunks: 3 });
  });

  it('answers a put and a get that a killed server left unanswered, when it is back', async () => {
    const store = await openNatsArtifactStore(nc);
    const kept = new Uint8Array(randomBytes(300_000));
    const hash = await store.put(kept);
    const late = new Uint8Array(randomBytes(2_000_000));
    const answers = Promise.all([store.put(late), store.get(hash), store.has(hash)]);
    await server.kill();
    await server.start();
    const [put, got, has] = await answers;
    expect([put, hashBytes(got), has]).toEqual([hashBytes(late), hash, true]);
    expect(hashBytes(await store.get(put))).toBe(put);
  }, 240_000);
});
