// Given designs: real contracts of others, through the whole chain. Writes RESULTS.md beside itself.
// Usage: node bench/given-designs/run.mjs [contract …] [--profile quick|full] [--keep FOLDER]
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const here = import.meta.dirname;
const root = resolve(here, '../..');
const squados = join(root, 'apps/cli/bin/squados.mjs');
const inputs = resolve(root, '../shared/inputs/openapi');
const REAL = [
  'petstore-3.0.yaml',
  'museum-3.1.yaml',
  'pix-bacen.pt.yaml',
  'swagger-petstore.yaml',
  'train-travel-3.1.yaml',
  'spotify-fixed.yaml',
];
const CARDS = ['ARCH-001', 'BE-001', 'FE-001', 'QA-001', 'INFRA-001', 'DEPLOY-001'];

const args = process.argv.slice(2);
const option = (name) => {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args.splice(at, 2)[1];
};
const profile = option('--profile') ?? 'quick';
/** Where the runs are kept, one folder per contract: a run that is there is read, not repeated, so that a long bench can go on in parts. */
const kept = option('--keep');
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

const folderFor = (file) => {
  if (kept === undefined) return mkdtempSync(join(tmpdir(), 'given-'));
  const folder = join(resolve(kept), basename(file).replace(/\.(ya?ml|json)$/, ''));
  mkdirSync(folder, { recursive: true });
  return folder;
};

const entitiesOf = (data) => {
  const file = join(data, 'app-artefacts/arquitetura/modelo-de-dominio.json');
  return existsSync(file) ? (jsonOf(readFileSync(file, 'utf8'))?.entities?.length ?? 0) : 0;
};

const measured = async (file) => {
  const folder = folderFor(file);
  const data = join(folder, 'd');
  try {
    const said = existsSync(data)
      ? undefined
      : await printed(['run', file, '--data', data, '--yes', '--exit', '--no-page', '--profile', profile]);
    if (said !== undefined) await printed(['down', '--data', data]);
    const validated = jsonOf(await printed(['validate', file, '--json']))?.files?.[0] ?? {};
    const cards = [];
    for (const id of CARDS) cards.push(await cardOf(data, id));
    return { file, validated, cards, entities: entitiesOf(data) };
  } finally {
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  }
};

const servedOf = ({ summary = '' }) => /^(\d+ of \d+)/.exec(summary)?.[1] ?? 'none';
const gatesOf = (card) =>
  `${card.state}: ${card.pass} passed${card.fail.length > 0 ? `, ${card.fail.length} failed` : ''}${card.refer.length > 0 ? `, ${card.refer.length} referred` : ''}`;
/** Gates that tell and stop nothing. */
const ADVICE = /^openapi-(?:lint|examples):/;
const failedOn = (cards) =>
  cards.flatMap((c) =>
    [...c.fail, ...(c.failure ? [c.failure.message] : [])].map(
      (why) => `${c.id}${ADVICE.test(why) ? ' (advice)' : ''}: ${why}`,
    ),
  );

/** One line per contract: what of it is served, and what its halves were held to. */
const rowOf = ({ file, validated, cards, entities }) => {
  const half = (id) => gatesOf(cards.find((c) => c.id === id));
  const cells = [
    basename(file),
    servedOf(validated),
    entities,
    half('BE-001'),
    half('FE-001'),
    half('QA-001'),
    half('DEPLOY-001'),
  ];
  return `| ${cells.join(' | ')} | ${cellOf(failedOn(cards).join('; ') || '–')} |`;
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

const HEAD = [
  '# Given designs',
  '',
  `Contracts of others as the design, profile ${profile}. Advice (openapi-lint, openapi-examples) stops nothing.`,
  '',
  '| Contract | Operations served | Entities | Backend gates | Frontend gates | QA gates | Deployment | Failed on |',
  '| --- | --- | --- | --- | --- | --- | --- | --- |',
];
const rows = [];
const sections = [];
let bad = 0;
for (const file of contracts) {
  if (!existsSync(file)) {
    sections.push(`## ${basename(file)}`, '', 'Skipped: the file is not here.', '');
    continue;
  }
  process.stdout.write(`${basename(file)}\n`);
  const result = await measured(file);
  bad += result.cards.every((c) => c.state === 'DONE') ? 0 : 1;
  rows.push(rowOf(result));
  sections.push(...sectionOf(result));
  writeFileSync(join(here, 'RESULTS.md'), `${[...HEAD, ...rows, '', ...sections].join('\n').trimEnd()}\n`);
}
process.stdout.write(readFileSync(join(here, 'RESULTS.md'), 'utf8'));
process.exit(bad > 0 ? 1 : 0);
