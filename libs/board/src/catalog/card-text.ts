import type { Actor, CardSpec, EventData, Verdict } from '@squados/contracts';
import type { AttemptRecord, CardRecord } from './catalog.types.js';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export interface AttemptText extends Omit<Writable<AttemptRecord>, 'verdicts' | 'waivers' | 'calls' | 'untold'> {
  calls?: EventData['ModelCalled'][];
  untold?: EventData['ModelCallBegun'][];
  readonly verdicts: Verdict[];
  readonly waivers: { readonly gate: string; readonly by: Actor; readonly reason: string }[];
}

/** A card's texts as JSON. */
export interface StoredText extends Pick<CardText, 'spec' | 'addedBy' | 'revision' | 'isDone'> {
  readonly attempts: readonly AttemptText[];
  readonly decisions: CardRecord['decisions'];
}

export class CardText implements CardRecord {
  revision = 1;
  readonly attempts: AttemptText[] = [];
  readonly decisions: CardRecord['decisions'][number][] = [];
  /** The board calls the card DONE (or STALE) by its last attempt. */
  isDone = false;

  constructor(
    public spec: CardSpec,
    readonly addedBy: EventData['CardsAdded']['origin'],
  ) {}

  attempt(number: number): AttemptText | undefined {
    return this.attempts.findLast((attempt) => attempt.attempt === number);
  }
}
