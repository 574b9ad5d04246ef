import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSandbox } from '../create-sandbox.js';
import type { Driver } from '../drivers/driver.js';
import { theGround } from '../ground.js';
import { thisHost } from '../host.js';
import type { IsolationReport, Sandbox } from '../sandbox.port.js';
import { describeBounds } from './describe-bounds.js';
import { describeLauncherDeath, describeParentDeath } from './describe-parent-death.js';
import { describeRuns } from './describe-runs.js';
import { attack, HOSTILE, layPrey, type Hostile, type LaidPrey } from './hostile/index.js';

const hasPerl = thisHost().tool('perl') !== undefined;

const holds = (driver: Driver, { opensPlain }: Hostile): boolean =>
  driver.level === 2 || opensPlain === undefined || (opensPlain === 'without-own-user' && theGround().ground.ownUsers);

const describeHostile = (driver: Driver, sandbox: Sandbox): void => {
  let prey: LaidPrey;
  beforeAll(async () => {
    prey = await layPrey();
  });
  afterAll(() => prey.take());

  for (const hostile of HOSTILE.filter((one) => holds(driver, one))) {
    const noPerl = hostile.needsPerl === true && !hasPerl;
    (noPerl ? it.skip : it)(
      `holds what ${hostile.tries} (${hostile.name})${noPerl ? '; skipped: no perl' : ''}`,
      async () => {
        const { damage } = await attack(sandbox, hostile, prey);
        expect(damage).toEqual([]);
      },
    );
  }
};

const describeHere = (driver: Driver, sandbox: Sandbox, report: IsolationReport): void => {
  it(`reaches level ${driver.level} by its own measure`, () => {
    const open = report.checks.filter(({ held }) => !held);
    expect({ driver: report.driver, level: report.level, open: driver.level === 2 ? open : [] }).toEqual({
      driver: driver.name,
      level: driver.level,
      open: [],
    });
  });
  describeRuns(driver, sandbox);
  describeBounds(sandbox);
  describeLauncherDeath(driver);
  describeParentDeath(driver);
  describeHostile(driver, sandbox);
};

/** The same promises for every driver. Where a driver can't start at all, everything is skipped with the reason. */
export const describeDriver = async (driver: Driver): Promise<void> => {
  const sandbox = createSandbox({ drivers: [driver.name], minLevel: 0, env: {} });
  const report = await sandbox.isolation();
  const couldStart = report.checks.length > 0;
  const why = report.passedOver.map(({ reason }) => reason).join('; ');
  describe(`the ${driver.name} driver${couldStart ? '' : ` (skipped: ${why})`}`, () => {
    if (couldStart) describeHere(driver, sandbox, report);
    else it.skip(`runs here (${why})`, () => undefined);
  });
};
