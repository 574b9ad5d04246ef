// QA rejects a card whose author wrote a flaw that its own gates let through. (1) The author takes the feedback: corrected, passed. (2) It
// does not: the third rejection sends the card to the Tech Lead. Real orchestrator, log, gates, sandbox; prints both logs. Usage:
//   node bench/corrections/run.mjs [--out bench/corrections/RESULTS.md]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Role } from '@squados/agent-runtime';
import { createArchRole } from '@squados/authors/arch';
import { BACKEND_WRITERS, createBackendRole } from '@squados/authors/backend';
import { createQaRole } from '@squados/authors/qa';
import { agentName, parseLane, projectId, type CardSpec, type Command, type LaneCommit } from '@squados/contracts';
import { createGatePool, type GatePool } from '@squados/gates';
import { createArchGates } from '@squados/gates/arch';
import { createBackendGates } from '@squados/gates/backend';
import { createQaChecks, createQaGates } from '@squados/gates/qa';
import { createSandbox } from '@squados/gates/sandbox';
import { createLooseEndsGate } from '@squados/gates/sources';
import { createToolchains } from '@squados/gates/toolchains';
import { benchCard } from '../authored/authored-project.js';
import { flawedAuthor, type Flaw } from './flawed-author.js';
import { openSquad } from './squad.js';
import { traceOf } from './trace.js';

const { values } = parseArgs({ options: { out: { type: 'string', default: 'bench/corrections/RESULTS.md' } } });

const PROJECT = projectId('shed');
const AGENTS = ['arch', 'backend', 'qa'].map(agentName);
const MOST_MS = 900_000;
const squados = resolve('apps/cli/bin/squados.mjs');

const TEXT = [
  'Register a tool.',
  '',
  '**Fields**:',
  '',
  '- **name** (text, required, up to 80 characters)',
  '- **serial number** (text, required, unique, up to 20 characters)',
].join('\n');

/** A design, its backend, the QA of it; a second design that waits for QA, and a third that waits for nothing of this. */
const CARDS: readonly CardSpec[] = [
  benchCard('ARCH-001', 'arch', {
    title: 'Design: Register a tool',
    description: TEXT,
    language: 'en',
    requirementIds: ['FR-001'],
  }),
  benchCard('BE-001', 'backend', {
    title: 'Backend: Register a tool',
    dependencies: ['ARCH-001' as CardSpec['id']],
    requirementIds: ['FR-001'],
  }),
  benchCard('QA-001', 'qa', { title: 'QA: Register a tool', dependencies: ['BE-001' as CardSpec['id']] }),
  benchCard('ARCH-002', 'arch', {
    title: 'Design: Register a shelf',
    description: TEXT,
    language: 'en',
    dependencies: ['QA-001' as CardSpec['id']],
  }),
  benchCard('ARCH-003', 'arch', {
    title: 'Design: Register a keeper',
    description: TEXT,
    language: 'en',
    dependencies: ['ARCH-001' as CardSpec['id']],
  }),
];

const COMMANDS: readonly Command[] = [
  {
    type: 'StartProject',
    project: PROJECT,
    title: 'Tool Shed',
    agents: AGENTS,
    policy: {
      maxRetries: 3,
      retryBaseMs: 1_000,
      retryCapMs: 10_000,
      attemptDeadlineMs: 600_000,
      gateProfile: 'quick',
      maxDeliveries: 5,
      backend: 'python',
      waiveRefer: 'solo-refer-waiver',
    },
  },
  { type: 'AddCards', project: PROJECT, cards: CARDS, by: { kind: 'person', name: 'bench' }, kind: 'import' },
];

interface Scenario {
  readonly title: string;
  readonly flaw: Flaw;
  readonly isOver: (commit: LaneCommit) => boolean;
  /** What has to be in the log, one pattern after the other. */
  readonly expected: readonly RegExp[];
}

const holds = (commit: LaneCommit, type: string): boolean => commit.events.some((event) => event.type === type);
const isOf = (commit: LaneCommit, card: string): boolean => {
  const lane = parseLane(commit.lane);
  return lane !== undefined && lane.kind !== 'project' && lane.card === card;
};

const REJECTION = [
  /QA-001 \| CardFailed \| .*terminal, rejected: .*blames BE-001/,
  /CardsReopened \| QA-001 rejects BE-001/,
] as const;
const again = (attempt: number): RegExp =>
  new RegExp(`BE-001 \\| CardEnqueued \\| attempt ${attempt}, with feedback: .*pasted into SQL`);

const SCENARIOS: readonly Scenario[] = [
  {
    title: 'QA rejects, the author corrects, QA passes',
    flaw: { listens: true },
    isOver: (commit) => holds(commit, 'ProjectCompleted'),
    expected: [
      /BE-001 \| CardCompleted \| attempt 1/,
      ...REJECTION,
      again(2),
      /BE-001 \| CardCompleted \| attempt 2/,
      /QA-001 \| CardCompleted \| attempt 2/,
      /ARCH-002 \| CardCompleted \| attempt 1/,
      /ProjectCompleted/,
    ],
  },
  {
    title: 'The author does not listen: the third rejection goes to the Tech Lead',
    flaw: { listens: false },
    isOver: (commit) => isOf(commit, 'BE-001') && holds(commit, 'CardEscalated'),
    expected: [
      ...REJECTION,
      again(2),
      ...REJECTION,
      again(3),
      REJECTION[0],
      /BE-001 \| CardDeadLettered \| attempt 3, rejected: rejected 3 times, last by QA-001/,
      /BE-001 \| CardEscalated \| to tech-lead: delivered/,
    ],
  },
];

const rolesOf = (pool: GatePool, flaw: Flaw): readonly Role[] => {
  const tools = { sandbox: createSandbox(), toolchains: createToolchains() };
  const checks = createQaChecks(tools);
  const gates = [...createBackendGates(tools), createLooseEndsGate()];
  return [
    createArchRole({ gates: createArchGates({ pool }) }),
    flawedAuthor(createBackendRole({ gates, writers: BACKEND_WRITERS }), flaw),
    createQaRole({ gates: createQaGates({ checks }), checks }),
  ];
};

/** The expected patterns that were not found in their order. */
const missingIn = (trace: readonly string[], expected: readonly RegExp[]): readonly RegExp[] => {
  let from = 0;
  return expected.filter((pattern) => {
    const at = trace.findIndex((line, i) => i >= from && pattern.test(line));
    if (at >= 0) from = at + 1;
    return at < 0;
  });
};

interface Played {
  readonly lines: readonly string[];
  readonly isRight: boolean;
}

const play = async (scenario: Scenario, pool: GatePool): Promise<Played> => {
  const dir = mkdtempSync(join(tmpdir(), 'squados-corrections-'));
  const squad = await openSquad(dir, rolesOf(pool, scenario.flaw));
  try {
    for (const command of COMMANDS) await squad.submit(command);
    await squad.until(scenario.title, scenario.isOver, MOST_MS);
  } finally {
    await squad.stop();
  }
  const trace = traceOf(squad.commits);
  const missing = missingIn(trace, scenario.expected);
  const verified = spawnSync(process.execPath, [squados, 'events', '--data', dir, '--verify'], { encoding: 'utf8' });
  const told = squad.letters.map(
    (letter) => `Told to the Tech Lead: ${letter.card}, attempt ${letter.attempt}, ${letter.reason}.`,
  );
  for (const pattern of missing)
    console.error(`${scenario.title}: not in the log, or not in this order: ${String(pattern)}`);
  if (verified.status !== 0) console.error(verified.stdout, verified.stderr);
  rmSync(dir, { recursive: true, force: true });
  const isRight = missing.length === 0 && verified.status === 0;
  const result = `${isRight ? 'As it should be' : '**Not as it should be**'}: ${scenario.expected.length - missing.length} of ${scenario.expected.length} events expected in this order; \`squados events --verify\` exit ${verified.status}.`;
  return {
    isRight,
    lines: [
      `## ${scenario.title}`,
      '',
      [result, ...told].join(' '),
      '',
      '| Position | Card | Event | What it says |',
      '| --- | --- | --- | --- |',
      ...trace,
      '',
    ],
  };
};

const main = async (): Promise<number> => {
  const workerFile = resolve('apps/cli/dist/worker-gates.js');
  if (!existsSync(workerFile)) throw new Error('the gate worker is not built: run "node tools/bundle.mjs apps/cli"');
  const pool = createGatePool({ workerFile, size: 1 });
  const played: Played[] = [];
  for (const scenario of SCENARIOS) {
    const one = await play(scenario, pool);
    console.log(one.lines.slice(0, 3).join('\n'));
    played.push(one);
  }
  await pool.close();
  const head = [
    '# Corrections',
    '',
    'A backend author plants a flaw that all gates of its card let through (a value pasted into SQL) and that QA finds. Orchestrator, log,',
    'agents, gates and sandbox are those of production; only the author is flawed. ARCH-002 waits for QA, ARCH-003 goes on meanwhile.',
    'Verdicts that passed are counted. Made by `node bench/corrections/run.mjs`.',
    '',
  ];
  writeFileSync(values.out, [...head, ...played.flatMap(({ lines }) => lines)].join('\n'));
  return played.every(({ isRight }) => isRight) ? 0 : 1;
};

process.exit(await main());
