import type { Kind, Measured } from './measure.js';

export type Round = { readonly [K in Exclude<Kind, 'keep'>]: Measured };

export interface EngineResult {
  readonly engine: string;
  readonly kept: Measured;
  readonly rounds: readonly Round[];
}

interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

const spreadOf = (values: readonly number[]): Spread => {
  const sorted = [...values].sort((a, b) => a - b);
  const [least = NaN, most = NaN] = [sorted[0], sorted.at(-1)];
  return { median: sorted[Math.floor(sorted.length / 2)] ?? NaN, least, most };
};

const told = ({ median, least, most }: Spread, digits: number, unit: string): string =>
  `${median.toFixed(digits)}${unit} (${least.toFixed(digits)}–${most.toFixed(digits)})`;

const seconds = (rounds: readonly Round[], kind: keyof Round): string =>
  told(spreadOf(rounds.map((round) => round[kind].seconds)), 2, ' s');

const ratio = (rounds: readonly Round[], of: (round: Round) => number): Spread => spreadOf(rounds.map(of));

const share = (rounds: readonly Round[], kind: 'board' | 'whole'): string =>
  told(
    ratio(rounds, (r) => (100 * r.read.seconds) / r[kind].seconds),
    0,
    ' %',
  );

const times = (rounds: readonly Round[], kind: 'board' | 'whole'): string =>
  told(
    ratio(rounds, (r) => r[kind].seconds / r[`${kind}-start`].seconds),
    1,
    '×',
  );

const foldRow = ({ engine, rounds }: EngineResult): string =>
  `| ${engine} | ${seconds(rounds, 'read')} | ${seconds(rounds, 'board')} | ${share(rounds, 'board')} | ${seconds(rounds, 'whole')} | ${share(rounds, 'whole')} |`;

const startRow = ({ engine, rounds }: EngineResult): string =>
  `| ${engine} | ${seconds(rounds, 'board-start')} | ${times(rounds, 'board')} | ${seconds(rounds, 'whole-start')} | ${times(rounds, 'whole')} |`;

const memory = (rounds: readonly Round[], kind: keyof Round): string =>
  Math.max(...rounds.map((round) => round[kind].megabytes)).toFixed(0);

const keptRow = ({ engine, kept, rounds }: EngineResult): string =>
  `| ${engine} | ${kept.taking?.toFixed(2)} s | ${kept.keeping?.toFixed(2)} s | ${memory(rounds, 'read')} | ${memory(rounds, 'whole')} | ${memory(rounds, 'whole-start')} |`;

export const reportOf = (
  results: readonly EngineResult[],
  { events, cores }: { readonly events: number; readonly cores: number },
): string => `# bench/replay

A log of ${events.toLocaleString('en')} events (${(events / 4).toLocaleString('en')} cards of a layered graph, each enqueued, started, judged and completed, in three commits), read from its
beginning to its head. Every measurement in a process of its own, ${results[0]?.rounds.length ?? 0} interleaved rounds; ratios are taken within a round. Medians, least–most; ${cores} cores, Node ${process.versions.node.split('.')[0]}.
Repeat: \`node tools/bench-bundle.mjs bench/replay/replay.ts --out bench/replay/RESULTS.md\`.

## Folding beside reading

*Reading* decodes every event and keeps nothing. *Board* folds what decides; *whole* also the catalog: all texts, attempts and verdicts that pages, \`why\`
and the agents ask for. The share says how fast folding is beside reading alone (floor for the board: 85 %).

| log | reading | board | share | whole fold | share |
|---|---|---|---|---|---|
${results.map(foldRow).join('\n')}

## Starting from a snapshot

The snapshot is about 10,000 events old: read it, check it, restore it, fold the tail. Floor: 30× faster than folding all.

| log | board | faster | whole fold | faster |
|---|---|---|---|---|
${results.map(startRow).join('\n')}

## Keeping one

*Taking* is what the fold waits for; the writing goes on beside it. Memory is the most that the process ever had, in MB.

| log | taking | taking and writing | reading | whole fold | start |
|---|---|---|---|---|---|
${results.map(keptRow).join('\n')}
`;
