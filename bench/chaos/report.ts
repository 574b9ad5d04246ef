import { BREAKAGES, type Breakage } from './services/broken-log.js';
import type { ChaosPlan, ChaosReport } from './chaos-plan.js';

const listed = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, count]) => `${count} ${name}`)
    .join(', ') || 'none';

const totalOf = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((sum, n) => sum + n, 0);

/** A run as a table. */
export const reportLines = (plan: ChaosPlan, report: ChaosReport): readonly string[] => {
  const { counts, faults, endedAlone, violations } = report;
  const minutes = plan.forMs / 60_000;
  return [
    `${plan.copies} orchestrators, ${plan.copies} of each of ${plan.agents.join(', ')}, and ${plan.copies} gateways, processes of their own, each with its own way to one nats-server; seed ${plan.seed}, faults for ${minutes.toFixed(1)} minutes, one every ${plan.paceMs / 1000} s.`,
    '',
    '| | |',
    '| --- | --- |',
    ...[...faults].sort(([a], [b]) => a.localeCompare(b)).map(([kind, count]) => `| ${kind} | ${count} |`),
    `| faults together (passed over: their target had one already) | ${totalOf(faults)} (${report.passedOver}) |`,
    `| pauses and resumptions through a gateway | ${report.commands} |`,
    `| processes that ended without being killed, and were started again | ${endedAlone.length} |`,
    `| cards | ${report.cards}: ${listed(report.states)} |`,
    `| attempts; taken over from a dead worker; handed back; retries | ${counts.attempts}; ${counts.takenOver}; ${counts.released}; ${counts.retries} |`,
    `| completed by each version of an agent | ${listed(counts.authors)} |`,
    `| commits, events | ${counts.commits}, ${counts.events} |`,
    `| events acknowledged to their writers, of them lost | ${report.acknowledged}, ${violations.filter((v) => v.startsWith('acknowledged')).length} |`,
    `| lines seen on the pages, over so many connections | ${report.feedLines}, ${report.feedConnections} |`,
    `| from the last mended fault to the last settled card | ${(report.settledMs / 1000).toFixed(1)} s |`,
    `| \`squados events --verify --nats\` | ${report.verifier} |`,
    `| violations | ${violations.length} |`,
    ...(endedAlone.length === 0 ? [] : ['', 'Ended without being killed:', '', ...endedAlone.map((how) => `- ${how}`)]),
    ...(violations.length === 0 ? [] : ['', 'Violations:', '', ...violations.map((violation) => `- ${violation}`)]),
  ];
};

const BROKEN_WORDS: Readonly<Record<Breakage, string>> = {
  expectation: 'appends without the expectation of its lane',
  fence: 'takes a conflict on a lane for an append',
  started: 'records no CardStarted',
};

export const brokenLines = (caught: ReadonlyMap<Breakage, readonly string[]>): readonly string[] =>
  BREAKAGES.filter((breakage) => caught.has(breakage)).flatMap((breakage) => {
    const violations = caught.get(breakage) ?? [];
    const verdict = violations.length > 0 ? 'caught' : 'NOT CAUGHT';
    return [`- agents whose log ${BROKEN_WORDS[breakage]}: ${verdict}`, ...violations.map((line) => `  - ${line}`)];
  });
