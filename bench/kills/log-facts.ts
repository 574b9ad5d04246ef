import { START, parseLane, type LaneCommit } from '@squados/contracts';
import { openEmbeddedLog } from '@squados/event-log/embedded';

/** What the log says of one card, read without the board: its last attempt, how that ended, what it delivered. */
export interface CardFacts {
  attempts: number;
  deliveries: number;
  ends: string[];
  /** Path → hash of what the last attempt delivered. */
  manifest: Readonly<Record<string, string>>;
  manifestHash: string;
  /** `gate outcome` of the last attempt's verdicts. */
  verdicts: readonly string[];
  open: boolean;
  step: string;
  /** Milliseconds from the last start to its end, by the times that the log gives. */
  lastedMs: number;
}

/** Folds commits into facts per card; shares nothing with libs/board, so that it can testify about it. */
export class LogFacts {
  readonly cards = new Map<string, CardFacts>();
  starts = 0;
  completions = 0;
  readonly #startedAt = new Map<CardFacts, number>();

  add(commit: LaneCommit): void {
    const lane = parseLane(commit.lane);
    if (!lane || lane.kind === 'project') return;
    const card = this.#card(lane.card);
    for (const event of commit.events) this.#event(card, event);
  }

  open(): readonly [string, CardFacts][] {
    return [...this.cards].filter(([, card]) => card.open);
  }

  #card(id: string): CardFacts {
    const known = this.cards.get(id);
    if (known) return known;
    const fresh = {
      attempts: 0,
      deliveries: 0,
      ends: [],
      manifest: {},
      manifestHash: '',
      verdicts: [],
      open: false,
      step: '',
      lastedMs: 0,
    };
    this.cards.set(id, fresh);
    return fresh;
  }

  #event(card: CardFacts, event: LaneCommit['events'][number]): void {
    if (event.type === 'CardEnqueued') card.attempts = event.data.attempt;
    else if (event.type === 'CardStarted') this.#started(card, event.time);
    else if (event.type === 'CardStepped') card.step = event.data.step;
    else if (event.type === 'VerdictRecorded')
      card.verdicts = [...card.verdicts, `${event.data.verdict.gate} ${event.data.verdict.outcome}`].sort();
    else if (event.type === 'CardCompleted') this.#completed(card, event);
    else if (event.type === 'CardFailed') this.#ended(card, `failed:${event.data.code}`, event.time);
    else if (event.type === 'CardReleased') this.#ended(card, `released:${event.data.reason}`, event.time);
  }

  #started(card: CardFacts, time: string): void {
    this.starts += 1;
    card.deliveries += 1;
    card.open = true;
    card.step = 'executing';
    card.verdicts = [];
    this.#startedAt.set(card, Date.parse(time));
  }

  #completed(card: CardFacts, event: Extract<LaneCommit['events'][number], { type: 'CardCompleted' }>): void {
    this.completions += 1;
    this.#ended(card, 'completed', event.time);
    card.manifest = event.data.manifest;
    card.manifestHash = event.data.manifestHash;
  }

  #ended(card: CardFacts, how: string, time: string): void {
    card.open = false;
    card.ends.push(how);
    card.manifest = {};
    card.manifestHash = '';
    card.lastedMs = Date.parse(time) - (this.#startedAt.get(card) ?? Number.NaN);
  }
}

/** All that a folder's log says by now; the log may be in use. */
export const readFacts = async (data: string): Promise<LogFacts> => {
  const log = await openEmbeddedLog({ dir: data, mode: 'reader' });
  const facts = new LogFacts();
  for await (const commits of log.read({ after: START })) commits.forEach((commit) => facts.add(commit));
  await log.close();
  return facts;
};
