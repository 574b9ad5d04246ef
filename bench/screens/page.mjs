// Pictures of the live page.
import { join } from 'node:path';

const settle = (page) => page.waitForTimeout(400); // a fade ends; nothing can be waited for
const shot = async (page, out, name) => {
  await settle(page);
  await page.screenshot({ path: join(out, `${name}.png`) });
};

/** While cards move. */
export const runningPictures = async (page, out) => {
  await page
    .locator('[data-column=working] [data-card^="BE-"], [data-column=working] [data-card^="FE-"]')
    .first()
    .waitFor({ timeout: 300_000 });
  await page.setViewportSize({ width: 1280, height: 700 });
  await shot(page, out, 'page-running');
  await page.setViewportSize({ width: 1360, height: 850 });
};

const openCard = async (page, id) => {
  await page.evaluate((card) => {
    location.hash = `#/board/${card}`;
  }, id);
  await page.locator('.card-page').waitFor();
};
const closeCard = async (page) => {
  await page.evaluate(() => {
    location.hash = '#/board';
  });
  await page.locator('.card-page').waitFor({ state: 'detached' });
};

const cardsShown = ['EPIC-001', 'PROD-002', 'ARCH-001', 'BE-002', 'FE-003', 'QA-003', 'INFRA-001', 'DEPLOY-001'];

/** At the end: board, cards with their evidence, other language, dark, and a telephone's width. */
export const endPictures = async (page, out) => {
  await shot(page, out, 'page-done');
  for (const id of cardsShown) {
    await openCard(page, id);
    await shot(page, out, `card-${id}`);
  }
  await closeCard(page);
  for (const tab of ['artifacts', 'feed']) {
    await page.evaluate((name) => {
      location.hash = `#/${name}`;
    }, tab);
    await shot(page, out, `page-${tab}`);
  }
  await page.evaluate(() => {
    location.hash = '#/board';
  });
  await page.getByRole('button', { name: 'Português' }).click();
  await shot(page, out, 'page-pt');
  await openCard(page, 'BE-002');
  await shot(page, out, 'card-pt');
  await closeCard(page);
  await page.getByRole('button', { name: 'English' }).click();
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot(page, out, 'page-dark');
  await openCard(page, 'BE-002');
  await shot(page, out, 'card-dark');
  await closeCard(page);
  await page.emulateMedia({ colorScheme: 'light' });
  const wide = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await shot(page, out, 'page-narrow');
  await openCard(page, 'BE-002');
  await shot(page, out, 'card-narrow');
  await closeCard(page);
  await page.setViewportSize(wide);
};
