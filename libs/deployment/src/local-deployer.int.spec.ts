import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Deployer, DeployOutcome } from './deployer.port.js';
import { createLocalDeployer } from './local-deployer.js';
import { buildEntries } from './testing/build-entries.js';
import { deployerOptions, layPrograms, release, type FakePlace } from './testing/fake-workshop.js';
import type { ProductPlan } from './product-plan.js';
import { Witness } from './testing/witness.js';

let [supervisorFile, deployingFile]: readonly (string | undefined)[] = [];
beforeAll(async () => {
  [supervisorFile, deployingFile] = await buildEntries('supervisor-entry', 'deploying-entry');
}, 240_000);
afterAll(() => {
  for (const file of [supervisorFile, deployingFile]) rmSync(file ?? '', { force: true });
});

let dir = '';
let place: FakePlace;
let witness: Witness;
let deployer: Deployer;
const others: ChildProcess[] = [];
const strangers: Server[] = [];
const never = new AbortController().signal;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'squados-deployer-'));
  chmodSync(dir, 0o755); // the product's account walks through it
  witness = await Witness.open();
  const [root, programs] = [join(dir, 'run'), join(dir, 'programs')];
  layPrograms(programs);
  place = { root, programs, supervisorFile: supervisorFile ?? '', witnessPort: witness.port };
  deployer = createLocalDeployer(deployerOptions(place));
});
afterEach(async () => {
  for (const child of others.splice(0)) child.kill('SIGKILL');
  for (const stranger of strangers.splice(0)) stranger.close();
  await deployer.down();
  witness.close();
  rmSync(dir, { recursive: true, force: true });
});

/** A process that deploys and stays. */
const deploying = (): ChildProcess => {
  const child = spawn(process.execPath, [deployingFile ?? '', JSON.stringify(place)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  others.push(child);
  return child;
};

const outcomeOf = async (child: ChildProcess): Promise<DeployOutcome> => {
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  return JSON.parse(line.toString('utf8')) as DeployOutcome;
};

const up = (outcome: DeployOutcome) => {
  if (outcome.kind !== 'up') throw new Error(JSON.stringify(outcome));
  return outcome;
};
const textAt = (url: string): Promise<string> => fetch(url).then((response) => response.text());

describe('deploying on this machine', () => {
  it('starts the same product once, and says the same of it when it is asked again', async () => {
    const first = up(await deployer.deploy(release(), never));
    const again = up(await deployer.deploy({ ...release(), key: 'p/DEPLOY-001/2' }, never));
    expect({ first: first.adopted, again: again.adopted }).toEqual({ first: false, again: true });
    expect(again.status).toEqual(first.status);
    expect(first.status.store).toBe('postgres of a test');
    expect(witness.count('store')).toBe(1);
    const other = up(await deployer.deploy(release('another'), never));
    expect(other.adopted).toBe(false);
    await (
      await witness.saw('store', 1)
    ).gone;
    expect(witness.count('initdb')).toBe(1);
  }, 240_000);

  it('nothing of the product outlives the process that deployed it, and the next one starts it with the same data and addresses', async () => {
    const first = deploying();
    const { status } = up(await outcomeOf(first));
    const database = await textAt(status.addresses.health);
    const running = [await witness.saw('store'), await witness.saw('backend')];
    first.kill('SIGKILL');
    await Promise.all(running.map(({ gone }) => gone));
    const second = up(await deployer.deploy(release(), never));
    expect(second.adopted).toBe(false);
    expect(second.status.addresses).toEqual(status.addresses);
    expect(await textAt(second.status.addresses.health)).toBe(database);
  }, 240_000);

  it('a database that was killed half made is made again', async () => {
    writeFileSync(join(place.programs, 'hang'), '');
    const first = deploying();
    const initdb = await witness.saw('initdb');
    first.kill('SIGKILL');
    await initdb.gone;
    rmSync(join(place.programs, 'hang'));
    up(await deployer.deploy(release(), never));
    expect(readdirSync(join(place.root, 'product/home'))).not.toContain('pgdata.new');
  }, 240_000);

  it('a supervisor that is killed in the middle of the start is started again', async () => {
    const deployed = deployer.deploy(release(), never);
    const store = await witness.saw('store');
    process.kill((await deployer.status())?.pid ?? 0, 'SIGKILL');
    await store.gone;
    expect(up(await deployed)).toMatchObject({ adopted: false });
    expect(witness.count('store')).toBe(2);
  }, 240_000);

  it('taking down ends a deployment that is under way', async () => {
    writeFileSync(join(place.programs, 'hang'), '');
    const deployed = deployer.deploy(release(), never);
    const initdb = await witness.saw('initdb');
    expect(await deployer.down()).toBe(false);
    expect(await deployed).toEqual({ kind: 'aborted' });
    await initdb.gone;
    expect(existsSync(join(place.root, 'product/product.json'))).toBe(false);
    expect(await deployer.resume(never)).toBeUndefined();
  }, 240_000);

  /** Another program takes a port after it was chosen and before the product listens on it: while its migrations run. */
  const takenMeanwhile = async (portOf: (plan: ProductPlan) => number, times: number): Promise<readonly number[]> => {
    const taken: number[] = [];
    for (let i = 1; i <= times; i++) {
      await witness.saw('store', i);
      const plan = JSON.parse(readFileSync(join(place.root, 'product/product.json'), 'utf8')) as ProductPlan;
      const stranger = createServer();
      strangers.push(stranger);
      await once(stranger.listen(portOf(plan), '127.0.0.1'), 'listening');
      taken.push(portOf(plan));
      rmSync(join(place.programs, 'hold'));
      if (i === times) break;
      await (
        await witness.saw('store', i)
      ).gone;
      writeFileSync(join(place.programs, 'hold'), '');
    }
    return taken;
  };

  it.each([
    ['page', ({ front }: ProductPlan) => front.port],
    ['backend', ({ front }: ProductPlan) => front.backendPort],
  ])(
    'a port of the %s that another program takes meanwhile is chosen again, and that is said',
    async (_of, portOf) => {
      writeFileSync(join(place.programs, 'hold'), '');
      const deployed = deployer.deploy(release(), never);
      const [taken = 0] = await takenMeanwhile(portOf, 1);
      const { status, notes } = up(await deployed);
      expect(notes).toEqual([expect.stringMatching(`took port ${taken}; the product uses \\d+ instead`)]);
      expect(status.addresses.product).not.toContain(`:${taken}/`);
      expect(await textAt(status.addresses.product)).toContain('root');
      expect(await textAt(status.addresses.health)).toContain('postgresql://');
    },
    60_000,
  );

  it('is given up, with the ports in its words, when that happens four times in a row', async () => {
    writeFileSync(join(place.programs, 'hold'), '');
    const deployed = deployer.deploy(release(), never);
    const taken = await takenMeanwhile(({ front }) => front.port, 4);
    expect(new Set(taken).size).toBe(4);
    expect(await deployed).toMatchObject({
      kind: 'failed',
      process: 'ports',
      message: expect.stringMatching(`took port ${taken.at(-1)} .* 4 times in a row; end it, then retry`),
    });
  }, 60_000);

  it('an address that another program holds when the product is taken up again is named, not moved', async () => {
    const { status } = up(await deployer.deploy(release(), never));
    await deployer.down();
    const port = Number(new URL(status.addresses.product).port);
    const stranger = createServer();
    strangers.push(stranger);
    await once(stranger.listen(port, '127.0.0.1'), 'listening');
    expect(await deployer.resume(never)).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining(`port ${port}`),
    });
  }, 60_000);
});
