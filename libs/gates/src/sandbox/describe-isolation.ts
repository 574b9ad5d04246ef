import type { IsolationReport } from './sandbox.port.js';

/** The report in lines for a person: driver and level, every check, and why no better driver was taken. */
export const describeIsolation = (report: IsolationReport): readonly string[] => [
  `sandbox: level ${report.level} (${report.by})`,
  ...report.checks.map(({ name, held, by }) => `  ${held ? 'held' : 'OPEN'}  ${name.padEnd(16)} ${by}`),
  ...report.passedOver.map(({ driver, reason }) => `  not ${driver}: ${reason}`),
];
