/** RFC 9457 `application/problem+json`, with our own words for what to do. */
export interface Problem {
  readonly type: 'about:blank';
  /** A word for programs: `stale-preview`, `too-large`, `unauthorised`, … */
  readonly code: string;
  readonly status: number;
  /** One line that names file, place and fault. */
  readonly title: string;
  readonly details: readonly string[];
  readonly remedy: readonly string[];
}
