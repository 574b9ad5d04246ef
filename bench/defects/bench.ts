// Plants one defect at a time into what the offline authors write for a small project, runs it through the gates of its card (and QA's),
// and prints which gate stopped it with which words; the clean twin of each part must pass. Goes on where it was stopped. Usage:
//   node bench/defects/run.mjs [--only B1,B2] [--minutes 5] [--fresh] [--out bench/defects/RESULTS.md]
// Exit codes: 0 all as they should be, 1 a miss or a false alarm, 3 not done yet: run it again.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import type { Verdict } from '@squados/contracts';
import { authorProject, type AuthoredProject, type Part } from '../authored/authored-project.js';
import { Judge, type Stage } from './judge.js';
import { DEFECTS } from './planted/index.js';
import type { Defect, Work } from './planted/defect.js';
import { reportOf, type Row } from './report.js';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    minutes: { type: 'string', default: '600' },
    fresh: { type: 'boolean', default: false },
    out: { type: 'string', default: 'bench/defects/RESULTS.md' },
  },
});

const DOCUMENT = 'bench/defects/tool-shed.en.md';
const PROGRESS = 'node_modules/.cache/squados/defects.json';
const UNFINISHED = 3;
const PARTS: readonly Part[] = ['product', 'architecture', 'python', 'go', 'frontend', 'infrastructure'];

interface Case {
  readonly id: string;
  readonly part: Part;
  /** Absent for the clean twin. */
  readonly defect?: Defect;
}

const CASES: readonly Case[] = [
  ...PARTS.map((part) => ({ id: `clean ${part}`, part })),
  ...DEFECTS.map((defect) => ({ id: defect.id, part: defect.part, defect })),
];

const workOf = (project: AuthoredProject, { part, defect }: Case): Work => {
  const { files, proposals } = project.parts[part];
  const work: Work = { files: new Map(files), proposals };
  defect?.plant(work);
  return work;
};

const digestOf = ({ files, proposals }: Work): string =>
  createHash('sha256')
    .update(JSON.stringify([...files, proposals]))
    .digest('hex');

const wordsOf = (verdict: Verdict): string =>
  [
    verdict.summary,
    ...(verdict.findings ?? []).map((f) => `${f.path ?? ''}:${f.line ?? ''} ${f.rule ?? ''} ${f.message}`),
  ].join('\n');

/** The line of a verdict that says it best: the finding that holds the expected words, else the summary. */
const quote = (verdict: Verdict, says: RegExp): string => {
  const lines = wordsOf(verdict).split('\n');
  return (lines.find((line) => says.test(line)) ?? verdict.summary).trim();
};

const rowOf = ({ id, part, defect }: Case, stages: readonly Stage[]): Row => {
  const failed = stages.flatMap((stage) => stage.verdicts.filter((v) => v.outcome === 'fail'));
  const referred = stages.flatMap((stage) => stage.verdicts.filter((v) => v.outcome === 'refer' && v.required));
  const last = stages.at(-1);
  const base = { id, part, failed: failed.map((v) => v.gate), referred: referred.map((v) => v.gate) };
  if (!defect) {
    const passed = stages.flatMap((stage) => stage.verdicts.filter((v) => v.outcome === 'pass')).length;
    return {
      ...base,
      title: 'clean twin',
      isRight: failed.length === 0,
      says: `${passed} gates pass; ${failed.map((v) => `${v.gate}: ${v.summary}`).join('; ') || 'no alarm'}`,
    };
  }
  const stopper = failed.find((v) => v.gate === defect.gate);
  const isRight = last?.stopped !== undefined && stopper !== undefined && defect.says.test(wordsOf(stopper));
  return {
    ...base,
    title: defect.title,
    wanted: defect.gate,
    isRight,
    says: stopper ? quote(stopper, defect.says) : (last?.stopped?.message ?? 'nothing stopped it'),
  };
};

type Known = Record<string, { readonly digest: string; readonly row: Row }>;

const known = (): Known => {
  try {
    return JSON.parse(readFileSync(PROGRESS, 'utf8')) as Known;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
};

const main = async (): Promise<number> => {
  if (values.fresh) rmSync(PROGRESS, { force: true });
  const until = performance.now() + Number(values.minutes) * 60_000;
  const wanted = values.only?.split(',');
  const project = await authorProject(DOCUMENT);
  const judge = new Judge(project);
  const done = known();
  const rows: Row[] = [];
  for (const one of CASES) {
    const work = workOf(project, one);
    const digest = digestOf(work);
    const asked = wanted === undefined || wanted.includes(one.id);
    const again = wanted !== undefined && asked;
    if (asked && (again || done[one.id]?.digest !== digest) && performance.now() < until) {
      const began = performance.now();
      const row = rowOf(one, await judge.judge(one.part, work));
      done[one.id] = { digest, row };
      mkdirSync(dirname(PROGRESS), { recursive: true });
      writeFileSync(PROGRESS, JSON.stringify(done));
      console.log(
        `${row.isRight ? 'ok  ' : 'MISS'} ${row.id} ${row.title} (${Math.round((performance.now() - began) / 1_000)} s): ${row.failed.join(', ')}: ${row.says.slice(0, 200)}`,
      );
    }
    const kept = done[one.id];
    if (kept?.digest === digest) rows.push(kept.row);
  }
  await judge.close();
  const open = CASES.length - rows.length;
  writeFileSync(values.out, reportOf(rows, open));
  const wrong = rows.filter((row) => !row.isRight);
  for (const row of wrong) console.error(`not as it should be: ${row.id} ${row.title}`);
  if (wrong.length > 0) return 1;
  return open > 0 ? UNFINISHED : 0;
};

process.exit(await main());
