import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CONTROLS, HOSTILE } from '../testing/hostile.js';
import { backlogText, fileCard } from '../testing/shop.js';
import { squadosHere, type Heard } from '../testing/squados-here.js';
import { TempFolder } from '../testing/temp-folder.js';

const folder = new TempFolder();
const say = (...args: readonly string[]): Promise<Heard> => squadosHere(args, { cwd: folder.path });
/** Turns the line around from here on: a character that ids may hold. */
const TURNED = 'PROD-\u202e1';

beforeAll(async () => {
  const texts = { title: HOSTILE, description: HOSTILE, type: HOSTILE, acceptance_criteria: [HOSTILE] };
  folder.put(
    'hostile.json',
    backlogText([fileCard(TURNED, [], texts), fileCard('PROD-2', [TURNED], { user_story: HOSTILE })], HOSTILE),
  );
  folder.put('dangling.json', backlogText([fileCard('PROD-1', [HOSTILE], texts)]));
  folder.put('hostile.md', `# ${HOSTILE}\n\n### RF001: ${HOSTILE}\n\nThe system must ${HOSTILE}.\n`);
  folder.put('note.md', `${HOSTILE}\n`);
});
afterAll(() => folder.remove());

describe('a hostile file never steers the terminal', () => {
  it.each([
    ['import', 'hostile.json', '--data', 'd'],
    ['status', '--cards', '--data', 'd'],
    ['why', TURNED, '--data', 'd'],
    ['why', 'PROD-2', '--data', 'd'],
    ['why', HOSTILE, '--data', 'd'],
    ['events', '--data', 'd'],
    ['replay', '--cards', '--data', 'd'],
    ['pause', '--reason', HOSTILE, '--data', 'd'],
    ['status', '--data', 'd'],
    ['resume', '--data', 'd'],
    ['skip', TURNED, '--reason', HOSTILE, '--data', 'd'],
    ['why', TURNED, '--data', 'd'],
    ['rollback', TURNED, '--yes', '--data', 'd'],
    ['watch', '--data', 'none'],
    ['validate', 'hostile.json', 'dangling.json', 'hostile.md', 'note.md'],
    ['import', 'dangling.json'],
    ['import', 'dangling.json', '--lenient', '--data', 'e'],
    ['import', 'hostile.md', '--data', 'f'],
    ['why', 'EPIC-001', '--data', 'f'],
    ['import', 'note.md'],
  ])('squados %s, case %#', async (...args) => {
    const { stdout, stderr } = await say(...args);
    expect(stdout + stderr).not.toBe('');
    for (const line of `${stdout}${stderr}`.split('\n')) expect(line).not.toMatch(CONTROLS);
  });

  it('but export and JSON keep what stood in the file', async () => {
    const backlog = (await say('export', '--data', 'd')).json<{ cards: { title: string }[] }>();
    expect(backlog.cards[0]?.title).toBe(HOSTILE);
  });
});
