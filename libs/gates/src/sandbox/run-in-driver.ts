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

const inCell = async (driver: Driver, request: CheckedRequest, terms: RunTerms): Promise<SandboxOutcome> => {
  const { ground, home } = theGround();
  const { cell, close } = openCell(ground, home, request);
  try {
    const refusal = driver.refuses(cell);
    if (refusal !== undefined) return { kind: 'unavailable', reason: refusal };
    return await new SandboxRun(cell, driver, terms.isolation).run(terms.signal);
  } finally {
    await close();
  }
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
    return terms.signal.aborted ? { kind: 'aborted' } : await inCell(driver, checked, terms);
  } catch (error) {
    if (error instanceof MissingMountError) return { kind: 'unavailable', reason: error.message };
    throw error;
  }
};
