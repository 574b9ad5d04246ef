import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { completed, failed, policy, Scenario, spec, started, startProject, verdict } from '@squados/board/testing';
import { cardId, manifestHash, sha256, type DraftEvent } from '@squados/contracts';
import { answering } from '../testing/answering.js';
import { backlogText, fileCard } from '../testing/shop.js';
import { recordLog } from '../testing/record-log.js';
import { squadosHere, type Heard, type Place } from '../testing/squados-here.js';
import { TempFolder } from '../testing/temp-folder.js';

let folder: TempFolder;
const say = (args: readonly string[], place: Partial<Place> = {}): Promise<Heard> =>
  squadosHere([...args, '--data', 'd'], { cwd: folder.path, ...place });
const states = async (): Promise<Record<string, string>> => {
  const { cards } = (await say(['status', '--json'])).json<{ cards: { id: string; state: string }[] }>();
  return Object.fromEntries(cards.map(({ id, state }) => [id, state]));
};

/** With the hash that its manifest really has. */
const soundly = (draft: DraftEvent): DraftEvent =>
  draft.type === 'CardCompleted'
    ? { type: draft.type, data: { ...draft.data, manifestHash: manifestHash(draft.data.manifest) } }
    : draft;

/** Recorded as a run would have: A is done, B (on A) was given up, C (on B) is blocked, D is to do. */
const recorded = (end: DraftEvent = soundly(completed(1))): Scenario => {
  const scenario = Scenario.of([
    spec('A'),
    spec('B', { dependencies: ['A'] }),
    spec('C', { dependencies: ['B'] }),
    spec('D', { priority: 'LOW' }),
  ]);
  scenario.step({ window: () => 1 }).says('A', started(1), end);
  scenario.step({ window: () => 1 }).says('B', started(1), failed(1, { kind: 'terminal', message: 'contradiction' }));
  scenario.append(scenario.planned({ window: () => 0 }));
  return scenario;
};

/** A is complete, and its gate could not run. */
const held = (): Scenario => {
  const scenario = Scenario.of([spec('A')]).step();
  return scenario.says('A', started(1), verdict(1, { outcome: 'refer' }), soundly(completed(1)));
};

/** Complete, on its way to production, and both roles are asked. */
const deploying = (): Scenario => {
  const approvals = [{ target: 'production' as const, roles: ['product-owner', 'tech-lead'] }];
  const deploy = spec('DEPLOY-1', { type: 'deploy', extra: { target: 'production' } });
  const scenario = Scenario.of([deploy], startProject({ policy: policy({ approvals }) })).step();
  return scenario.says('DEPLOY-1', started(1), soundly(completed(1))).step();
};

beforeEach(async () => {
  folder = new TempFolder();
  await recordLog(folder.at('d'), recorded().log.commits);
});
afterEach(() => folder.remove());

describe('deciding on a folder that nobody runs', () => {
  it('starts from what was recorded', async () => {
    expect(await states()).toEqual({ A: 'DONE', B: 'DEAD_LETTERED', C: 'BLOCKED', D: 'TODO' });
  });

  it('skip lets the dependents go on and says that nothing runs', async () => {
    const heard = await say(['skip', 'B', '--reason', 'by hand']);
    expect(heard).toMatchObject({ code: 0, stdout: 'B skipped\n' });
    expect(heard.stderr).toMatch(/^recorded; nothing runs now\. Go on with: .*squados up --data \S+\n$/);
    expect(await states()).toMatchObject({ B: 'SKIPPED', C: 'TODO' });
    const why = (await say(['why', 'B'])).stdout;
    expect(why).toContain('skipped (assumed): by hand');
    expect(why).toContain('CardSkipped by person tester: by hand');
  });

  it('retry takes names or --dead, and refuses neither', async () => {
    const none = await say(['retry']);
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('no card was named') });
    const heard = await say(['retry', '--dead', '--json']);
    expect(heard.json()).toMatchObject({ project: 'demo', recorded: [{ card: 'B', via: 'log' }] });
    expect(await states()).toMatchObject({ B: 'TODO', C: 'TODO' });
    expect((await say(['dlq'])).stdout).toBe('no dead letters\n');
    expect((await say(['dlq'])).code).toBe(0);
  });

  it('a card that is in no state for it is refused, and nothing is recorded', async () => {
    const before = (await say(['events'])).stdout;
    expect(await say(['retry', 'A'])).toMatchObject({ code: 2, stdout: '' });
    expect(await say(['skip', 'NOPE'])).toMatchObject({ code: 2, stdout: '' });
    const json = await say(['retry', 'D', '--json']);
    expect(json.json()).toMatchObject({ error: { exitCode: 2, code: 'wrong-state' } });
    expect((await say(['events'])).stdout).toBe(before);
  });

  it('pause and resume are recorded with who and why; a second pause is refused', async () => {
    expect(await say(['pause', '--now', '--reason', 'wrong document'])).toMatchObject({
      code: 0,
      stdout: 'paused: nothing more is enqueued\n',
    });
    expect((await say(['status'])).stdout).toContain('Demo  paused');
    expect((await say(['events', '--type', 'ProjectPaused'])).stdout).toContain(
      'paused by tester at once: wrong document',
    );
    expect((await say(['pause'])).code).toBe(2);
    expect((await say(['resume', '--json'])).json()).toMatchObject({ recorded: [{ via: 'log' }] });
    expect((await say(['status', '--json'])).json()['status']).not.toBe('paused');
  });

  it('rollback shows its reach before it asks, and does it only after a yes', async () => {
    const nobody = await say(['rollback', 'A']);
    expect(nobody).toMatchObject({ code: 2, stdout: '' });
    expect(nobody.stderr).toContain('goes back to the start: A, B');
    expect(nobody.stderr).toContain('add --yes');
    const asking = { terminal: { canAsk: true } };
    const no = await answering('n', () => say(['rollback', 'A'], asking));
    expect(no.value).toMatchObject({ code: 130, stderr: expect.stringContaining('not rolled back') });
    expect(await states()).toMatchObject({ A: 'DONE' });
    const yes = await answering('sim', () => say(['rollback', 'A', '--reason', 'misread'], asking));
    expect(yes.value).toMatchObject({ code: 0, stdout: expect.stringMatching(/^rolled back \d cards\n$/) });
    expect(await states()).toMatchObject({ A: 'TODO', B: 'TODO', C: 'TODO' });
  });

  it('rollback as JSON names the reach', async () => {
    const heard = await say(['rollback', 'A', '--yes', '--json']);
    expect(heard.stderr).toBe('');
    expect(heard.json()).toMatchObject({ project: 'demo', reach: expect.arrayContaining(['A', 'B']), via: 'log' });
  });

  it('waive lets a gate pass that a person accepts, and refuses a gate that is not open', async () => {
    await recordLog(folder.at('held'), held().log.commits);
    const at = ['--data', 'held'];
    const here = (args: readonly string[]) => squadosHere([...args, ...at], { cwd: folder.path });
    expect(await here(['waive', 'A', 'schema'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--reason'),
    });
    expect(await here(['waive', 'A', 'lint', '--reason', 'r'])).toMatchObject({ code: 2, stdout: '' });
    const heard = await here(['waive', 'A', 'schema', '--reason', 'seen by hand']);
    expect(heard).toMatchObject({ code: 0, stdout: 'A: gate schema waived\n' });
    expect((await here(['why', 'A'])).stdout).toContain('seen by hand');
    expect((await here(['status', '--json'])).json<{ cards: object[] }>().cards[0]).toMatchObject({ state: 'DONE' });
    expect(await here(['events', '--verify'])).toMatchObject({ code: 0 });
  });

  it('approve shows the manifest before it asks, records who, as what and why, and takes both roles', async () => {
    await recordLog(folder.at('held'), deploying().log.commits);
    const here = (args: readonly string[], place: Partial<Place> = {}) =>
      squadosHere([...args, '--data', 'held'], { cwd: folder.path, ...place });
    expect((await here(['why', 'DEPLOY-1'])).stdout).toMatch(
      /waits for product-owner, tech-lead, manifest [0-9a-f]{64}/,
    );
    const approve = ['approve', 'DEPLOY-1', '--role', 'tech-lead', '--reason', 'load test is fine'];
    const nobody = await here(approve);
    expect(nobody).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/manifest [0-9a-f]{64}/) });
    const no = await answering('n', () => here(approve, { terminal: { canAsk: true } }));
    expect(no.value).toMatchObject({ code: 130, stderr: expect.stringContaining('nothing was recorded') });
    const yes = await here([...approve, '--by', 'Rosa', '--yes']);
    expect(yes).toMatchObject({
      code: 0,
      stdout: 'DEPLOY-1 approved as tech-lead; it still waits for product-owner\n',
    });
    expect((await here(['why', 'DEPLOY-1'])).stdout).toContain(
      'ApprovalDecided by person Rosa: approved as tech-lead: load test',
    );
    expect((await here([...approve, '--yes'])).code).toBe(2);
    await here(['approve', 'DEPLOY-1', '--role', 'product-owner', '--reason', 'go', '--yes']);
    expect((await here(['status', '--json'])).json<{ cards: object[] }>().cards[0]).toMatchObject({ state: 'DONE' });
    expect(await here(['approve', 'DEPLOY-1', '--role', 'product-owner', '--reason', 'go', '--yes'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('waits for no approval'),
    });
    expect(await here(['events', '--verify'])).toMatchObject({ code: 0 });
  });

  it('approve --refuse leaves a failure for the run to give up, with the words', async () => {
    await recordLog(folder.at('held'), deploying().log.commits);
    const here = (args: readonly string[]) => squadosHere([...args, '--data', 'held'], { cwd: folder.path });
    const refuse = ['approve', 'DEPLOY-1', '--role', 'tech-lead', '--reason', 'not on a Friday', '--refuse', '--yes'];
    expect(await here(refuse)).toMatchObject({ code: 0, stdout: 'DEPLOY-1 refused as tech-lead\n' });
    expect((await here(['why', 'DEPLOY-1'])).stdout).toContain('not on a Friday');
  });

  describe('retry --from a corrected file', () => {
    const text = (loaves: string) => `Slots.\n\n- **loaves** (integer, ${loaves})`;
    /** PROD-002 leads to ARCH-002, which failed on the text that it took over; FE-9 was proposed by ARCH-002’s side. */
    const derived = (): Scenario => {
      const wrong = text('between 40 and 12');
      const scenario = Scenario.of([
        spec('PROD-002', { description: wrong }),
        spec('ARCH-002', { description: wrong, dependencies: ['PROD-002'], parent: cardId('PROD-002') }),
      ]).step();
      scenario.says('PROD-002', started(1), soundly(completed(1))).step();
      scenario.says('ARCH-002', started(1), failed(1, { kind: 'terminal', message: '40 > 12' }));
      return scenario.step();
    };
    const right = text('between 12 and 40');
    const here = (args: readonly string[], place: Partial<Place> = {}) =>
      squadosHere([...args, '--data', 'derived'], { cwd: folder.path, ...place });
    const stateOf = async (id: string) =>
      (await here(['status', '--json']))
        .json<{ cards: { id: string; state: string }[] }>()
        .cards.find((c) => c.id === id)?.state;
    const file = (...cards: readonly unknown[]) => folder.put('corrected.json', backlogText(cards));
    beforeEach(() => recordLog(folder.at('derived'), derived().log.commits));

    it('changes the card that it names, shows the difference, and tries it again', async () => {
      const before = { description: text('between 40 and 12') };
      const given = file(
        fileCard('PROD-002', [], { ...before, title: 'Card PROD-002', acceptance_criteria: [], requirement_ids: [] }),
        fileCard('ARCH-002', ['PROD-002'], {
          description: right,
          title: 'Card ARCH-002',
          acceptance_criteria: [],
          requirement_ids: [],
        }),
      );
      const heard = await here(['retry', 'ARCH-002', '--from', given]);
      expect(heard).toMatchObject({ code: 0, stdout: 'ARCH-002 changed; ARCH-002: it will be tried again\n' });
      expect(heard.stderr).toContain('  - - **loaves** (integer, between 40 and 12)');
      expect(heard.stderr).toContain('  + - **loaves** (integer, between 12 and 40)');
      expect([await stateOf('PROD-002'), await stateOf('ARCH-002')]).toEqual(['DONE', 'TODO']);
      expect((await here(['why', 'ARCH-002'])).stdout).toContain('CardChanged');
    });

    it('changes the card that holds the text, and what took it over, and makes both again once it is agreed', async () => {
      const given = file(
        fileCard('PROD-002', [], {
          description: right,
          title: 'Card PROD-002',
          acceptance_criteria: [],
          requirement_ids: [],
        }),
      );
      const asked = await here(['retry', 'ARCH-002', '--from', given]);
      expect(asked).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringContaining('goes back to the start: PROD-002, ARCH-002'),
      });
      const heard = await here(['retry', 'ARCH-002', '--from', given, '--yes']);
      expect(heard.stdout).toBe('PROD-002, ARCH-002 changed; ARCH-002: 2 cards go back to the start\n');
      expect([await stateOf('PROD-002'), await stateOf('ARCH-002')]).toEqual(['TODO', 'TODO']);
      const { cards } = JSON.parse((await here(['export'])).stdout) as {
        cards: { card_id: string; description: string }[];
      };
      expect(cards.map((card) => card.description)).toEqual([right, right]);
      expect(await here(['events', '--verify'])).toMatchObject({ code: 0 });
    });

    it('derives the cards of a corrected requirements document anew, as the product owner does', async () => {
      const attachments = [{ name: 'doc.md', sha256: sha256('a'.repeat(64)), bytes: 9 }];
      const scenario = Scenario.of([spec('EPIC-001', { type: 'epic', attachments })]).step();
      const design = spec('PROD-001', {
        type: 'design',
        requirementIds: ['FR-1'],
        description: 'Slots hold 40 loaves.',
      });
      scenario
        .says('EPIC-001', started(1), soundly(completed(1, { proposals: [design] })))
        .step()
        .step();
      scenario.says('PROD-001', started(1), failed(1, { kind: 'terminal' })).step();
      await recordLog(folder.at('documented'), scenario.log.commits);
      folder.put('doc.md', '# Bakery\n\n### FR-1: Slots\n\nThe system must keep slots of 12 loaves.\n');
      const at = ['--data', 'documented'];
      const heard = await squadosHere(['retry', 'PROD-001', '--from', 'doc.md', ...at], { cwd: folder.path });
      expect(heard).toMatchObject({ code: 0, stdout: 'PROD-001 changed; PROD-001: it will be tried again\n' });
      expect(heard.stderr).toContain('- Slots hold 40 loaves.');
      expect(heard.stderr).toContain('+ The system must keep slots of 12 loaves.');
    });

    it('refuses a file that says nothing new, a file that is none, and several cards', async () => {
      const same = file(fileCard('PROD-777'));
      expect(await here(['retry', 'ARCH-002', '--from', same])).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('what the log says'),
      });
      expect(await here(['retry', 'ARCH-002', '--from', 'nowhere.md'])).toMatchObject({ code: 2, stdout: '' });
      expect(await here(['retry', 'ARCH-002', 'PROD-002', '--from', same])).toMatchObject({ code: 2, stdout: '' });
      folder.put('doc.md', '### FR-1: x');
      expect(await here(['retry', 'ARCH-002', '--from', 'doc.md'])).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('not made from a requirements document'),
      });
    });
  });

  it('a path through a file is told as such', async () => {
    folder.put('afile', 'x');
    const heard = await squadosHere(['status', '--data', 'afile/x'], { cwd: folder.path });
    expect(heard).toMatchObject({ code: 2, stderr: expect.stringContaining('is a file, not a folder') });
  });

  it('whatever was decided leaves a sound log', async () => {
    await say(['skip', 'B']);
    await say(['pause']);
    await say(['resume']);
    await say(['rollback', 'A', '--yes']);
    expect(await say(['events', '--verify'])).toMatchObject({ code: 0 });
  });
});

describe('a log that breaks its own rules', () => {
  it('--verify names rule, place and card; exit code 2', async () => {
    await recordLog(folder.at('broken'), recorded(completed(1)).log.commits);
    const heard = await squadosHere(['events', '--verify', '--data', 'broken'], { cwd: folder.path });
    expect(heard.code).toBe(2);
    expect(heard.stdout).toMatch(/^ {4}manifest-hash at 4, card A: /m);
    expect(heard.stdout).toContain('NOT SOUND');
  });
});
