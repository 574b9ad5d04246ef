import type { LaneCommit } from '@squados/contracts';
import { parseLane } from '@squados/contracts';

/** What the log says of one card, read without the board: its last attempt, how that ended, what it delivered. */
export interface CardFacts {
  attempts: number;
  deliveries: number;
  ends: string[];
  manifestHash: string;
  open: boolean;
  step: string;
}

/** Folds commits into facts per card; shares nothing with libs/board, so that it can testify about it. */
export class LogFacts {
  readonly cards = new Map<string, CardFacts>();
  starts = 0;
  completions = 0;

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
    const fresh: CardFacts = { attempts: 0, deliveries: 0, ends: [], manifestHash: '', open: false, step: '' };
    this.cards.set(id, fresh);
    return fresh;
  }

  #event(card: CardFacts, event: LaneCommit['events'][number]): void {
    if (event.type === 'CardEnqueued') card.attempts = event.data.attempt;
    else if (event.type === 'CardStarted') this.#started(card);
    else if (event.type === 'CardStepped') card.step = event.data.step;
    else if (event.type === 'CardCompleted') this.#completed(card, event.data.manifestHash);
    else if (event.type === 'CardFailed') this.#ended(card, `failed:${event.data.code}`, '');
    else if (event.type === 'CardReleased') this.#ended(card, `released:${event.data.reason}`, '');
  }

  #started(card: CardFacts): void {
    this.starts += 1;
    card.deliveries += 1;
    card.open = true;
    card.step = 'executing';
  }

  #completed(card: CardFacts, manifestHash: string): void {
    this.completions += 1;
    this.#ended(card, 'completed', manifestHash);
  }

  #ended(card: CardFacts, how: string, manifestHash: string): void {
    card.open = false;
    card.ends.push(how);
    card.manifestHash = manifestHash;
  }
}
