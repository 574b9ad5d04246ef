import { percentile } from '../kills/seeded.js';

/** What one run did; money in billionths of a US dollar. */
export interface Run {
  readonly number: number;
  readonly cards: number;
  readonly slots: number;
  readonly limit: number;
  /** When nothing moved any more under the first limit. */
  readonly first: { readonly status: string; readonly billed: number; readonly spent: number };
  readonly raises: number;
  readonly last: { readonly limit: number; readonly billed: number; readonly spent: number };
  readonly kills: number;
  /** Requests that had no answer yet at the kills. */
  readonly inFlight: number;
  readonly drops: number;
  readonly calls: number;
  readonly twice: number;
}

const CENT = 10_000_000;
const NAMES = ['smallest', 'a quarter below', 'middle', 'a quarter above', 'largest'];
const AT = [0, 0.25, 0.5, 0.75, 1];

const row = (what: string, numbers: readonly number[], places: number): string =>
  `| ${what} | ${AT.map((p) => percentile(numbers, p).toFixed(places)).join(' | ')} |`;
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

const distribution = (runs: readonly Run[]): readonly string[] => {
  const short = runs.filter(({ first }) => first.status === 'paused');
  return [
    `| | ${NAMES.join(' | ')} |`,
    `| --- |${' --- |'.repeat(NAMES.length)}`,
    row(
      'first limit, cents',
      runs.map(({ limit }) => limit / CENT),
      1,
    ),
    row(
      'bill under it, cents',
      runs.map(({ first }) => first.billed / CENT),
      2,
    ),
    row(
      `bill of the limit, where it was used up (${short.length} runs), %`,
      short.map(({ first, limit }) => (first.billed * 100) / limit),
      0,
    ),
    row(
      `the log's sum of the limit, there, %`,
      short.map(({ first, limit }) => (first.spent * 100) / limit),
      0,
    ),
    row(
      'last limit, cents',
      runs.map(({ last }) => last.limit / CENT),
      1,
    ),
    row(
      'bill at the end, cents',
      runs.map(({ last }) => last.billed / CENT),
      2,
    ),
    row(
      'charged by the log above the bill, cents',
      runs.map(({ last }) => (last.spent - last.billed) / CENT),
      2,
    ),
    row(
      'kills',
      runs.map(({ kills }) => kills),
      0,
    ),
    row(
      'paid calls',
      runs.map(({ calls }) => calls),
      0,
    ),
    row(
      'calls paid twice',
      runs.map(({ twice }) => twice),
      0,
    ),
  ];
};

/** The page of results. */
export const report = (runs: readonly Run[], seed: number): string => {
  const alone = runs.filter(({ slots }) => slots === 1);
  const of = (list: readonly Run[], name: 'kills' | 'twice' | 'drops' | 'inFlight' | 'calls'): number =>
    sum(list.map((run) => run[name]));
  return [
    `# ${runs.length} random runs under a budget, killed`,
    '',
    `\`node bench/claude-budget/run.mjs --runs ${runs.length} --seed ${seed}\`: orchestrator, agent runtime, embedded log and Claude author in processes that are killed with SIGKILL, against the stub, which bills by its own price list. Limits, slots (1 to 3), cards (2 to 5), kills, 429s and broken streams are random; limits are raised until the run is complete.`,
    '',
    ...distribution(runs),
    '',
    `- the bill passed the limit in 0 of ${runs.length} runs, at no time; the log's sum never fell below the bill, nor above the limit`,
    `- every run was completed, after ${sum(runs.map(({ raises }) => raises))} raised limits in ${runs.filter(({ raises }) => raises > 0).length} runs`,
    `- ${of(runs, 'kills')} kills, ${of(runs, 'inFlight')} requests unanswered at them, ${of(runs, 'drops')} streams broken off; ${of(runs, 'twice')} of ${of(runs, 'calls')} paid calls were paid twice`,
    `- with one slot (${alone.length} runs): ${of(alone, 'twice')} paid twice at ${of(alone, 'kills')} kills and ${of(alone, 'drops')} broken streams: at most the one call in flight`,
    '',
  ].join('\n');
};
