import type { LaneCommit, Position } from '@squados/contracts';
import { Gauge, type Registry } from 'prom-client';

/** What a follower of the log was handed. */
export interface Batch {
  readonly commits: readonly LaneCommit[];
  readonly position: Position;
  readonly atHead: boolean;
}

const MS = 1_000;

/**
 * How far this process's fold is behind. Positions rise with every commit of the log: the highest of all services less one's own is
 * its lag in commits. In seconds it is the age of the oldest event that was handed over and is not folded; 0 at the head.
 */
export class ProjectionLag {
  private position = 0;
  private atHead = false;
  private waitingSince: number | undefined;
  private lastTime = 0;

  constructor(
    registry: Registry,
    private readonly now: () => number,
  ) {
    const read = (name: string, help: string, value: () => number): void => {
      const collect = function (this: Gauge): void {
        this.set(value());
      };
      new Gauge({ name: `squados_projection_${name}`, help, registers: [registry], collect });
    };
    read('position', 'Position in the log that this process has folded', () => this.position);
    read('at_head', 'Whether the fold had reached the head when it last read', () => Number(this.atHead));
    read('lag_seconds', 'Age of the oldest event that is read and not folded', () => this.seconds());
  }

  delivered({ commits }: Batch): void {
    this.waitingSince = timeOf(commits.at(0));
  }

  folded({ commits, position, atHead }: Batch): void {
    this.waitingSince = undefined;
    this.position = Number(position);
    this.atHead = atHead;
    this.lastTime = timeOf(commits.at(-1)) ?? this.lastTime;
  }

  /** While it rebuilds, what was folded last tells how old the picture is. */
  private seconds(): number {
    const since = this.waitingSince ?? (this.atHead || this.lastTime === 0 ? undefined : this.lastTime);
    return since === undefined ? 0 : Math.max(0, this.now() - since) / MS;
  }
}

const timeOf = (commit: LaneCommit | undefined): number | undefined => {
  const event = commit?.events.at(0);
  const time = event === undefined || event.type === 'Unknown' ? Number.NaN : Date.parse(event.time);
  return Number.isNaN(time) ? undefined : time;
};
