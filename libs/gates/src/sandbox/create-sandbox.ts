import { bubblewrapDriver } from './drivers/bubblewrap.js';
import type { Driver } from './drivers/driver.js';
import { plainDriver } from './drivers/plain.js';
import { unshareDriver } from './drivers/unshare.js';
import { thisHost } from './host.js';
import { probeDriver, type ProbeResult } from './probe/probe-driver.js';
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
  /** Undefined: nothing runs here. */
  readonly driver: Driver | undefined;
  readonly report: IsolationReport;
}

const levelOf = (text: string | undefined): 0 | 1 | 2 => {
  if (text === undefined || text === '') return 1;
  if (text === '0' || text === '1' || text === '2') return Number(text) as 0 | 1 | 2;
  throw new SandboxSettingError(`SANDBOX_MIN_LEVEL is ${JSON.stringify(text)}; give 0, 1 or 2`);
};

interface Tried extends ProbeResult {
  readonly driver: Driver;
}

/** Best first, and no further than the first that holds all it promises. */
const tryDrivers = async (drivers: readonly Driver[]): Promise<readonly Tried[]> => {
  const host = thisHost();
  const tried: Tried[] = [];
  for (const driver of drivers) {
    const missing = driver.cannot(host);
    const result =
      missing === undefined ? await probeDriver(driver) : { level: 0 as const, checks: [], reason: missing };
    tried.push({ ...result, driver });
    if (result.level === driver.level) break;
  }
  return tried;
};

const NOTHING_RUNS = { level: 0, by: 'no driver runs here', driver: 'plain', checks: [] } as const;

const reportOn = (tried: readonly Tried[], best: Tried | undefined): IsolationReport => {
  const passedOver = tried.filter((one) => one !== best).map(({ driver, reason }) => ({ driver: driver.name, reason }));
  if (best === undefined) return { ...NOTHING_RUNS, passedOver };
  const { driver, level, checks, reason } = best;
  const by = `${DESCRIPTION[driver.name]}${reason === '' ? '' : `; not held: ${reason}`}`;
  return { level, by, driver: driver.name, checks, passedOver };
};

const choose = async (drivers: readonly Driver[]): Promise<Chosen> => {
  const tried = await tryDrivers(drivers);
  const highest = Math.max(0, ...tried.map(({ level }) => level));
  const best = tried.find(({ level }) => level > 0 && level === highest);
  return { driver: best?.driver, report: reportOn(tried, best) };
};

const belowLevel = (minLevel: number, { level, driver, passedOver }: IsolationReport): string => {
  const why = passedOver.map((one) => `${one.driver}: ${one.reason}`).join('; ');
  const asked = `isolation level ${level} (${driver}) is below SANDBOX_MIN_LEVEL ${minLevel}`;
  return `${asked}; ${REMEDY}${why === '' ? '' : ` (${why})`}`;
};

class ProbedSandbox implements Sandbox {
  readonly #minLevel: number;
  readonly #drivers: readonly Driver[];
  #chosen: Promise<Chosen> | undefined;

  constructor(minLevel: number, drivers: readonly Driver[]) {
    this.#minLevel = minLevel;
    this.#drivers = drivers;
  }

  async run(request: SandboxRequest, signal: AbortSignal): Promise<SandboxOutcome> {
    if (signal.aborted) return { kind: 'aborted' };
    const { driver, report } = await this.#choice();
    if (driver === undefined) return { kind: 'unavailable', reason: `no driver of the sandbox runs here; ${REMEDY}` };
    if (report.level < this.#minLevel) return { kind: 'unavailable', reason: belowLevel(this.#minLevel, report) };
    const { level, by } = report;
    return runInDriver(driver, request, { isolation: { level, by }, signal });
  }

  async isolation(): Promise<IsolationReport> {
    return (await this.#choice()).report;
  }

  #choice(): Promise<Chosen> {
    const chosen = (this.#chosen ??= choose(this.#drivers));
    chosen.catch(() => (this.#chosen = undefined));
    return chosen;
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
