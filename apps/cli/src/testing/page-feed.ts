/** One page's session and its feed: reads for a while, leaves, and comes back behind what it was told, as a browser does. */
export class PageFeed {
  /** `<position>.<index>` of every line, in the order in which they came. */
  readonly keys: string[] = [];
  private last: string | undefined;

  private constructor(
    private readonly origin: string,
    private readonly cookie: string,
  ) {}

  /** Comes in by a link, which is good once. */
  static async enter(link: string): Promise<PageFeed> {
    const answer = await fetch(link);
    const [cookie = ''] = answer.headers.getSetCookie();
    return new PageFeed(new URL(link).origin, cookie.split(';')[0] ?? '');
  }

  /** Connects and reads until it was told so many lines in all. @throws Error when there is no session any more, or no feed */
  async readUntil(lines: number): Promise<void> {
    if (this.keys.length >= lines) return;
    const gone = new AbortController();
    const resume = this.last === undefined ? {} : { 'last-event-id': this.last };
    const headers = { cookie: this.cookie, ...resume };
    const { ok, status, body } = await fetch(new URL('/api/feed', this.origin), { headers, signal: gone.signal });
    if (!ok || body === null) throw new Error(`the feed answered ${status}`);
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
      const frames = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) this.heard(frame);
      if (this.keys.length >= lines) break;
    }
    gone.abort();
  }

  private heard(frame: string): void {
    const [, id] = /^id: (.*)$/m.exec(frame) ?? [];
    const [, data] = /^data: (.*)$/m.exec(frame) ?? [];
    if (id === undefined || data === undefined) return;
    const { rows } = JSON.parse(data) as { readonly rows: readonly { readonly key: string }[] };
    this.keys.push(...rows.map(({ key }) => key));
    this.last = id;
  }
}
