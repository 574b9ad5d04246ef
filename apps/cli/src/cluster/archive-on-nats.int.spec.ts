import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anyNatsServer, startNatsServer, WITHOUT_NATS, type NatsServer } from '@squados/event-log/testing';
import { loadInput } from '../input/load-input.js';
import { FAILING } from '../testing/shop.js';
import { squadosHere, type Heard } from '../testing/squados-here.js';
import { TempFolder } from '../testing/temp-folder.js';
import { createProject } from '../use-cases/create-project.js';
import { agentsOf, soloPolicy } from '../use-cases/run-options.js';
import { openNatsWriter } from './nats-place.js';

const program = anyNatsServer();
const describeHere = program === undefined ? describe.skip : describe;
const by = { kind: 'person', name: 'tester' } as const;

describeHere(`archiving a project of a server${program === undefined ? WITHOUT_NATS : ''}`, () => {
  const folder = new TempFolder();
  let server: NatsServer;
  const at = (account: number, ...args: readonly string[]): Promise<Heard> =>
    squadosHere([...args, '--nats', `nats://u${account}:p${account}@127.0.0.1:${server.port}`], { cwd: folder.path });

  const record = async (file: string): Promise<void> => {
    const input = await loadInput(folder.path, [file], false);
    const project = { input, agents: agentsOf(undefined), policy: soloPolicy({}), by };
    const writer = await openNatsWriter(server.access(0));
    const recording = createProject({ project, input, state: { kind: 'new' } })(writer.source);
    await recording.finally(() => writer.close());
  };

  beforeAll(async () => {
    server = await startNatsServer(program!);
    folder.put('shop.json', FAILING);
    folder.put('bakery.json', FAILING.replace('Corner shop', 'Bakery').replace('corner-shop', 'bakery'));
    await record('shop.json');
    await record('bakery.json');
    await at(0, 'skip', 'PROD-001', '--project', 'bakery');
  }, 60_000);
  afterAll(async () => {
    await server.dispose();
    folder.remove();
  });

  it('moves it into a file and back to its own places, and leaves the others alone', async () => {
    const before = await at(0, 'events', '--json', '--project', 'bakery');
    const heard = await at(0, 'archive', 'bakery', '--to', 'bakery.archive', '--force', '--json');
    expect(heard).toMatchObject({ code: 0, stderr: '' });
    expect(heard.json()).toMatchObject({ commits: 3, purged: 3, artifacts: 1 });

    expect((await at(0, 'status', '--json')).json()).toMatchObject({ title: 'Corner shop' });
    const gone = await at(0, 'status', '--project', 'bakery');
    expect(gone).toMatchObject({ code: 2, stderr: expect.stringContaining('project bakery was archived on') });
    await expect(record('bakery.json')).rejects.toThrow('its name is not used again');
    expect((await at(0, 'events', '--verify')).stdout).toMatch(/^sound: /m);
    expect((await at(0, 'archive', 'bakery', '--to', 'bakery.archive', '--json')).json()).toMatchObject({ purged: 0 });

    for (let times = 0; times < 2; times++)
      expect(await at(1, 'restore', 'bakery.archive')).toMatchObject({ code: 0, stderr: '' });
    const after = await at(1, 'events', '--json');
    expect(after.json()).toEqual(before.json());
    expect((await at(1, 'events', '--verify')).stdout).toMatch(/^sound: 3 commits/m);
    expect((await squadosHere(['restore', 'bakery.archive', '--data', 'b'], { cwd: folder.path })).code).toBe(0);
    const local = await squadosHere(['events', '--json', '--data', 'b'], { cwd: folder.path });
    expect(local.json()).toEqual(before.json());
  }, 60_000);

  it('restores nothing beside what is there', async () => {
    const heard = await at(0, 'restore', 'bakery.archive');
    expect(heard.code).toBe(2);
    expect(heard.stderr).toMatch(/holds other commits|services use the stream/); // a reader's consumer may not be gone yet
    expect((await at(0, 'events', '--verify', '--project', 'corner-shop')).stdout).toMatch(/^sound: /m);
  }, 30_000);
});
