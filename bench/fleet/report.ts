import type { FleetPlan, FleetReport } from './fleet-run.js';

const listed = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, count]) => `${count} ${name}`)
    .join(', ') || 'none';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const roleOf = (writer: string): string => writer.split('/')[0] ?? writer;

/** One document's run as a table. */
export const fleetLines = ({ document }: FleetPlan, report: FleetReport): readonly string[] => {
  const { facts, seen, awayMs, violations } = report;
  const writers = [...new Set([...facts.writers].map(roleOf))].sort();
  return [
    `## ${document}`,
    '',
    '| | |',
    '| --- | --- |',
    `| processes, server and command left out | ${report.services} |`,
    `| who wrote to the log | ${writers.join(', ')} |`,
    `| cards, completed | ${facts.cards.size}, ${facts.completed} |`,
    `| verdicts of gates | ${listed(facts.verdicts)} |`,
    `| gates that did not pass | ${listed(facts.doubts)} |`,
    `| artifacts read back from the object store by their hash | ${facts.artifacts.size}, ${(report.artifactBytes / 1e6).toFixed(1)} MB |`,
    `| commits, events | ${facts.commits}, ${facts.keys.length} |`,
    `| kills of the gateway (SIGKILL) | ${awayMs.length} |`,
    `| from a kill until the page was live again | ${seconds(Math.min(...awayMs))} to ${seconds(Math.max(...awayMs))} |`,
    `| lines that the page was told, over so many connections | ${seen.keys.length}, ${seen.connections} |`,
    `| gaps, repeats, resets | ${report.gaps.length}, ${report.repeats.length}, ${seen.resets} |`,
    `| \`squados events --verify --nats\` | ${report.verifier} |`,
    `| took | ${report.minutes.toFixed(1)} min |`,
    `| violations | ${violations.length} |`,
    ...(violations.length === 0 ? [] : ['', ...violations.map((violation) => `- ${violation}`)]),
    '',
  ];
};
