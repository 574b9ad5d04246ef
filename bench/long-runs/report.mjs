// The results of long runs as Markdown.
import { availableParallelism } from 'node:os';
import { gatesOf, outcomeOf, smokeOf } from './facts.mjs';

/** Outside text in a cell of a table. */
const cell = (text) =>
  String(text)
    .replace(/\s+/g, ' ')
    .replace(/[|<>`]/g, (found) => `\\${found}`)
    .trim();
const row = (...cells) => `| ${cells.map(cell).join(' | ')} |`;
const table = (head, rows) => [row(...head), `|${head.map(() => '---').join('|')}|`, ...rows];

const counted = (values) => {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts];
};

const SEPARATOR = '\u0000';

const byOutcome = (cards) =>
  counted(cards.map((card) => `${card.agent}${SEPARATOR}${outcomeOf(card)}`))
    .map(([key, n]) => [...key.split(SEPARATOR), n])
    .sort((a, b) => `${a[0]} ${a[1]}`.localeCompare(`${b[0]} ${b[1]}`));

const states = (cards) =>
  counted(cards.map((card) => card.state))
    .map(([state, n]) => `${n} ${state}`)
    .join(', ');

const paceOf = ({ facts, pieces }) => {
  const seconds = pieces.reduce((sum, piece) => sum + piece.seconds, 0);
  const done = [...facts.cards.values()].filter((card) => card.state === 'DONE').length;
  const perMinute = seconds === 0 ? 0 : (60 * done) / seconds;
  return `${done} cards in ${(seconds / 60).toFixed(1)} min of running, ${perMinute.toFixed(1)} a minute, in ${pieces.length} piece(s)`;
};

const sectionOf = (run) => {
  const cards = [...run.facts.cards.values()];
  const smoke = smokeOf(run.facts);
  return [
    `## ${run.name}`,
    '',
    `- Input: \`${run.input}\`, profile ${run.facts.profile}, concurrency ${run.concurrency.join(' ')}`,
    `- Ended: ${run.facts.ended ? 'yes' : 'NO'}, exit code ${run.code}`,
    `- Cards: ${cards.length}: ${states(cards)}`,
    `- Pace: ${paceOf(run)}`,
    `- Product: ${smoke ? `${smoke.outcome}, ${smoke.summary}` : 'was not started'}`,
    `- \`events --verify\`: exit ${run.verify.code}, ${run.verify.said}`,
    `- Files delivered: ${run.facts.files.size}`,
    '',
    '### Cards by what their gates said',
    '',
    ...table(
      ['Owner', 'Outcome', 'Cards'],
      byOutcome(cards).map((one) => row(...one)),
    ),
    '',
    '### Gates',
    '',
    ...table(
      ['Gate', 'Pass', 'Fail', 'Refer', 'What it first said where it did not pass'],
      gatesOf(run.facts).map(([name, g]) => row(name, g.pass, g.fail, g.refer, g.said)),
    ),
    '',
    '### What the product answered',
    '',
    '```text',
    ...(smoke?.excerpt ?? 'nothing: it was not started').split('\n'),
    '```',
    '',
  ];
};

/** Runs, each with its facts, pieces, exit code and verification. */
export const reportOf = (runs) =>
  [
    '# Long runs: the whole chain to its end',
    '',
    `Made by \`node bench/long-runs/run.mjs\` on ${availableParallelism()} processors, Node ${process.version}, whatever else the machine did.`,
    '"A minute" counts the time in which the product ran; a run that was taken up again counts all its pieces, their starts too.',
    '',
    ...runs.flatMap(sectionOf),
  ].join('\n');
