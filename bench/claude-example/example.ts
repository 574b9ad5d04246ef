// The whole example by Claude's path through planted faults: every card done, the log's money equal to the stub's bill, prompts read
// from the cache; then `rerun --recorded`: no request, every manifest equal. Usage: the head of run.mjs. Exit code 1: one of it is not so.
import { ClaudeStub, isJudging, type StubCall } from '@squados/authors/testing';
import type { ModelCalled } from '@squados/contracts';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { diligentAuthor, type Planted } from './diligent-author.js';
import { isRepair, readShare } from './stub-sums.js';

const KEY = 'sk-ant-example-0123456789abcdefghij';
const LEAST_CACHED = 0.8;
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'bench/claude-example/RESULTS.md' },
    document: { type: 'string', default: 'examples/library.en.md' },
    keep: { type: 'boolean', default: false },
    serve: { type: 'boolean', default: false },
  },
});

if (values.serve) {
  await import('./serve.js');
  await new Promise(() => undefined); // Ctrl-C ends it
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  /** How the rerun compares, in its own words. */
  readonly told: string;
  readonly seconds: number;
}

const comparisonIn = (text: string): string =>
  text
    .split('\n')
    .filter((line) => /byte-equal|^measured anew|^different/.test(line))
    .join('; ');

const ended = (command: string, args: readonly string[], url: string): Promise<Ended> => {
  const began = performance.now();
  const env = { ...process.env, ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: url };
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const parts: Buffer[] = [];
  const aside: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  child.stderr.on('data', (part: Buffer) => {
    aside.push(part);
    process.stderr.write(part);
  });
  return new Promise((settle) =>
    child.on('close', (code) =>
      settle({
        ...{ code, stdout: Buffer.concat(parts).toString(), told: comparisonIn(Buffer.concat(aside).toString()) },
        seconds: (performance.now() - began) / 1_000,
      }),
    ),
  );
};

interface Summary {
  readonly status: string;
  readonly cost: {
    readonly nanoUsd: number;
    readonly calls: number;
    readonly repairs: number;
    readonly cacheReadPercent: number;
    readonly judged: { readonly passed: number; readonly rejected: number; readonly referred: number };
  };
  readonly tally: {
    readonly cards: number;
    readonly byState: Readonly<Record<string, number>>;
    readonly gates: Readonly<Record<string, number>>;
  };
}
/** npm and the bootstrap speak before the document. */
const summaryIn = (text: string): Summary => JSON.parse(text.slice(text.search(/^\{/m))) as Summary;

interface Logged {
  readonly event: { readonly type: string; readonly data: unknown };
}
const callsIn = (text: string): readonly ModelCalled[] =>
  (JSON.parse(text) as readonly Logged[])
    .filter(({ event }) => event.type === 'ModelCalled')
    .map(({ event }) => event.data as ModelCalled);

const agentOf = ({ request }: StubCall): string =>
  /You are the (\w+) owner/.exec(JSON.stringify(request?.system))?.[1] ?? 'debugger';

/** Of the prompts after an agent's first, the share that came from the cache. */
const cachedShare = (calls: readonly StubCall[]): number => readShare(calls.filter(({ usage }) => usage).slice(1));

const byAgent = (stub: ClaudeStub): ReadonlyMap<string, readonly StubCall[]> => {
  const asked = stub.calls.filter(({ usage, request }) => usage && request && !isJudging(request));
  const agents = [...new Set(asked.map(agentOf))];
  return new Map(agents.map((agent) => [agent, asked.filter((call) => agentOf(call) === agent)]));
};

const holding = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(KEY));

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const usd = (nano: number): string => (nano / 1e9).toFixed(9);

const work = mkdtempSync(join(tmpdir(), 'claude-example-'));
const data = join(work, 'data');
const planted: Planted = { storm: 0, drops: 0, broken: 0, poorJudgements: 0 };
const stub = await ClaudeStub.start({ key: KEY, script: diligentAuthor(planted) });
const squados = (...args: readonly string[]): Promise<Ended> =>
  ended(process.execPath, ['apps/cli/bin/squados.mjs', ...args, '--data', data], stub.url);

const started = [
  'start',
  '--silent',
  '--',
  values.document,
  '--exit',
  '--json',
  '--no-page',
  '--budget',
  '90',
  '--data',
  data,
];
const run = await ended('npm', started, stub.url);
const summary = summaryIn(run.stdout);
const logged = callsIn((await squados('events', '--json')).stdout);
const asked = stub.calls.length;
const whole = stub.calls.filter(({ cutOff }) => !cutOff);
const broken = stub.calls.filter(({ cutOff }) => cutOff);
const wholeShare = readShare(whole);
const judgements = whole.filter(({ usage, request }) => usage && request && isJudging(request)).length;
const repairs = new Set(whole.filter((call) => call.usage && isRepair(call)).map(({ hash }) => hash));
const estimated = logged.filter(({ estimated }) => estimated);
const caches = [...byAgent(stub)].map(([agent, calls]) => ({ agent, calls: calls.length, share: cachedShare(calls) }));
const verified = await squados('events', '--verify');
const again = await squados('rerun', '--recorded', '--json');
const leaks = holding(work);

interface Line {
  readonly what: string;
  readonly seen: string;
  readonly holds: boolean;
}
const cents = sum(estimated.map(({ nanoUsd }) => nanoUsd));
const lines: readonly Line[] = [
  {
    what: 'every card done',
    seen: `${run.code}, ${JSON.stringify(summary.tally.byState)}`,
    holds: run.code === 0 && summary.tally.byState['DONE'] === summary.tally.cards,
  },
  {
    what: 'the faults were met: a storm of 429, one stream broken off, a component that does not compile twice, a judge at 6.5',
    seen: JSON.stringify(planted),
    holds: planted.storm > 2 && planted.drops === 1 && planted.broken === 2 && planted.poorJudgements === 1,
  },
  {
    what: 'calls in the summary = answered whole by the stub',
    seen: `${summary.cost.calls} = ${whole.filter(({ usage }) => usage).length}`,
    holds: summary.cost.calls === whole.filter(({ usage }) => usage).length,
  },
  {
    what: 'dollars in the summary = the bill for whole answers + the full reservation of what broke off',
    seen: `${usd(summary.cost.nanoUsd)} = ${usd(sum(whole.map(({ nanoUsd }) => nanoUsd)))} + ${usd(cents)} (billed: ${usd(sum(broken.map(({ nanoUsd }) => nanoUsd)))})`,
    holds:
      summary.cost.nanoUsd === sum(whole.map(({ nanoUsd }) => nanoUsd)) + cents && summary.cost.nanoUsd >= stub.billed,
  },
  {
    what: 'tokens read from the cache in the log = what the stub counted',
    seen: `${sum(logged.map(({ usage }) => usage.cacheRead))} = ${sum(whole.map(({ usage }) => usage?.read ?? 0))}`,
    holds: sum(logged.map(({ usage }) => usage.cacheRead)) === sum(whole.map(({ usage }) => usage?.read ?? 0)),
  },
  {
    what: 'share of the prompts from the cache in the summary = what the stub counted',
    seen: `${summary.cost.cacheReadPercent} % = ${Math.round(wholeShare * 100)} %`,
    holds: summary.cost.cacheReadPercent === Math.round(wholeShare * 100),
  },
  {
    what: 'calls to mend in the summary = repairs that the stub was asked for',
    seen: `${summary.cost.repairs} = ${repairs.size}`,
    holds: summary.cost.repairs === repairs.size && repairs.size >= planted.broken + planted.poorJudgements,
  },
  {
    what: 'verdicts of the judge in the summary = judgements that the stub gave',
    seen: `${JSON.stringify(summary.cost.judged)} = ${judgements} with ${planted.poorJudgements} at 6.5`,
    holds:
      summary.cost.judged.passed === judgements - planted.poorJudgements &&
      summary.cost.judged.rejected === planted.poorJudgements &&
      summary.cost.judged.referred === 0,
  },
  {
    what: `of each agent's prompts after its first, at least ${LEAST_CACHED * 100} % from the cache`,
    seen: caches
      .map(({ agent, calls, share }) => `${agent} ${(share * 100).toFixed(1)} % of ${calls} calls`)
      .join(', '),
    holds: caches.length >= 3 && caches.every(({ share }) => share >= LEAST_CACHED),
  },
  { what: 'the log is sound (`events --verify`)', seen: `exit ${verified.code}`, holds: verified.code === 0 },
  {
    what: '`rerun --recorded`: no request, every manifest equal (but for times that QA measured anew)',
    seen: `exit ${again.code}, ${stub.calls.length - asked} requests; ${again.told}`,
    holds: again.code === 0 && stub.calls.length === asked,
  },
  { what: 'the key stands in no file of the run', seen: `${leaks.length} files`, holds: leaks.length === 0 },
];
await stub.close();
if (!values.keep) rmSync(work, { recursive: true, force: true });
else process.stdout.write(`${work}\n`);

const rows = lines.map(({ what, seen, holds }) => `| ${what} | ${seen} | ${holds ? 'yes' : '**no**'} |`);
const page = [
  '# The example by Claude’s path, against the stub',
  '',
  `\`${values.document}\`, ${summary.tally.cards} cards, ${stub.calls.length} requests; run ${run.seconds.toFixed(0)} s, rerun ${again.seconds.toFixed(0)} s; gates of the delivered versions: ${JSON.stringify(summary.tally.gates)}. Written by \`node bench/claude-example/run.mjs\`. Nothing of this was seen against the real service.`,
  '',
  '| What | Seen | Holds |',
  '| --- | --- | --- |',
  ...rows,
  '',
].join('\n');
writeFileSync(values.out, page);
process.stdout.write(page);
process.exit(lines.every(({ holds }) => holds) ? 0 : 1);
