import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { LOG_STREAM } from '@squados/contracts';
import { anyNatsServer, startNatsServer, WITHOUT_NATS, type NatsServer } from '@squados/event-log/testing';
import { loadInput } from '../input/load-input.js';
import { FAILING } from '../testing/shop.js';
import { squadosHere, type Heard } from '../testing/squados-here.js';
import { TempFolder } from '../testing/temp-folder.js';
import { createProject } from '../use-cases/create-project.js';
import { projectOnNats } from '../use-cases/run-on-nats.js';
import { openNatsWriter } from './nats-place.js';

const program = anyNatsServer();
const describeHere = program === undefined ? describe.skip : describe;

describeHere(`commands about a project on NATS${program === undefined ? WITHOUT_NATS : ''}`, () => {
  const folder = new TempFolder();
  let server: NatsServer;
  const urlOf = (account: number, password = `p${account}`): string =>
    `nats://u${account}:${password}@127.0.0.1:${server.port}`;
  const at = (url: string, ...args: readonly string[]): Promise<Heard> =>
    squadosHere([...args, '--nats', url], { cwd: folder.path });
  const look = (...args: readonly string[]): Promise<Heard> => at(urlOf(0), ...args);

  const record = async (file: string): Promise<void> => {
    const input = await loadInput(folder.path, [file], false);
    const project = projectOnNats({ env: { SQUADOS_USER: 'tester' } }, input, { budget: '2.50' });
    const writer = await openNatsWriter(server.access(0));
    await createProject({ project, input, state: { kind: 'new' } })(writer.source);
    await writer.close();
  };

  beforeAll(async () => {
    server = await startNatsServer(program!);
    folder.put('shop.json', FAILING);
    folder.put('bakery.json', FAILING.replace('Corner shop', 'Bakery').replace('corner-shop', 'bakery'));
    await record('shop.json');
  }, 60_000);
  afterAll(async () => {
    await server.dispose();
    folder.remove();
  });

  it('look at it as at a folder', async () => {
    const status = await look('status', '--cards');
    expect(status.code).toBe(0);
    expect(status.stdout).toContain(`Corner shop  running (on nats://127.0.0.1:${server.port})`);
    expect((await look('status', '--json')).json()).toMatchObject({ tally: { cards: 3 }, open: [] });
    expect((await look('why', 'PROD-001')).stdout).toContain('PROD-001');
    expect((await look('dlq')).stdout).toBe('no dead letters\n');
    expect((await look('events', '--type', 'CardsAdded', '--json')).json()).toHaveLength(1);
    expect((await look('events', '--verify')).stdout).toMatch(/^sound: /m);
    expect((await look('export')).stdout).toContain('ARCH-002');
    expect((await look('cost', '--json')).json()).toMatchObject({ cost: { limitNanoUsd: 2_500_000_000 } });
  });

  it('decide about it, and what they record can be seen at once', async () => {
    expect(await look('pause', '--reason', 'lunch')).toMatchObject({ code: 0, stderr: '' });
    expect((await look('status', '--json')).json()).toMatchObject({ status: 'paused' });
    expect((await look('resume')).code).toBe(0);
    expect((await look('budget', '--usd', '4')).stdout).toContain('the project may cost $4.00');
    expect((await look('cost')).stdout).toContain('of $4.00');
    expect((await look('skip', 'PROD-001')).stdout).toContain('PROD-001 skipped');
    expect((await look('status', '--json')).json()).toMatchObject({ cards: [{ state: 'SKIPPED' }, {}, {}] });
    const refused = await look('retry', 'ARCH-002');
    expect(refused.code).toBe(2);
    expect((await look('skip', 'NOPE-1')).stderr).toContain('there is no card "NOPE-1"');
  });

  it('take one of several projects, and ask which', async () => {
    await record('bakery.json');
    const which = await look('status');
    expect(which.code).toBe(2);
    expect(which.stderr).toContain('name one with --project: corner-shop, bakery');
    const bakery = await look('status', '--project', 'bakery', '--json');
    expect(bakery.json()).toMatchObject({ title: 'Bakery', cards: [{ state: 'TODO' }, {}, {}] });
    expect((await look('status', '--project', 'nobody')).stderr).toContain('there is no project nobody');
  });

  it.each([
    ['no address', () => 'http://me:hunter2@host', 'no address of a NATS server'],
    ['nobody there', () => 'nats://me:hunter2@127.0.0.1:1', 'no NATS server answered at 127.0.0.1:1'],
    ['a wrong password', () => urlOf(0, 'hunter2'), 'does not accept these credentials'],
    ['a log that nobody made', () => urlOf(1), 'start the orchestrator'],
  ])(
    'say in one line what is wrong, without the password: %s',
    async (_, url, words) => {
      const { code, stderr } = await at(url(), 'status');
      expect(code).toBe(2);
      expect(stderr).toMatch(/^squados: [^\n]+\n( {2}[^\n]+\n)*$/);
      expect(stderr).toContain(words);
      expect(stderr).not.toContain('hunter2');
    },
    20_000,
  );

  it('refuse a stream that would lose data, and a server without JetStream, before anything is recorded', async () => {
    const nc = await connect({ servers: `127.0.0.1:${server.port}`, user: 'u2', pass: 'p2' });
    const jsm = await jetstreamManager(nc);
    await jsm.streams.add({ name: LOG_STREAM, subjects: ['squad.*.*.*.*'], max_age: 3_600_000_000_000 });
    await nc.close();
    const unsafe = await at(urlOf(2), 'run', 'shop.json', '--yes', '--exit');
    expect(unsafe.code).toBe(2);
    expect(unsafe.stderr).toMatch(/^squados: the stream SQUAD_LOG cannot hold the log: .*max_age.*nats stream edit/);
    const bare = await startNatsServer(program!, { jetstream: false });
    const none = await at(`nats://u0:p0@127.0.0.1:${bare.port}`, 'run', 'shop.json', '--yes', '--exit');
    await bare.dispose();
    expect(none.code).toBe(2);
    expect(none.stderr).toMatch(/^squados: .*JetStream/);
  }, 30_000);
});
