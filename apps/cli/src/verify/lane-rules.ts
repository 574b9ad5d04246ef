import { EMPTY_LANE, START, type Lane, type LaneCommit, type Position, type Revision } from '@squados/contracts';
import type { Findings, Rule, VerifyOptions } from './report.js';

/** The log as a log: places rise, lanes are unbroken, no event stands twice. Memory: a revision per lane and an id per event. */
export class LaneRules {
  private last: Position = START;
  private readonly revisions = new Map<Lane, Revision>();
  private readonly ids = new Set<string>();

  constructor(
    private readonly findings: Findings,
    private readonly previousRevision: VerifyOptions['previousRevision'],
  ) {}

  check(commit: LaneCommit): void {
    const { lane, position, revision } = commit;
    const before = this.revisions.get(lane) ?? EMPTY_LANE;
    if (position <= this.last) this.fault(commit, 'position-order', `position ${position} comes after ${this.last}`);
    if (revision <= before)
      this.fault(commit, 'lane-order', `revision ${revision} of ${lane} comes after revision ${before}`);
    const stated = this.previousRevision?.(commit);
    if (stated !== undefined && stated !== before)
      this.fault(
        commit,
        'lane-broken',
        `the commit of ${lane} builds on revision ${stated}; the one before it is ${before}`,
      );
    this.last = position;
    this.revisions.set(lane, revision);
    for (const { id } of commit.events) this.checkId(commit, id);
  }

  private checkId(commit: LaneCommit, id: string): void {
    if (id === '') return;
    if (this.ids.has(id)) this.fault(commit, 'duplicate-event-id', `the event ${id} stands in the log twice`);
    this.ids.add(id);
  }

  private fault({ position }: LaneCommit, rule: Rule, message: string): void {
    this.findings.add({ rule, position, message });
  }
}
