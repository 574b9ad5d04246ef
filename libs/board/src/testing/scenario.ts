import {
  attemptLane,
  decidedLane,
  type CardId,
  type Command,
  type DraftEvent,
  type LaneAppend,
} from '@squados/contracts';
import type { Board, CardView, Decision, PlanOptions, ProjectView } from '../board.types.js';
import { decide } from '../decide/decide.js';
import { emptyBoard, evolve } from '../evolve.js';
import { plan } from '../plan/plan.js';
import { card, project } from '../views.js';
import { addCards, P, spec, startProject } from './builders.js';
import { LaneSim } from './lane-sim.js';

const CALM: PlanOptions = { now: 0, draw: () => 0.5, window: () => 4, limit: 1_000 };

/** A log and the board folded from it, driven by commands, plans and the words of workers: given, when, then. */
export class Scenario {
  readonly log = new LaneSim();
  board: Board = emptyBoard();
  private folded = 0;

  /** A running project `demo` with these cards. */
  static of(cards: readonly ReturnType<typeof spec>[], start: Command = startProject()): Scenario {
    const scenario = new Scenario();
    scenario.accept(start);
    if (cards.length > 0) scenario.accept(addCards(cards, start.project));
    return scenario;
  }

  fold(): this {
    for (; this.folded < this.log.commits.length; this.folded++) {
      const commit = this.log.commits[this.folded];
      if (commit) this.board = evolve(this.board, commit);
    }
    return this;
  }

  ask(command: Command): Decision {
    return decide(this.board, command);
  }

  /** Decides, appends and folds; throws when it is refused. */
  accept(command: Command): this {
    const decision = this.ask(command);
    if (decision.kind === 'rejected') throw new Error(`${decision.reason}: ${decision.message}`);
    return this.append(decision.appends);
  }

  append(appends: readonly LaneAppend[]): this {
    for (const append of appends) this.log.append(append);
    return this.fold();
  }

  planned(options: Partial<PlanOptions> = {}): readonly LaneAppend[] {
    return plan(this.board, { ...CALM, ...options });
  }

  /** Plans and appends once. */
  step(options: Partial<PlanOptions> = {}): this {
    return this.append(this.planned(options));
  }

  /** Facts on a card's attempt lane. */
  says(id: string, ...events: readonly DraftEvent[]): this {
    this.log.put(attemptLane(this.address(id)), ...events);
    return this.fold();
  }

  /** Facts on a card's decided lane. */
  decided(id: string, ...events: readonly DraftEvent[]): this {
    this.log.put(decidedLane(this.address(id)), ...events);
    return this.fold();
  }

  card(id: string, of = P): CardView {
    const found = card(this.board, of, id as CardId);
    if (!found) throw new Error(`no card ${id}`);
    return found;
  }

  project(of = P): ProjectView {
    const found = project(this.board, of);
    if (!found) throw new Error(`no project ${of}`);
    return found;
  }

  private address(id: string): { project: typeof P; agent: CardView['agent']; card: CardId } {
    return { project: P, agent: this.card(id).agent, card: id as CardId };
  }
}

/** Event types of appends, in order, for short assertions. */
export const types = (appends: readonly LaneAppend[]): string[] =>
  appends.flatMap((append) => append.events.map((event) => event.type));
