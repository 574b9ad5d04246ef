import type { LaneCommit, Position } from '@squados/contracts';

interface Limits {
  readonly commits: number;
  readonly bytes: number;
}

/**
 * The newest commits of the log, decoded, shared by every follower of the process that writes them.
 *
 * Invariants:
 * 1. Every commit after `floor` up to the last one pushed is here, in position order.
 * 2. What is held stays under the limits (at least one commit is kept); a follower that falls behind `floor` reads storage.
 */
export class CommitTail {
  private commits: LaneCommit[] = [];
  private sizes: number[] = [];
  private bytes = 0;

  constructor(
    private floor: Position,
    private readonly limits: Limits = { commits: 4096, bytes: 16 * 1024 * 1024 },
  ) {}

  /** `size`: bytes of the commit as encoded. */
  push(commit: LaneCommit, size: number): void {
    this.commits.push(commit);
    this.sizes.push(size);
    this.bytes += size;
    // Trimming only beyond twice the limit makes the cost of the cut constant per commit.
    if (this.commits.length > 2 * this.limits.commits || this.bytes > 2 * this.limits.bytes) this.trim();
  }

  /** At most `max` commits after the cursor; undefined when they are no longer all here (invariant 1). */
  since(cursor: Position, max: number): readonly LaneCommit[] | undefined {
    if (cursor < this.floor) return undefined;
    const from = this.firstAfter(cursor);
    return this.commits.slice(from, from + max);
  }

  private trim(): void {
    let cut = Math.max(0, this.commits.length - this.limits.commits);
    let bytes = this.bytes - sum(this.sizes, cut);
    for (; bytes > this.limits.bytes && cut < this.commits.length - 1; cut++) bytes -= this.sizes[cut] ?? 0;
    this.floor = this.commits[cut - 1]?.position ?? this.floor;
    this.commits = this.commits.slice(cut);
    this.sizes = this.sizes.slice(cut);
    this.bytes = bytes;
  }

  private firstAfter(cursor: Position): number {
    let low = 0;
    let high = this.commits.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.commits[middle]?.position ?? Infinity) > cursor) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

const sum = (sizes: readonly number[], count: number): number => {
  let total = 0;
  for (let i = 0; i < count; i++) total += sizes[i] ?? 0;
  return total;
};
