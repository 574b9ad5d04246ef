/**
 * The live page in Chromium, opened once by its link and never reloaded. Owns: the browser. What the page is told is written down
 * beside it, from its own EventSource, so that gaps and repeats of the page itself are found, not those of a client made for the purpose.
 */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium, type Browser, type Page } from '../../apps/cli/src/testing/chromium.js';

/** What one page was told since it was opened. */
export interface Seen {
  /** `<position>.<index>` of every line, in the order in which they came. */
  readonly keys: readonly string[];
  /** Everything up to here has been seen. */
  readonly position: number;
  readonly connections: number;
  readonly resets: number;
}

/** Runs in the page before its own scripts. */
const RECORDER = `
  const seen = (globalThis.seenByThePage = { keys: [], position: 0, connections: 0, resets: 0 });
  globalThis.EventSource = class extends EventSource {
    constructor(...how) {
      super(...how);
      this.addEventListener('open', () => seen.connections++);
      this.addEventListener('reset', () => seen.resets++);
      this.addEventListener('log', ({ data, lastEventId }) => {
        for (const { key } of JSON.parse(data).rows) seen.keys.push(key);
        seen.position = Number(/:(\\d+)$/.exec(lastEventId)[1]);
      });
    }
  };`;

const PATIENCE_MS = 60_000;
const LOOK_MS = 100;

export class WatchedPage {
  readonly troubles: string[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly page: Page,
    private readonly pictures: string,
  ) {
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', ({ message }) => this.troubles.push(message));
    page.on('console', (message) => {
      if (/Content Security Policy|TrustedScript/i.test(message.text())) this.troubles.push(message.text());
    });
  }

  /** @param pictures folder of screenshots; empty: none are taken */
  static async open(link: string, program: string, pictures: string): Promise<WatchedPage> {
    const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] });
    const page = await browser.newPage({ locale: 'en-US', viewport: { width: 1360, height: 850 } });
    const watched = new WatchedPage(browser, page, pictures);
    await page.addInitScript({ content: RECORDER });
    await page.goto(link);
    await watched.isLive();
    return watched;
  }

  seen(): Promise<Seen> {
    return this.page.evaluate('globalThis.seenByThePage');
  }

  /** Resolves when the page says that it is live. @throws Error when it does not within a minute */
  async isLive(): Promise<void> {
    await this.page.locator('.connection[data-connection=live]').waitFor();
  }

  /** As `isLive`, over another connection than the first so many. Answers after how long, in ms. */
  async isLiveAgain(connections: number): Promise<number> {
    const began = performance.now();
    // The page's own policy lets nobody evaluate anything in it but through the debugger: no `waitForFunction`.
    while ((await this.seen()).connections <= connections) {
      if (performance.now() - began > PATIENCE_MS) throw new Error('the page did not come back within a minute');
      await delay(LOOK_MS);
    }
    await this.isLive();
    return performance.now() - began;
  }

  /** What the page says of the project: `completed`. */
  async status(): Promise<string> {
    return (await this.page.locator('.pill').getAttribute('data-status')) ?? '';
  }

  async picture(name: string): Promise<void> {
    if (this.pictures !== '') await this.page.screenshot({ path: join(this.pictures, `${name}.png`) });
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}
