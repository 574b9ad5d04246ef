// Pictures of the product that came out of examples/library.en.md.
import { join } from 'node:path';

const BOOKS = [
  ['The Left Hand of Darkness', 'Ursula K. Le Guin', '9780441478125', 1969, 'SF-2', 3, 'fiction'],
  ['A Field Guide to Garden Birds', 'Rob Hume', '9781472906472', 2011, 'N-7', 2, 'non-fiction'],
  ['The Gruffalo', 'Julia Donaldson', '9780333710937', 1999, 'C-1', 5, 'children'],
  ['Oxford English Dictionary, vol. 1', 'John Simpson', '9780198611868', 1989, 'R-1', 1, 'reference'],
];

const addBooks = (page) =>
  page.evaluate(async (books) => {
    const { apiBase, token } = await (await fetch('config.json')).json();
    for (const [title, author, isbn, publication_year, shelf, copies, category] of books)
      await fetch(`${apiBase}/books`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ title, author, isbn, publication_year, shelf, copies, category }),
      });
  }, BOOKS);

export const productPictures = async (browser, address, out) => {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1200, height: 800 } });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const shot = async (name) => {
    await page.waitForTimeout(400); // a fade ends; nothing can be waited for
    await page.screenshot({ path: join(out, `product-${name}.png`) });
  };
  const at = (hash) => page.goto(`${address}${hash}`);
  await page.goto(address);
  await shot('home');
  await at('#/books');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await shot('empty');
  await addBooks(page);
  await page.reload();
  await page.locator('tbody tr').first().waitFor();
  await shot('list');
  await at('#/books/new');
  await page.locator('[name=title]').fill('Emma');
  await page.locator('[name=copies]').fill('0');
  await page.locator('form [type=submit]').click();
  await shot('form');
  await at('#/books');
  await page.locator('tbody a').first().click();
  await page.locator('dl').first().waitFor();
  await shot('detail');
  await page.getByRole('button', { name: 'Delete' }).click();
  await shot('delete');
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 390, height: 844 });
  await at('#/books');
  await page.locator('tbody tr').first().waitFor();
  await shot('narrow');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot('dark');
  await context.close();
};
