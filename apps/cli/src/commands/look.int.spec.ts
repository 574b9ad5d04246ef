import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  agentName,
  cardId,
  decidedLane,
  position,
  projectId,
  projectLane,
  revision,
  stampEvent,
} from '@squados/contracts';
import { existsSync, readFileSync } from 'node:fs';
import { recordLog } from '../testing/record-log.js';
import { FAILING } from '../testing/shop.js';
import { squadosHere, type Heard } from '../testing/squados-here.js';
import { TempFolder } from '../testing/temp-folder.js';
import { soloPolicy } from '../use-cases/run-options.js';

const folder = new TempFolder();
const look = (...args: readonly string[]): Promise<Heard> =>
  squadosHere([...args, '--data', 'd'], { cwd: folder.path });
let run: Heard;

const STAMP = { id: 'e1', time: '2026-01-02T03:04:05.678Z', source: 'spec', subject: 'P' };

/** One project, run once: a card that is done, one given up, one blocked by it. */
beforeAll(async () => {
  folder.put('bad.json', FAILING);
  run = await look('run', 'bad.json', '--yes', '--exit');
});
afterAll(() => folder.remove());

describe('a run that ends with a dead letter', () => {
  it('tells its story line by line, then the first failure, then what to do; exit code 3', () => {
    expect(run.code).toBe(3);
    expect(run.stdout).toMatch(/\d\d:\d\d:\d\d {2}corner-shop {2}project started: Corner shop/);
    expect(run.stdout).toMatch(/PROD-001 +completed, 1 files? by offline/);
    for (const part of ['ARCH-002 failed in attempt 1', 'min 40 > max 12', 'place    RF001', 'squados.log'])
      expect(run.stdout).toContain(part);
    expect(run.stdout).toContain('cards     3: 1 done, 1 blocked, 1 dead-lettered');
    expect(run.stdout).toMatch(/next {6}.*squados why ARCH-002 --data \S+\n +.*squados retry ARCH-002 --data/);
    expect(run.stderr).toContain('cards: 3, 2 dependencies, 1 ready at first');
  });
});

describe('squados status', () => {
  it('counts the states per agent and lists the cards', async () => {
    const { code, stdout } = await look('status', '--cards');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Corner shop {2}running \(no process runs it: .*squados up.*\)$/m);
    expect(stdout).toContain('  cards  3: 1 done, 1 blocked, 1 dead-lettered');
    expect(stdout).toMatch(/^ {2}product +2: 1 done, 1 blocked$/m);
    expect(stdout).toMatch(/^ARCH-002 {2}arch +DEAD_LETTERED +1 {2}Title of ARCH-002$/m);
  });

  it('is one JSON document with tally, failure and cards', async () => {
    const heard = await look('status', '--json');
    expect(heard.stderr).toBe('');
    expect(heard.json()).toMatchObject({
      status: 'waits for a person',
      running: false,
      settled: true,
      tally: { cards: 3, attempts: 2, deadLetters: ['ARCH-002'], byState: { DONE: 1, BLOCKED: 1 } },
      failure: { card: 'ARCH-002', code: 'contradiction', place: 'RF001, line 3' },
      cards: [{ id: 'PROD-001', state: 'DONE' }, { id: 'ARCH-002' }, { id: 'PROD-003', state: 'BLOCKED', attempt: 0 }],
    });
  });

  it('finds the folder used last under ./.squados, and says when there is none', async () => {
    const other = new TempFolder();
    try {
      other.put('shop.json', FAILING);
      const none = await squadosHere(['status'], { cwd: other.path });
      expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no SquadOS log here') });
      await squadosHere(['import', 'shop.json'], { cwd: other.path });
      const found = await squadosHere(['status', '--json'], { cwd: other.path });
      expect(found.json()).toMatchObject({ data: other.at('.squados', 'shop'), tally: { cards: 3 } });
    } finally {
      other.remove();
    }
  });
});

describe('squados why', () => {
  it('tells of a dead letter: reason, attempt, place, decisions', async () => {
    const { stdout } = await look('why', 'ARCH-002');
    expect(stdout).toMatch(/^dead-lettered: terminal: contradiction/m);
    for (const part of [
      'Attempt 1',
      'Needed by\n  PROD-003',
      'Depends on\n  PROD-001  DONE',
      'CardEscalated: to nobody',
    ])
      expect(stdout).toContain(part);
  });

  it('tells of a card that is done: every gate with its command, and the artifacts with their hashes', async () => {
    const { stdout } = await look('why', 'PROD-001');
    expect(stdout).toMatch(/✓ product-schema pass/);
    expect(stdout).toMatch(/^ {2}[0-9a-f]{64} {2}produto\/specs\/PROD-001\/spec\.md$/m);
    expect(stdout).toContain('import by person tester');
    expect((await look('why', 'PROD-003')).stdout).toContain('blocked: it cannot start: ARCH-002');
  });

  it('is an audit page as JSON', async () => {
    const page = (await look('why', 'PROD-001', '--json')).json();
    expect(page).toMatchObject({
      card: { state: 'DONE' },
      record: { attempts: [{ end: { kind: 'completed' } }] },
      neededBy: ['ARCH-002'],
    });
  });

  it('an unknown card ends with 2 and the ids that look like it', async () => {
    const near = await look('why', 'prod1');
    expect(near).toMatchObject({ code: 2, stdout: '' });
    expect(near.stderr).toContain('did you mean PROD-001?');
    expect((await look('why', 'NOPE')).stderr).toContain('squados status --cards lists them');
  });
});

interface EventRow {
  readonly position: number;
  readonly lane: string;
  readonly event: { readonly type: string };
}

describe('squados events', () => {
  const types = (rows: readonly EventRow[]): string[] => rows.map((row) => row.event.type);

  it('prints the log in its order, one line per event', async () => {
    const lines = (await look('events')).stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^ {6}1\.0 {2}\S+Z {2}corner-shop +ProjectStarted +project started: Corner shop$/);
    expect(lines.filter((line) => line.includes('CardEnqueued'))).toHaveLength(2);
  });

  it('filters by card, agent and type, from a position, and stops at a limit', async () => {
    const one = (await look('events', '--card', 'ARCH-002', '--json')).json<EventRow[]>();
    expect(one.every((row) => row.lane.includes('ARCH-002'))).toBe(true);
    expect(types(one)).toEqual(expect.arrayContaining(['CardEnqueued', 'CardFailed', 'CardDeadLettered']));
    const arch = (await look('events', '--agent', 'arch', '--json')).json<EventRow[]>();
    expect(arch).toEqual(one);
    const failed = (await look('events', '--type', 'CardFailed', 'CardDeadLettered', '--json')).json<EventRow[]>();
    expect(types(failed)).toEqual(['CardFailed', 'CardDeadLettered']);
    const later = (await look('events', '--after', '3', '--limit', '2', '--json')).json<EventRow[]>();
    expect(later.map((row) => row.position)).toEqual([4, 5]);
    expect((await look('events', '--card', 'NOPE', '--json')).json<EventRow[]>()).toEqual([]);
    for (const limit of [0, 1, 5, 6, 7, 8])
      expect((await look('events', '--limit', `${limit}`, '--json')).json<EventRow[]>()).toHaveLength(limit);
  });

  it('refuses what is no number', async () => {
    const heard = await look('events', '--limit', 'many');
    expect(heard).toMatchObject({ code: 2, stderr: 'squados: --limit: "many" is not a whole number\n' });
  });

  it('--verify finds the log sound and says what it looked at', async () => {
    const { code, stdout } = await look('events', '--verify');
    expect(code).toBe(0);
    expect(stdout.match(/^✓ /gm)?.length).toBe(3);
    expect(stdout).toMatch(/^sound: \d+ commits, \d+ events, 3 cards, 0 harmless races$/m);
    expect((await look('events', '--verify', '--json')).json()).toMatchObject({ sound: true, cards: 3 });
  });
});

describe('squados replay', () => {
  it('shows the board as of a position', async () => {
    const { stdout } = await look('replay', '--to', '2', '--cards');
    expect(stdout).toContain('running, as of position 2');
    expect(stdout).toContain('cards  3: 3 to do');
    expect(stdout).toMatch(/^PROD-003 {2}TODO +0$/m);
    expect((await look('replay', '--to', '1', '--json')).json()).toMatchObject({ position: 1, total: 0, cards: [] });
  });

  it('shows the board as of a time, and the whole without one', async () => {
    const [first] = (await look('events', '--json')).json<{ event: { time: string } }[]>();
    const begin = (await look('replay', '--to', String(first?.event.time), '--json')).json();
    expect(begin['byState']).not.toHaveProperty('DONE');
    expect((await look('replay', '--json')).json()).toMatchObject({ byState: { DONE: 1, DEAD_LETTERED: 1 } });
  });

  it('before the first event there is no project; nonsense is refused', async () => {
    expect(await look('replay', '--to', '1999-01-01T00:00:00Z')).toMatchObject({ code: 2 });
    const nonsense = await look('replay', '--to', 'yesterday');
    expect(nonsense.code).toBe(2);
    expect(nonsense.stderr).toContain('--to: "yesterday" is neither a position nor a time\n  for example: --to 120');
  });
});

describe('squados export', () => {
  it('prints the backlog in the words of its file, with today’s states', async () => {
    const backlog = (await look('export')).json<{ project: string; cards: { card_id: string; status: string }[] }>();
    expect(backlog.project).toBe('Corner shop');
    expect(backlog.cards.map((card) => card.card_id)).toEqual(['PROD-001', 'ARCH-002', 'PROD-003']);
    expect(backlog.cards[0]?.status).toBe('DONE');
  });

  it('writes it to a file and says where', async () => {
    const heard = await look('export', '--output', 'kept.json');
    expect(heard).toMatchObject({ code: 0, stdout: '', stderr: `wrote ${folder.at('kept.json')}\n` });
    expect(readFileSync(folder.at('kept.json'), 'utf8').trimEnd()).toBe((await look('export')).stdout.trimEnd());
    const json = await look('export', '--output', 'kept.json', '--json');
    expect(json.json()).toEqual({ file: folder.at('kept.json'), cards: 3 });
  });

  it('a place that cannot be written is no bug of ours', async () => {
    const heard = await look('export', '--output', 'bad.json/x');
    expect(heard.code).toBe(2);
    expect(heard.stderr).toContain('a part of the path is a file');
  });
});

describe('squados dlq', () => {
  it('tells each dead letter and how to try again; exit code 3', async () => {
    const { code, stdout, stderr } = await look('dlq');
    expect(code).toBe(3);
    expect(stdout).toMatch(/^ARCH-002 failed in attempt 1/);
    expect(stderr).toContain(`retry <card> --data ${folder.at('d')}   (or --dead for all 1)`);
    const json = await look('dlq', '--json');
    expect(json.code).toBe(3);
    expect(json.json()).toMatchObject({ deadLetters: [{ card: 'ARCH-002', code: 'contradiction' }], parked: [] });
  });

  it('lists what nobody can read beside them, with its place and its bytes', async () => {
    const other = new TempFolder();
    try {
      const lane = decidedLane({ project: projectId('P'), agent: agentName('product'), card: cardId('PROD-1') });
      const data = { title: 'Parking', agents: [agentName('product')], policy: soloPolicy({}) };
      const start = stampEvent({ type: 'ProjectStarted', data }, STAMP);
      await recordLog(other.at('d'), [
        { lane: projectLane(projectId('P')), position: position(1), revision: revision(1), events: [start] },
        { lane, position: position(2), revision: revision(2), events: [{ mischief: 'x' } as never] },
      ]);
      const told = await squadosHere(['dlq', '--data', 'd'], { cwd: other.path });
      expect(told.code).toBe(3);
      expect(told.stdout).toContain('parked: position 2 of the log, for PROD-1: specversion is not "1.0"');
      expect(told.stdout).toContain('bytes    {"mischief":"x"}');
    } finally {
      other.remove();
    }
  });
});

describe('squados watch', () => {
  it('ends with what the project came to, also as JSON', async () => {
    const told = await look('watch', '--exit');
    expect(told.code).toBe(3);
    expect(told.stdout).toContain('Corner shop  waits for a person');
    const json = await look('watch', '--exit', '--json');
    expect(json.json()).toMatchObject({ tally: { deadLetters: ['ARCH-002'] } });
  });
});

describe('squados doctor', () => {
  it('names node, disk, folder, lock and every gate', async () => {
    const { code, stdout } = await look('doctor');
    expect(code).toBe(0);
    for (const name of ['node', 'machine', 'disk', 'data folder', 'lock', 'gate openapi-lint'])
      expect(stdout).toMatch(new RegExp(`^[✓·] ${name} `, 'm'));
    expect(stdout).toContain('nobody runs this folder');
  });

  it('asks about a folder that is not there yet without making it', async () => {
    const heard = await squadosHere(['doctor', '--data', 'none/yet', '--json'], { cwd: folder.path });
    const { checks } = heard.json<{ checks: { name: string; says: string }[] }>();
    expect(checks.find((check) => check.name === 'data folder')?.says).toContain('to be made');
    expect(existsSync(folder.at('none'))).toBe(false);
  });
});

describe('going on with a folder', () => {
  it('up runs what is left and ends alike', async () => {
    const heard = await look('up', '--exit', '--json');
    expect(heard.code).toBe(3);
    expect(heard.json()).toMatchObject({ status: 'waits for a person' });
  });

  it('run says that it goes on; another input is refused with the ways out', async () => {
    const again = await look('run', 'bad.json', '--yes', '--exit', '--json');
    expect(again.stderr).toContain('3 cards are recorded');
    folder.put('other.json', FAILING.replace('Corner shop', 'Bakery'));
    const other = await look('run', 'other.json', '--yes');
    expect(other.code).toBe(2);
    expect(other.stderr).toContain('this folder holds another input (project corner-shop: Corner shop)');
    expect(other.stderr).toContain('--fresh');
  });
});
