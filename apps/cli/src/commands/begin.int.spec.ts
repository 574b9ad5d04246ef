import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync } from 'node:fs';
import { answering } from '../testing/answering.js';
import { backlogText, fileCard, REQUIREMENTS } from '../testing/shop.js';
import { squadosHere, type Heard, type Place } from '../testing/squados-here.js';
import { TempFolder } from '../testing/temp-folder.js';

let folder: TempFolder;
const say = (args: readonly string[], place: Partial<Place> = {}): Promise<Heard> =>
  squadosHere(args, { cwd: folder.path, ...place });
beforeEach(() => {
  folder = new TempFolder();
});
afterEach(() => folder.remove());

const TWO = backlogText([fileCard('PROD-1'), fileCard('PROD-2', ['PROD-1'])]);
const MIXED = backlogText([fileCard('PROD-1'), fileCard('PROD-2', ['PROD-7'])]);

describe('squados run', () => {
  it('draws a picture on a terminal, ends with the summary, and gives the cursor back', async () => {
    folder.put('shop.json', TWO);
    const terminal = { isTerminal: true, columns: 80, rows: 24 };
    const heard = await say(['run', 'shop.json', '--yes', '--exit', '--data', 'd', '--concurrency', 'product=1'], {
      terminal,
    });
    expect(heard.code).toBe(0);
    expect(heard.stdout).toContain('\u001b[?25l');
    expect(heard.stdout.lastIndexOf('\u001b[?25h')).toBeGreaterThan(heard.stdout.lastIndexOf('\u001b[?25l'));
    expect(heard.stdout).toContain('2/2 cards');
    expect(heard.stdout).toContain('Corner shop  completed');
    expect(readdirSync(folder.at('d'))).toEqual(expect.arrayContaining(['log.db', 'app-artefacts', 'squados.log']));

    const again = await say(['run', 'shop.json', '--yes', '--data', 'd']);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('complete; --fresh repeats it') });
    const json = await say(['run', 'shop.json', '--yes', '--data', 'd', '--json']);
    expect(json.json()).toMatchObject({ status: 'completed', tally: { cards: 2 } });

    const fresh = await say(['import', 'shop.json', '--data', 'd', '--fresh']);
    expect(fresh.stderr).toContain(`moved aside: ${folder.at('d.old-1')}`);
    expect(existsSync(folder.at('d.old-1', 'log.db'))).toBe(true);
  });

  it('previews a document with its lines and begins nothing without a yes', async () => {
    folder.put('req.md', REQUIREMENTS);
    const nobody = await say(['run', 'req.md']);
    expect(nobody).toMatchObject({ code: 2, stdout: '' });
    expect(nobody.stderr).toMatch(/^RF001 +(req\.md:)?3 +functional +Register a book$/m);
    expect(nobody.stderr).toContain('cards: 1 epic now; the product owner will propose 6');
    expect(nobody.stderr).toContain('add --yes');
    const no = await answering('n', () => say(['run', 'req.md'], { terminal: { canAsk: true } }));
    expect(no.value).toMatchObject({ code: 130 });
    expect(existsSync(folder.at('.squados'))).toBe(false);
  });

  it('an option that is not understood leaves nothing on disk', async () => {
    folder.put('shop.json', TWO);
    expect((await say(['run', 'shop.json', '--yes', '--concurrency', 'product=0'])).stderr).toContain(
      '--concurrency: "product=0" is not understood',
    );
    expect((await say(['run', 'shop.json', '--yes', '--profile', 'slow'])).stderr).toContain('quick or full');
    expect(existsSync(folder.at('.squados'))).toBe(false);
  });

  it('a webhook address that is none ends the start and removes the folder again', async () => {
    folder.put('shop.json', TWO);
    const env = { SQUADOS_ESCALATION_WEBHOOK: 'chat' };
    const heard = await say(['run', 'shop.json', '--yes', '--exit'], { env });
    expect(heard.code).toBe(2);
    expect(heard.stderr).toContain('SQUADOS_ESCALATION_WEBHOOK: this is no http(s) address');
    expect(existsSync(folder.at('.squados', 'shop'))).toBe(false);
  });
});

describe('squados import', () => {
  it('records the cards and ends; a second time there is nothing to import', async () => {
    folder.put('shop.json', TWO);
    const heard = await say(['import', 'shop.json', '--data', 'd']);
    expect(heard.stdout).toMatch(/^imported 2 cards; run them: .*squados up --data \S+\n$/);
    expect((await say(['import', 'shop.json', '--data', 'd'])).stdout).toContain('nothing to import');
    const json = await say(['import', 'shop.json', '--data', 'd', '--json']);
    expect(json.json()).toMatchObject({ project: 'corner-shop', imported: 0, leftOut: [] });
    const events = await say(['events', '--data', 'd', '--json']);
    expect(events.json<unknown[]>()).toHaveLength(2);
  });

  it('--lenient imports what is sound and lists the rest', async () => {
    folder.put('mixed.json', MIXED);
    expect(await say(['import', 'mixed.json'])).toMatchObject({ code: 2 });
    expect(existsSync(folder.at('.squados'))).toBe(false);
    const heard = await say(['import', 'mixed.json', '--lenient']);
    expect(heard).toMatchObject({ code: 0, stdout: expect.stringMatching(/^imported 1 card/) });
    expect(heard.stderr).toMatch(/left out: .*PROD-7/);
  });

  it('documents beside a backlog go to its epic; without an epic they are refused', async () => {
    folder.put('req.md', REQUIREMENTS);
    folder.put('shop.json', TWO);
    const none = await say(['import', 'shop.json', 'req.md']);
    expect(none.stderr).toContain('it has no EPIC card that could take req.md');
    folder.put('epic.json', backlogText([fileCard('EPIC-001', [], { type: 'epic' })]));
    expect(await say(['import', 'epic.json', 'req.md', '--data', 'd'])).toMatchObject({ code: 0 });
    expect((await say(['why', 'EPIC-001', '--data', 'd'])).stdout).toMatch(
      /attached req\.md, \d+ bytes, sha256 [0-9a-f]{64}/,
    );
    expect((await say(['import', 'shop.json', 'epic.json'])).stderr).toContain('only one backlog');
  });

  it('a disk that refuses leaves no folder behind', async () => {
    folder.put('shop.json', TWO);
    folder.put('file', 'no folder');
    const heard = await say(['import', 'shop.json', '--data', 'file/d']);
    expect(heard.code).toBe(2);
    expect(heard.stderr.split('\n')[0]).toMatch(/^squados: .*file/);
  });
});

describe('squados validate', () => {
  it('tells of sound files what is in them', async () => {
    folder.put('shop.json', TWO);
    folder.put('req.md', REQUIREMENTS);
    const heard = await say(['validate', 'shop.json', 'req.md']);
    expect(heard.code).toBe(0);
    expect(heard.stdout).toMatch(/^shop\.json: sound: 2 cards, 1 dependenc/m);
    expect(heard.stdout).toMatch(/req\.md: sound: 2 requirements \(.+, en\)/);
    expect(existsSync(folder.at('.squados'))).toBe(false);
  });

  it('lists every problem with place and remedy; one bad file is enough for exit code 2', async () => {
    folder.put('shop.json', TWO);
    folder.put('mixed.json', MIXED);
    folder.put('note.md', 'Just a note to myself.\n');
    const heard = await say(['validate', 'shop.json', 'mixed.json', 'note.md']);
    expect(heard.code).toBe(2);
    expect(heard.stdout).toMatch(/^mixed\.json: not sound: 1 problem/m);
    expect(heard.stdout).toMatch(/^\d+:\d+ PROD-2 +\S+ +.*PROD-7/m);
    expect(heard.stdout).toMatch(/note\.md: not sound: not usable\n {2}note\.md/);
    const json = await say(['validate', 'mixed.json', '--json']);
    expect(json).toMatchObject({ code: 2 });
    expect(json.json()).toMatchObject({ files: [{ sound: false, problems: [{ file: 'mixed.json' }] }] });
    const lenient = await say(['validate', 'mixed.json', '--lenient']);
    expect(lenient).toMatchObject({ code: 0, stdout: expect.stringMatching(/1 problems? in what would be left out/) });
  });

  it('a file that is a folder, or is not there, is named with what to do', async () => {
    expect((await say(['validate', '.'])).stderr).toMatch(/^squados: \.: this is a folder[^]*name the file in it/);
    expect(await say(['validate', 'none.md'])).toMatchObject({
      code: 2,
      stderr: 'squados: none.md: there is no such file\n  check the path\n',
    });
  });
});

describe('the command line', () => {
  it('help and version are no errors', async () => {
    const help = await say(['--help']);
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('Exit codes: 0 done, 1 bug, 2 input, 3 dead letters');
    expect(await say(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
    expect((await say(['retry', '--help'])).stdout).toContain('squados retry --dead');
  });

  it('what it does not know is refused on stderr, or as JSON', async () => {
    const typo = await say(['statsu']);
    expect(typo).toMatchObject({ code: 2, stdout: '' });
    expect(typo.stderr).toContain("unknown command 'statsu'");
    expect((await say(['status', '--colour', '--json'])).json()).toMatchObject({
      error: { code: 'usage', exitCode: 2, message: expect.stringContaining('--colour') },
    });
  });
});
