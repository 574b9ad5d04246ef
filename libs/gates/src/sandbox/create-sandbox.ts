import { bubblewrapDriver } from './drivers/bubblewrap.js';
import type { Driver } from './drivers/driver.js';
import { plainDriver } from './drivers/plain.js';
import { unshareDriver } from './drivers/unshare.js';
import { thisHost } from './host.js';
import { probeDriver } from './probe/probe-driver.js';
import { runInDriver } from './run-in-driver.js';
import type { IsolationReport, Sandbox, SandboxOutcome, SandboxRequest } from './sandbox.port.js';

export interface SandboxOptions {
  /** Below it nothing runs; default: `SANDBOX_MIN_LEVEL` of `env`, else 1. */
  readonly minLevel?: 0 | 1 | 2;
  /** Which drivers may be taken; default: all, the best first. For tests and comparisons. */
  readonly drivers?: readonly Driver['name'][];
  /** Where the settings are read from; default: the environment of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A setting that means nothing. */
export class SandboxSettingError extends Error {
  override readonly name = 'SandboxSettingError';
  readonly code = 'sandbox-setting';
}

const BEST_FIRST: readonly Driver[] = [bubblewrapDriver, unshareDriver, plainDriver];
const REMEDY = 'apt-get install bubblewrap';
const DESCRIPTION = {
  bubblewrap: 'bubblewrap: namespaces, filter of system calls, own user',
  unshare: 'unshare: namespaces, own user',
  plain: "plain limits: the host's files and network stay in sight",
} as const;

interface Chosen {
  readonly driver: Driver;
  readonly report: IsolationReport;
}

const levelOf = (text: string | undefined): 0 | 1 | 2 => {
  if (text === undefined || text === '') return 1;
  if (text === '0' || text === '1' || text === '2') return Number(text) as 0 | 1 | 2;
  throw new SandboxSettingError(`SANDBOX_MIN_LEVEL is ${JSON.stringify(text)}; give 0, 1 or 2`);
};

/** The first driver that holds what it promises, else the last one that runs at all. */
const choose = async (drivers: readonly Driver[]): Promise<Chosen | undefined> => {
  const host = thisHost();
  const passedOver: { driver: string; reason: string }[] = [];
  for (const driver of drivers) {
    const missing = driver.cannot(host);
    const result =
      missing === undefined ? await probeDriver(driver) : { level: 0 as const, checks: [], reason: missing };
    const { level, checks, reason } = result;
    if (level === driver.level)
      return { driver, report: { level, by: DESCRIPTION[driver.name], driver: driver.name, checks, passedOver } };
    passedOver.push({ driver: driver.name, reason });
  }
  return undefined;
};

const belowLevel = (minLevel: number, { report }: Chosen): string => {
  const why = report.passedOver.map(({ driver, reason }) => `${driver}: ${reason}`).join('; ');
  return `isolation level ${report.level} (${report.driver}) is below SANDBOX_MIN_LEVEL ${minLevel}; ${REMEDY}${why ? ` (${why})` : ''}`;
};

class ProbedSandbox implements Sandbox {
  readonly #minLevel: number;
  readonly #drivers: readonly Driver[];
  #chosen: Promise<Chosen | undefined> | undefined;

  constructor(minLevel: number, drivers: readonly Driver[]) {
    this.#minLevel = minLevel;
    this.#drivers = drivers;
  }

  async run(request: SandboxRequest, signal: AbortSignal): Promise<SandboxOutcome> {
    if (signal.aborted) return { kind: 'aborted' };
    const chosen = await this.#choice();
    if (chosen === undefined) return { kind: 'unavailable', reason: `no driver of the sandbox runs here; ${REMEDY}` };
    if (chosen.report.level < this.#minLevel)
      return { kind: 'unavailable', reason: belowLevel(this.#minLevel, chosen) };
    const { level, by } = chosen.report;
    return runInDriver(chosen.driver, request, { isolation: { level, by }, signal });
  }

  async isolation(): Promise<IsolationReport> {
    const chosen = await this.#choice();
    const names = this.#drivers.map(({ name }) => name);
    return (
      chosen?.report ?? {
        ...{ level: 0, by: 'no driver runs here', driver: 'plain', checks: [] },
        passedOver: names.map((driver) => ({ driver, reason: 'does not run here' })),
      }
    );
  }

  #choice(): Promise<Chosen | undefined> {
    return (this.#chosen ??= choose(this.#drivers));
  }
}

/**
 * The sandbox of this machine. The driver is chosen at the first use, by a probe that takes some tenths of a second.
 *
 * @throws SandboxSettingError when `SANDBOX_MIN_LEVEL` is none of 0, 1, 2
 */
export const createSandbox = (options: SandboxOptions = {}): Sandbox => {
  const minLevel = options.minLevel ?? levelOf((options.env ?? process.env)['SANDBOX_MIN_LEVEL']);
  const names = options.drivers;
  const drivers = BEST_FIRST.filter(({ name }) => names === undefined || names.includes(name));
  return new ProbedSandbox(minLevel, drivers);
};
