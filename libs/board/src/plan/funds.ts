import { NANO_USD, type BudgetScope, type DraftEvent, type LaneAppend, type Spend } from '@squados/contracts';
import { onProject } from '../state/addresses.js';
import type { BoardState } from '../state/board-state.js';
import { coversOf } from '../state/budget-scope.js';
import { leftOf, NOTHING, plus, scopeKey, type BudgetLedger } from '../state/budget-ledger.js';
import type { ProjectState } from '../state/project-state.js';

type Limit = BudgetLedger['limits'] extends ReadonlyMap<string, infer L> ? L : never;

/** What an attempt gets where nobody said otherwise. */
const PER_ATTEMPT = NANO_USD;
const TOKENS_PER_ATTEMPT = 4_000_000;
/** Less than a cent, or so few tokens, pays for no call: it isn't set aside. */
const LEAST: Spend = { nanoUsd: NANO_USD / 100, tokens: 2_000 };
const WARN_SHARE = 0.8;

/** What was decided about one project's money in this round. */
interface Round {
  readonly reserved: DraftEvent[];
  granted: Spend;
  /** Something of it goes on without asking for more. */
  isMoving: boolean;
  lack: { readonly scope: BudgetScope; readonly message: string } | undefined;
}

/**
 * Sets money aside before an attempt is enqueued: first BudgetReserved on the project's lane (where only one writer wins), in a
 * later round the CardEnqueued that hands it out. When nothing more fits and nothing is running, the project pauses.
 */
export class Funds {
  private readonly rounds = new Map<ProjectState, Round>();

  constructor(
    private readonly state: BoardState,
    private readonly projects: readonly ProjectState[],
  ) {}

  /** The allowance to enqueue a card with; undefined: there is no budget; `none`: not now. */
  of(card: number): Spend | undefined | 'none' {
    const project = this.state.projectOf(card);
    const { budget } = project;
    if (!budget || budget.limits.size === 0) return undefined;
    const round = this.round(project);
    const reserved = budget.allowanceOf(card);
    if (reserved) {
      round.isMoving = true;
      return reserved;
    }
    this.ask(card, budget, round);
    return 'none';
  }

  /** Reservations, warnings, and the pause when the money is used up: one append for a project. */
  *decisions(): Generator<LaneAppend> {
    for (const project of this.projects) {
      const events = this.eventsOf(project);
      if (events.length > 0) yield onProject(project, events);
    }
  }

  private ask(card: number, budget: BudgetLedger, round: Round): void {
    const { grant, scope } = this.grantFor(card, budget, round.granted);
    const isTooLittle = grant.nanoUsd < LEAST.nanoUsd || grant.tokens < LEAST.tokens;
    if (isTooLittle || budget.starved.has(card)) {
      const why = isTooLittle ? 'nothing more fits' : 'the next call may cost more than an attempt is allowed';
      round.lack ??= { scope, message: `${why}: card ${this.state.id(card)} waits for a higher limit` };
      return;
    }
    round.granted = plus(round.granted, grant);
    const attempt = this.state.cards.attempt(card) + 1;
    round.reserved.push({ type: 'BudgetReserved', data: { card: this.state.id(card), attempt, allowance: grant } });
  }

  /** The largest allowance that every limit over the card leaves, and the scope that leaves least. */
  private grantFor(card: number, budget: BudgetLedger, granted: Spend): { grant: Spend; scope: BudgetScope } {
    let grant: Spend = { nanoUsd: perAttempt(budget), tokens: TOKENS_PER_ATTEMPT };
    let scope: BudgetScope = { kind: 'project' };
    for (const limit of budget.limits.values()) {
      const covers = coversOf(this.state, limit.scope);
      if (!covers(card)) continue;
      const left = leftOf(limit, plus(budget.committed(covers), granted));
      if (left.nanoUsd < grant.nanoUsd || left.tokens < grant.tokens) ({ scope } = limit);
      grant = { nanoUsd: Math.min(grant.nanoUsd, left.nanoUsd), tokens: Math.min(grant.tokens, left.tokens) };
    }
    return { grant, scope };
  }

  private eventsOf(project: ProjectState): readonly DraftEvent[] {
    const { budget } = project;
    if (!budget || budget.limits.size === 0) return [];
    const round = this.round(project);
    const events = [...this.warnings(budget), ...round.reserved];
    if (round.lack && events.length === 0 && !round.isMoving && project.open === 0)
      return this.stopped(budget, round.lack);
    return events;
  }

  private warnings(budget: BudgetLedger): readonly DraftEvent[] {
    return [...budget.limits.values()].flatMap((limit): DraftEvent[] => {
      if (budget.warned.has(scopeKey(limit.scope))) return [];
      const spent = budget.spent(coversOf(this.state, limit.scope));
      const share = shareOf(spent, limit);
      if (share < WARN_SHARE) return [];
      const message = `${Math.floor(share * 100)} % of the limit are spent`;
      return [{ type: 'BudgetExceeded', data: { scope: limit.scope, level: 'warned', spent, message } }];
    });
  }

  private stopped(budget: BudgetLedger, { scope, message }: NonNullable<Round['lack']>): readonly DraftEvent[] {
    const spent = budget.spent(coversOf(this.state, scope));
    const by = { kind: 'policy', name: 'budget' } as const;
    return [
      { type: 'BudgetExceeded', data: { scope, level: 'stopped', spent, message } },
      { type: 'ProjectPaused', data: { by, reason: message, now: false } },
    ];
  }

  private round(project: ProjectState): Round {
    const known = this.rounds.get(project);
    if (known) return known;
    const fresh: Round = { reserved: [], granted: NOTHING, isMoving: false, lack: undefined };
    this.rounds.set(project, fresh);
    return fresh;
  }
}

/** Of dollars or of tokens, whichever is nearer to its end. */
const shareOf = (spent: Spend, { nanoUsd, tokens }: Limit): number =>
  Math.max(
    nanoUsd === undefined ? 0 : spent.nanoUsd / Math.max(1, nanoUsd),
    tokens === undefined ? 0 : spent.tokens / Math.max(1, tokens),
  );

const perAttempt = ({ limits }: BudgetLedger): number =>
  (limits.get('project') as Limit | undefined)?.perAttempt ?? PER_ATTEMPT;
