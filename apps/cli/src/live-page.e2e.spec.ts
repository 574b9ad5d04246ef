import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { askForLink } from './solo/control.js';
import { dataFolderAt } from './solo/data-folder.js';
import { findChromium } from './testing/chromium.js';
import { backlogText, failingCards, fileCard } from './testing/shop.js';
import { endAll, ensureBundle, ROOT, squados, SquadosProcess } from './testing/squados-process.js';
import { TempFolder } from './testing/temp-folder.js';

const program = await findChromium();
const inChromium = program === undefined ? it.skip : it;
const why = program === undefined ? ' (skipped: no Chromium here; squados setup browser installs one)' : '';

const ensurePage = (): void => {
  if (existsSync(join(ROOT, 'apps/portal/dist/index.html'))) return;
  const done = spawnSync('npx', ['nx', 'run', '@squados/portal:build'], { cwd: ROOT, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`the page could not be built:\n${done.stdout}`);
};

/** Its gates pass, and one of them looks for the criterion. */
const DESIGN = fileCard('ARCH-004', [], {
  type: 'architecture',
  description: '**Fields**:\n\n- **baker** (text, required, up to 40 characters)\n',
});

const folder = new TempFolder();
const data = folder.at('shop');
const linkOf = async (): Promise<string> => {
  const { stdout } = await squados(['link', '--data', data, '--json'], { cwd: folder.path });
  return (JSON.parse(stdout) as { url: string }).url;
};

let browser: Browser;
let page: Page;
const troubles: string[] = [];

beforeAll(async () => {
  if (program === undefined) return;
  ensureBundle();
  ensurePage();
  folder.put('shop.json', backlogText([...failingCards, DESIGN]));
  folder.put('broken.json', '{"cards": [');
  const up = new SquadosProcess(['up', '--new', '--data', data, '--port', '0'], { cwd: folder.path });
  await up.saysAside(/\?t=/);
  browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] });
  page = await browser.newPage({ locale: 'en-US', viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(60_000);
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedScript/i.test(message.text())) troubles.push(message.text());
  });
  await page.goto(await linkOf());
}, 240_000);

afterAll(async () => {
  await browser?.close();
  endAll();
  folder.remove();
});

const drop = (name: string): Promise<void> => page.setInputFiles('input[type=file]', folder.at(name));
const tile = (card: string, column: string) => page.locator(`[data-column=${column}] [data-card="${card}"]`);
const dialog = () => page.getByRole('dialog');
/** While one is open, nothing behind it can be reached. */
const noDialog = (): Promise<void> => dialog().first().waitFor({ state: 'detached' });
const decide = async (action: string, reason: string): Promise<void> => {
  await dialog().getByRole('button', { name: action, exact: true }).click();
  await page.getByLabel('Reason, for the record').fill(reason);
  await dialog().last().getByRole('button', { name: action, exact: true }).click();
  await page.getByLabel('Reason, for the record').waitFor({ state: 'detached' });
};

describe('the live page', () => {
  inChromium(`refuses a document that is none, with its place and what to do${why}`, async () => {
    await drop('broken.json');
    await page.getByRole('alert').filter({ hasText: 'broken.json' }).waitFor();
  });

  inChromium(
    `shows what it would make of a backlog, begins on a word, and cards move by themselves${why}`,
    async () => {
      await drop('shop.json');
      await page.getByText('ARCH-002', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Begin' }).click();
      await tile('PROD-001', 'done').waitFor();
      await tile('ARCH-002', 'person').waitFor();
      await page.getByRole('log').getByText('given up').first().waitFor();
    },
  );

  inChromium(`opens a card with why it failed, and gives it another try${why}`, async () => {
    await tile('ARCH-002', 'person').click();
    await dialog().getByText('between 40 and 12').first().waitFor();
    await decide('Try again', 'once more');
    await dialog().getByText('Attempt 2').waitFor();
    await dialog().getByText('once more').waitFor();
  });

  inChromium(
    `skips it for a stated reason, so that the project goes on to its end${why}`,
    async () => {
      await dialog().locator('.badge[data-state=DEAD_LETTERED]').first().waitFor();
      await decide('Skip', 'decided by hand');
      await dialog().getByText('decided by hand').waitFor();
      await page.keyboard.press('Escape');
      await tile('PROD-003', 'done').waitFor();
      await page.locator('.pill[data-status=completed]').waitFor({ timeout: 60_000 });
    },
    90_000,
  );

  inChromium(
    `says of each criterion which check covers it, over which file, and what nobody looked at${why}`,
    async () => {
      await page.goto(`${new URL(page.url()).origin}/#/board/ARCH-004`);
      const held = dialog().locator('.criterion[data-state=pass]', { hasText: 'It can be checked' });
      await held.getByText('design-documents, attempt 1').waitFor();
      await held.locator('.checked-files button').first().click();
      await dialog().last().locator('.markdown').waitFor();
      await page.keyboard.press('Escape');
      await page.goto(`${new URL(page.url()).origin}/#/board/ARCH-002`);
      await dialog().locator('.criterion[data-state=open]').getByText('no check covers it').waitFor();
      await page.keyboard.press('Escape');
      await noDialog();
    },
  );

  inChromium(`shows an artifact as it is, found by keyboard alone${why}`, async () => {
    await tile('PROD-001', 'done').press('Enter');
    const artifact = dialog().locator('.artifact-list button').first();
    await artifact.focus();
    await page.keyboard.press('Enter');
    await dialog().last().locator('.markdown').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await noDialog();
  });

  inChromium(`comes back after a reload as it was left: session, language, open card${why}`, async () => {
    await page.getByRole('button', { name: 'Português' }).click();
    await tile('PROD-001', 'done').click();
    await page.reload();
    await dialog().getByText('Critérios de aceite').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('pt-BR');
    expect(await page.locator('.feed li').count()).toBeGreaterThan(3);
  });

  inChromium(`a link that was used opens nothing for anybody else${why}`, async () => {
    const link = await askForLink(dataFolderAt(data));
    const other = await browser.newContext();
    expect((await (await other.newPage()).goto(link))?.status()).toBe(200);
    const third = await browser.newContext();
    const answer = await (await third.newPage()).goto(link);
    expect(answer?.status()).toBe(401);
    expect(await answer?.text()).toContain('squados link');
    await Promise.all([other.close(), third.close()]);
  });

  inChromium(`ran no script but its own and broke none of its fences${why}`, () => {
    expect(troubles).toEqual([]);
  });
});
