import { encodeCommit } from '@squados/event-log';
import { parseLane, type LaneCommit, type SquadEvent } from '@squados/contracts';

/** Knows when a project is over, and what its cards' commits weigh. Fed with every commit, in order. */
export class Finish {
  private readonly over = new Set<string>();
  private readonly waiters = new Map<string, () => void>();
  private readonly weighed = { decided: [0, 0], attempt: [0, 0] } as Record<'decided' | 'attempt', [number, number]>;
  private seen = 0;
  private appends = 0;
  private events = 0;
  private cards = 0;

  saw(commit: LaneCommit): void {
    if (commit.lane.endsWith('._._.decided')) this.sawProject(commit);
    else if (this.seen++ < SAMPLE) this.weigh(commit);
  }

  /** Resolves when the project's ProjectCompleted was seen. */
  async of(project: string): Promise<void> {
    if (!this.over.has(project)) await new Promise<void>((resolve) => this.waiters.set(project, resolve));
  }

  /** Bytes of a commit by lane, and how many appends and events a card took. */
  get facts(): object {
    const mean = ([count, bytes]: [number, number]): number => Math.round(bytes / Math.max(1, count));
    const { decided, attempt } = this.weighed;
    const each = (count: number): number => count / Math.max(1, this.cards);
    return {
      bytes: { decided: mean(decided), attempt: mean(attempt) },
      appendsPerCard: each(this.appends),
      eventsPerCard: each(this.events),
    };
  }

  private weigh({ lane, events }: LaneCommit): void {
    const kind = lane.endsWith('.decided') ? 'decided' : 'attempt';
    this.appends++;
    this.events += events.length;
    if (kind === 'decided') this.cards++;
    const seen = this.weighed[kind];
    seen[0]++;
    seen[1] += encodeCommit(events as readonly SquadEvent[]).length;
  }

  private sawProject({ lane, events }: LaneCommit): void {
    const project = parseLane(lane)?.project;
    if (project === undefined || !events.some(({ type }) => type === 'ProjectCompleted')) return;
    this.over.add(project);
    this.waiters.get(project)?.();
  }
}

/** Of so many commits of the warm-up the weight is taken: later ones cost nothing here. */
const SAMPLE = 1_000;
