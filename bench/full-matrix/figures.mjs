// What the log of one combination says: cards by state, and for each gate how often it passed, failed, referred, with its key figure.

/** Per gate: a pattern over the verdict's one-line summary, and how the numbers of several cards are told. */
const KEY_FIGURES = [
  [/^(?:go|py|web)-coverage$/, /([\d.]+) %/, (values) => `${span(values)} %`],
  [/^(?:go|py)-tests/, /(\d+)(?: of \d+)? tests? passed|(\d+) tests? passed/, (values) => `${span(values)} tests`],
  [/^web-tests$/, /(\d+) tests/, (values) => `${span(values)} tests`],
  [/-conformance$/, /(\d[\d,]*) (?:generated|passed)/, (values) => `${span(values)} cases`],
  [/-latency$/, /"p95": ?([\d.]+)/, (values) => `p95 ${span(values)} ms`],
  [/^migrations-/, /(\d+) tables/, (values) => `${span(values)} tables`],
  [/-contract$/, /(\d+) (?:operations|calls)/, (values) => `${span(values)} operations`],
  [/-e2e$/, /(\d+ of \d+) steps/, (_values, words) => `${words.at(-1)} steps (last card)`],
  [/^product-answers$/, /(\d+) (?:requests|answers)/, (values) => `${span(values)} requests`],
];

const span = (values) => {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? `${least}` : `${least}–${most}`;
};

const keyFigure = (gate, verdicts) => {
  const known = KEY_FIGURES.find(([name]) => name.test(gate));
  if (known === undefined) return '';
  const [, pattern, words] = known;
  const found = verdicts.flatMap(({ summary }) => pattern.exec(summary)?.slice(1).find(Boolean) ?? []);
  return found.length === 0
    ? ''
    : words(
        found.map((text) => Number.parseFloat(text.replaceAll(',', ''))),
        found,
      );
};

/** Rows of `squados events --json --type VerdictRecorded` as one entry a gate, in the order in which gates first spoke. */
export const gatesOf = (rows) => {
  const byGate = new Map();
  for (const { event } of rows) {
    const { verdict } = event.data;
    byGate.set(verdict.gate, [
      ...(byGate.get(verdict.gate) ?? []),
      { ...verdict, card: event.subject.split('/').at(-1) },
    ]);
  }
  return [...byGate].map(([gate, verdicts]) => {
    const count = (outcome) => verdicts.filter((verdict) => verdict.outcome === outcome).length;
    const passed = verdicts.filter((verdict) => verdict.outcome === 'pass');
    return {
      gate,
      pass: count('pass'),
      fail: count('fail'),
      refer: count('refer'),
      figure: keyFigure(gate, passed),
      load: /-latency$/.test(gate) ? loadOf(passed.at(-1)) : undefined,
      wrong: verdicts
        .filter((v) => v.outcome !== 'pass')
        .map((v) => `${v.card} ${v.outcome}: ${v.summary.slice(0, 200)}`),
    };
  });
};

const loadOf = (verdict) => /\d+ clients[^,]*/.exec(`${verdict?.summary ?? ''} ${verdict?.command ?? ''}`)?.[0];

const escaped = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** The page of all combinations that were run. */
export const pageOf = (results) =>
  [
    '# Profile full: both examples, both languages',
    '',
    'Every gate of every card, `squados run EXAMPLE --profile full --backend LANGUAGE --yes --exit`, in the sandbox, with the toolchains of',
    '`squados setup all`. Written by `node bench/full-matrix/run.mjs`; times on 2 cores shared with other',
    'work. A combination may be run in pieces: what was stopped goes on where it was.',
    '',
    '| Combination | Exit | Cards | Gates pass / fail / refer | `events --verify` | Wall | Pieces |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...results.map(summaryRow),
    ...results.flatMap(section),
    '',
  ].join('\n');

const total = (result, key) => result.gates.reduce((sum, gate) => sum + gate[key], 0);
const summaryRow = (result) =>
  `| ${result.name} | ${result.exit} | ${states(result)} | ${['pass', 'fail', 'refer'].map((key) => total(result, key)).join(' / ')} | exit ${result.verify} | ${result.seconds.toFixed(0)} s | ${result.pieces} |`;

const states = ({ byState }) =>
  Object.entries(byState)
    .filter(([, n]) => n > 0)
    .map(([state, n]) => `${n} ${state}`)
    .join(', ');

const section = (result) => {
  const wrong = result.gates.flatMap((gate) => gate.wrong.map((text) => `- ${gate.gate}: ${escaped(text)}`));
  return [
    '',
    `## ${result.name}`,
    '',
    '| Gate | Pass | Fail | Refer | Key figure |',
    '| --- | --- | --- | --- | --- |',
    ...result.gates.map(
      (g) =>
        `| ${g.gate} | ${g.pass} | ${g.fail} | ${g.refer} | ${escaped([g.figure, g.load].filter(Boolean).join('; '))} |`,
    ),
    ...(wrong.length > 0 ? ['', 'What did not pass:', '', ...wrong] : []),
  ];
};
