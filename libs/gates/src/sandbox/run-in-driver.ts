import type { Isolation } from '@squados/contracts';
import { checkedRequest, MissingMountError, type CheckedRequest } from './checked-request.js';
import type { Driver } from './drivers/driver.js';
import { theGround } from './ground.js';
import { openCell } from './open-cell.js';
import { SandboxRun } from './sandbox-run.js';
import type { SandboxOutcome, SandboxRequest } from './sandbox.port.js';

export interface RunTerms {
  readonly isolation: Isolation;
  readonly signal: AbortSignal;
}

interface Answer {
  readonly outcome: SandboxOutcome;
  /** Whoever launched it was killed from outside. */
  readonly isLost: boolean;
}

const inCell = async (driver: Driver, request: CheckedRequest, terms: RunTerms): Promise<Answer> => {
  const { ground, home } = theGround();
  const { cell, close } = openCell(ground, home, request);
  try {
    const refusal = driver.refuses(cell);
    if (refusal !== undefined) return { outcome: { kind: 'unavailable', reason: refusal }, isLost: false };
    const run = new SandboxRun(cell, driver, terms.isolation);
    const outcome = await run.run(terms.signal);
    return { outcome, isLost: run.isLost };
  } finally {
    await close();
  }
};

/** Once more, from nothing, when it was lost: what somebody did to the launching process is no verdict on the code. A conversation can't be had twice. */
const withSecondTry = async (driver: Driver, request: CheckedRequest, terms: RunTerms): Promise<SandboxOutcome> => {
  const { outcome, isLost } = await inCell(driver, request, terms);
  return isLost && !terms.signal.aborted && request.talk === undefined
    ? (await inCell(driver, request, terms)).outcome
    : outcome;
};

/**
 * One run from start to end; nothing of it is left when this answers.
 *
 * @throws SandboxRequestError when the request is wrong in itself
 */
export const runInDriver = async (
  driver: Driver,
  request: SandboxRequest,
  terms: RunTerms,
): Promise<SandboxOutcome> => {
  try {
    const checked = checkedRequest(request);
    return terms.signal.aborted ? { kind: 'aborted' } : await withSecondTry(driver, checked, terms);
  } catch (error) {
    if (error instanceof MissingMountError) return { kind: 'unavailable', reason: error.message };
    throw error;
  }
};
