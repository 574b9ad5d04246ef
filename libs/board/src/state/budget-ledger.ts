import type { BudgetScope, EventData, Spend } from '@squados/contracts';

/** What one card has cost and may yet cost. */
interface CardLedger {
  /** Of attempts and calls that have ended. */
  spent: Spend;
  /** Spent when its present attempt began to count. */
  before: Spend;
  /** Set aside for its present attempt. */
  allowance: Spend | undefined;
  readonly open: Map<number, Spend>;
}

type Limit = Pick<EventData['BudgetSet'], 'scope' | 'nanoUsd' | 'tokens' | 'perAttempt'>;

/** A ledger as plain data. */
export interface StoredLedger {
  readonly limits: readonly Limit[];
  readonly isUsedUp: boolean;
  readonly warned: readonly string[];
  readonly starved: readonly number[];
  readonly cards: readonly (readonly [
    number,
    Omit<CardLedger, 'open'> & { readonly open: readonly [number, Spend][] },
  ])[];
}

export const NOTHING: Spend = { nanoUsd: 0, tokens: 0 };
export const plus = (a: Spend, b: Spend): Spend => ({ nanoUsd: a.nanoUsd + b.nanoUsd, tokens: a.tokens + b.tokens });
export const sumOf = (spends: Iterable<Spend>): Spend => [...spends].reduce(plus, NOTHING);
const most = (a: Spend, b: Spend): Spend => ({
  nanoUsd: Math.max(a.nanoUsd, b.nanoUsd),
  tokens: Math.max(a.tokens, b.tokens),
});
const minus = (a: Spend, b: Spend): Spend => ({ nanoUsd: a.nanoUsd - b.nanoUsd, tokens: a.tokens - b.tokens });

export const scopeKey = (scope: BudgetScope): string =>
  scope.kind === 'project' ? scope.kind : `${scope.kind}:${scope.name}`;

/**
 * The money of one project: limits, and per card what was spent, what is set aside for its attempt and which calls are open.
 *
 * 1. A call counts from its reservation on: with its price once it is told, in full when nobody can tell any more.
 * 2. Committed = spent, or while an attempt runs at least what it had at its beginning plus its allowance.
 */
export class BudgetLedger {
  readonly limits = new Map<string, Limit>();
  /** It stopped the project, and nobody has changed it since. */
  isUsedUp = false;
  /** Scopes whose warning is on record. */
  readonly warned = new Set<string>();
  /** Cards handed back because their allowance was too small. */
  readonly starved = new Set<number>();
  readonly cards = new Map<number, CardLedger>();

  static of(stored: StoredLedger): BudgetLedger {
    const ledger = new BudgetLedger();
    for (const limit of stored.limits) ledger.limits.set(scopeKey(limit.scope), limit);
    ledger.isUsedUp = stored.isUsedUp;
    for (const key of stored.warned) ledger.warned.add(key);
    for (const card of stored.starved) ledger.starved.add(card);
    for (const [card, { open, ...rest }] of stored.cards) ledger.cards.set(card, { ...rest, open: new Map(open) });
    return ledger;
  }

  stored(): StoredLedger {
    return {
      limits: [...this.limits.values()],
      isUsedUp: this.isUsedUp,
      warned: [...this.warned],
      starved: [...this.starved],
      cards: [...this.cards].map(([card, { open, ...rest }]) => [card, { ...rest, open: [...open] }] as const),
    };
  }

  setLimit(limit: Limit): void {
    const key = scopeKey(limit.scope);
    this.limits.set(key, limit);
    this.warned.delete(key);
    this.starved.clear();
    this.isUsedUp = false;
  }

  reserve(card: number, allowance: Spend): void {
    const of = this.card(card);
    of.before = of.spent;
    of.allowance = allowance;
  }

  begin(card: number, call: number, reserved: Spend): void {
    this.card(card).open.set(call, reserved);
  }

  end(card: number, call: number, cost: Spend): void {
    const of = this.card(card);
    if (!of.open.delete(call)) return; // charged in full already, or it cost nothing from the start
    of.spent = plus(of.spent, cost);
  }

  /** Its attempt is over: nobody will tell the price of its open calls any more. */
  release(card: number): void {
    const of = this.cards.get(card);
    if (!of) return;
    of.spent = plus(of.spent, sumOf(of.open.values()));
    of.open.clear();
    of.allowance = undefined;
  }

  allowanceOf(card: number): Spend | undefined {
    return this.cards.get(card)?.allowance;
  }

  spentOn(card: number): Spend {
    return this.cards.get(card)?.spent ?? NOTHING;
  }

  /** Of the cards that a test lets through (invariant 2). */
  committed(isIn: (card: number) => boolean): Spend {
    let total = NOTHING;
    for (const [card, of] of this.cards) if (isIn(card)) total = plus(total, committedFor(of));
    return total;
  }

  spent(isIn: (card: number) => boolean): Spend {
    let total = NOTHING;
    for (const [card, of] of this.cards) if (isIn(card)) total = plus(total, plus(of.spent, sumOf(of.open.values())));
    return total;
  }

  private card(card: number): CardLedger {
    const known = this.cards.get(card);
    if (known) return known;
    const fresh: CardLedger = { spent: NOTHING, before: NOTHING, allowance: undefined, open: new Map() };
    this.cards.set(card, fresh);
    return fresh;
  }
}

const committedFor = ({ spent, before, allowance, open }: CardLedger): Spend => {
  const used = plus(spent, sumOf(open.values()));
  return allowance ? most(used, plus(before, allowance)) : used;
};

/** What a limit leaves; undefined: everything. */
export const leftOf = (limit: Limit, committed: Spend): Spend => {
  const whole = { nanoUsd: limit.nanoUsd ?? UNLIMITED, tokens: limit.tokens ?? UNLIMITED };
  return minus(whole, committed);
};

const UNLIMITED = Number.MAX_SAFE_INTEGER;
