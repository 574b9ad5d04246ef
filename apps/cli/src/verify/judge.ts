import type { SquadEvent } from '@squados/contracts';
import type { Card, Project, Spot } from './ledger.js';
import type { Findings, Rule } from './report.js';

/** What a rule is asked about: one event at its place, on its project, perhaps on a card. */
export interface Case<E extends SquadEvent = SquadEvent> {
  readonly event: E;
  readonly spot: Spot;
  readonly project: Project;
  readonly judge: Judge;
}

export interface CardCase<E extends SquadEvent = SquadEvent> extends Case<E> {
  readonly card: Card;
}

/** Where rules put what they find. */
export class Judge {
  constructor(
    private readonly findings: Findings,
    readonly raceMs: number,
  ) {}

  against({ project, spot }: Case, rule: Rule, message: string): void {
    this.findings.add({ rule, position: spot.position, project: project.id, message });
  }

  againstCard({ project, card, spot }: CardCase, rule: Rule, message: string): void {
    this.findings.add({ rule, position: spot.position, project: project.id, card: card.id, message });
  }

  race(): void {
    this.findings.races++;
  }

  /** Whether something at `time` may have been decided before what happened at `since` was seen. */
  isLateComer(time: number, since: number | undefined): boolean {
    return since !== undefined && time - since < this.raceMs;
  }
}

export type Of<T extends SquadEvent['type']> = Extract<SquadEvent, { readonly type: T }>;
