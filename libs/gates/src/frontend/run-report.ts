import type { Finding } from '@squados/contracts';
import type { SeenCalls } from './contract/seen-call.js';

export const STEPS = ['types', 'lint', 'calls', 'tests', 'build'] as const;
export type Step = (typeof STEPS)[number];

export interface StaticReport {
  readonly findings: readonly Finding[];
  readonly files: number;
}

export interface SeenTest {
  readonly path: string;
  readonly name: string;
  readonly status: string;
  readonly ms?: number;
  readonly message?: string;
}

export interface SeenCoverage {
  readonly path: string;
  /** Lines that hold a statement. */
  readonly total: number;
  readonly missed: readonly number[];
}

export interface TestReport {
  readonly tests: readonly SeenTest[];
  readonly coverage: readonly SeenCoverage[];
}

export interface BuildReport {
  readonly messages: readonly string[];
  readonly files: number;
  readonly bytes: number;
  readonly hasPage: boolean;
}

/** What each step of a run said; a step that is not in it never came to its end. */
export interface StepReports {
  readonly types?: Reported<StaticReport>;
  readonly lint?: Reported<StaticReport>;
  readonly calls?: Reported<SeenCalls>;
  readonly tests?: Reported<TestReport>;
  readonly build?: Reported<BuildReport>;
}

export type Reported<T> = (T | { readonly broken: string }) & Timed;

export interface Timed {
  readonly ms: number;
  readonly cpuMs: number;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const lineOf = (line: string): readonly [string, unknown][] => {
  try {
    const said: unknown = JSON.parse(line);
    if (!isRecord(said) || !isRecord(said['result'])) return [];
    return [[String(said['step']), { ...said['result'], ms: said['ms'], cpuMs: said['cpuMs'] }]];
  } catch {
    return [];
  }
};

/** Reads the lines that begin with the run's own mark; whatever else was printed is the project's. */
export const readReports = (stdout: string, mark: string): StepReports =>
  Object.fromEntries(
    stdout
      .split('\n')
      .filter((line) => line.startsWith(mark))
      .flatMap((line) => lineOf(line.slice(mark.length))),
  );
