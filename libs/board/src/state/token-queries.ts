/** Most commits that are folded in one go. */
export const PAGE = 256;

export interface TokenQuery {
  readonly project: number;
  /** Where the token stands in the text buffer. */
  readonly from: number;
  /** At least 1. */
  readonly length: number;
  /** The asker's own. */
  readonly tag: number;
}

/** What a page asks of the token index, side by side. A length of 0 asks for nothing. */
export class TokenQueries {
  readonly project = new Int32Array(PAGE);
  readonly from = new Int32Array(PAGE);
  readonly length = new Int32Array(PAGE);
  readonly hash = new Int32Array(PAGE);
  readonly tag = new Int32Array(PAGE);
  /** The card, -1 when there is none. */
  readonly found = new Int32Array(PAGE);

  ask(i: number, { project, from, length, tag }: TokenQuery): void {
    this.project[i] = project;
    this.from[i] = from;
    this.length[i] = length;
    this.tag[i] = tag;
  }
}
