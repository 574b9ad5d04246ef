import type { Problem } from '../wire/index.js';

export interface ProblemParts {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly details?: readonly string[];
  readonly remedy?: readonly string[];
}

/** An answer that is no success, in words for whoever asked. */
export class GatewayProblem extends Error {
  override readonly name = 'GatewayProblem';
  readonly problem: Problem;

  constructor({ status, code, title, details = [], remedy = [] }: ProblemParts) {
    super(title);
    this.problem = { type: 'about:blank', status, code, title, details, remedy };
  }
}
