// Given designs: real contracts of others, through the whole chain. Writes RESULTS.md beside itself.
// Usage: node bench/given-designs/run.mjs [contract …] [--profile quick|full]
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const here = import.meta.dirname;
const root = resolve(here, '../..');
const squados = join(root, 'apps/cli/bin/squados.mjs');
const inputs = resolve(root, '../shared/inputs/openapi');
const REAL = ['petstore-3.0.yaml', 'museum-3.1.yaml', 'pix-bacen.pt.yaml'];
const CARDS = ['ARCH-001', 'BE-001', 'FE-001', 'QA-001', 'INFRA-001', 'DEPLOY-001'];

const args = process.argv.slice(2);
const at = args.indexOf('--profile');
const profile = at < 0 ? 'quick' : args.splice(at, 2)[1];
const contracts = args.length > 0 ? args.map((name) => resolve(name)) : REAL.map((name) => join(inputs, name));

/** What a command prints, whatever its exit code. */
const printed = async (words) => {
  try {
    return (await run(process.execPath, [squados, ...words], { maxBuffer: 64 * 1024 * 1024, timeout: 900_000 })).stdout;
  } catch (error) {
    return String(error.stdout ?? '');
  }
};

const jsonOf = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const cellOf = (text) => String(text).replace(/\s+/g, ' ').replaceAll('|', '\\|').slice(0, 300);

/** Verdicts of the last attempt of a card, and what ended it. */
const cardOf = async (data, id) => {
  const page = jsonOf(await printed(['why', id, '--json', '--data', data])) ?? {};
  const attempt = (page.record?.attempts ?? []).at(-1) ?? {};
  const verdicts = attempt.verdicts ?? [];
  const of = (outcome) => verdicts.filter((v) => v.outcome === outcome).map((v) => `${v.gate}: ${v.summary}`);
  const failure = attempt.end?.failure;
  return {
    id,
    state: page.card?.state ?? 'not there',
    pass: of('pass').length,
    fail: of('fail'),
    refer: of('refer'),
    failure,
  };
};

const measured = async (file) => {
  const folder = mkdtempSync(join(tmpdir(), 'given-'));
  const data = join(folder, 'd');
  try {
    await printed(['run', file, '--data', data, '--yes', '--exit', '--profile', profile]);
    const validated = jsonOf(await printed(['validate', file, '--json']))?.files?.[0] ?? {};
    const cards = [];
    for (const id of CARDS) cards.push(await cardOf(data, id));
    await printed(['down', '--data', data]);
    return { file, validated, cards };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const sectionOf = ({ file, validated, cards }) => [
  `## ${basename(file)}`,
  '',
  `${validated.summary ?? 'not usable'}.`,
  '',
  '| Card | State | Passed | Failed on | Referred |',
  '| --- | --- | --- | --- | --- |',
  ...cards.map(
    (c) =>
      `| ${c.id} | ${c.state} | ${c.pass} | ${cellOf([...c.fail, ...(c.failure ? [c.failure.message] : [])].join('; ') || '–')} | ${cellOf(c.refer.join('; ') || '–')} |`,
  ),
  '',
  'Not served, or without effect:',
  '',
  ...((validated.warnings ?? []).map((w) => `- ${cellOf(w)}`).join('\n') || '- nothing').split('\n'),
  '',
];

const lines = ['# Given designs', '', `Contracts of others as the design, profile ${profile}.`, ''];
let bad = 0;
for (const file of contracts) {
  if (!existsSync(file)) {
    lines.push(`## ${basename(file)}`, '', 'Skipped: the file is not here.', '');
    continue;
  }
  process.stdout.write(`${basename(file)}\n`);
  const result = await measured(file);
  bad += result.cards.every((c) => c.state === 'DONE') ? 0 : 1;
  lines.push(...sectionOf(result));
  writeFileSync(join(here, 'RESULTS.md'), `${lines.join('\n').trimEnd()}\n`);
}
process.stdout.write(readFileSync(join(here, 'RESULTS.md'), 'utf8'));
process.exit(bad > 0 ? 1 : 0);
