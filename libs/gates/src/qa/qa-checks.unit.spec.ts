import { describe, expect, it } from '@jest/globals';
import type { CardEvidence, DependencyInput, Task } from '@squados/agent-runtime';
import {
  agentName,
  cardId,
  manifestHash,
  projectId,
  sha256,
  type CardSpec,
  type DomainModel,
  type Verdict,
} from '@squados/contracts';
import type { Sandbox } from '../sandbox/index.js';
import type { Toolchain, Toolchains } from '../toolchains/index.js';
import { createQaChecks } from './create-qa-checks.js';
import { createQaGates } from './create-qa-gates.js';
import { e2ePlan } from './e2e/e2e-plan.js';
import { e2eRequest } from './e2e/e2e-request.js';
import { scanSources } from './security/scan.js';
import type { Half } from './subject.js';

const nothingHere: Toolchains = {
  find: (name) => Promise.resolve({ kind: 'missing', reason: `there is no ${name}`, remedy: `squados setup ${name}` }),
};
const noSandbox: Sandbox = {
  run: () => Promise.resolve({ kind: 'unavailable', reason: 'no sandbox in this test' }),
  isolation: () => Promise.reject(new Error('not asked')),
};

const card = (id: string, agent: string, more: Partial<CardSpec> = {}): CardSpec => ({
  id: cardId(id),
  title: id,
  description: '',
  agent: agentName(agent),
  priority: 'HIGH',
  dependencies: [],
  acceptanceCriteria: [],
  requirementIds: [],
  deliverables: [],
  ...more,
});

const verdict = (gate: string, outcome: Verdict['outcome'] = 'pass'): Verdict => ({
  gate,
  outcome,
  profile: 'quick',
  required: true,
  command: gate,
  durationMs: 1,
  summary: `${gate} saw it`,
  isolation: { level: 2, by: 'bubblewrap' },
});

const MANIFESTS = {
  backend: { 'engenharia/backend/app/a.py': sha256('a'.repeat(64)) },
  frontend: { 'engenharia/frontend/src/a.ts': sha256('b'.repeat(64)) },
} as const;

const texts = new Map<string, string>([
  ['a'.repeat(64), 'print("hello")\n'],
  ['b'.repeat(64), 'export const a = 1;\n'],
]);

const half = (id: string, which: keyof typeof MANIFESTS): DependencyInput => ({
  card: card(id, which),
  manifest: MANIFESTS[which],
  assumed: false,
});

interface Given {
  readonly backend?: readonly Verdict[];
  readonly frontend?: readonly Verdict[];
  /** Evidence of other files than those delivered. */
  readonly stale?: boolean;
  readonly sources?: ReadonlyMap<string, string>;
  readonly cards?: readonly CardSpec[];
}

const GOOD = {
  backend: ['py-tests', 'py-coverage', 'py-lint', 'py-contract', 'py-latency'].map((g) => verdict(g)),
  frontend: ['web-tests', 'web-coverage', 'web-lint', 'web-types', 'web-contract'].map((g) => verdict(g)),
};

let attempt = 0;
const judged = async (given: Given = {}) => {
  const own = card('QA-001', 'qa');
  attempt += 1;
  const task: Task = {
    project: {
      id: projectId('p'),
      title: 'Product',
      agents: [agentName('qa')],
      documents: [],
      policy: {
        maxRetries: 0,
        retryBaseMs: 0,
        retryCapMs: 0,
        attemptDeadlineMs: 1,
        gateProfile: 'quick',
        maxDeliveries: 1,
      },
    },
    card: own,
    attempt,
    dependencies: [half('BE-001', 'backend'), half('FE-001', 'frontend')],
    cards: given.cards ?? [own],
  };
  const of = (which: keyof typeof MANIFESTS): CardEvidence => ({
    attempt: 1,
    manifestHash: given.stale === true ? sha256('c'.repeat(64)) : manifestHash(MANIFESTS[which]),
    verdicts: given[which] ?? GOOD[which],
  });
  const tools = {
    signal: new AbortController().signal,
    note: () => undefined,
    readArtifact: (hash: string) => Promise.resolve(new TextEncoder().encode((given.sources ?? texts).get(hash) ?? '')),
    evidence: (id: string) => Promise.resolve(of(id === 'BE-001' ? 'backend' : 'frontend')),
  };
  const gates = createQaGates({ checks: createQaChecks({ sandbox: noSandbox, toolchains: nothingHere }) });
  const due = gates.filter((gate) => gate.applies(task) !== 'none');
  const answers = await Promise.all(
    due.map(async (gate) => [gate.name, await gate.run({ task, files: new Map(), proposals: [], tools })] as const),
  );
  return Object.fromEntries(answers);
};

const outcomes = (answers: Awaited<ReturnType<typeof judged>>) =>
  Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, answer.outcome]));

describe('the six gates of the quality owner', () => {
  it('pass on what was recorded for exactly these files; what can not run here is referred with its remedy', async () => {
    const answers = await judged();
    expect(outcomes(answers)).toEqual({
      'qa-coverage': 'pass',
      'qa-integration': 'pass',
      'qa-e2e': 'refer',
      'qa-security': 'pass',
      'qa-lint': 'pass',
      'qa-performance': 'pass',
    });
    expect(answers['qa-coverage']?.excerpt).toContain('BE-001, attempt 1, py-coverage (quick)');
  });

  it('evidence of other files counts for nothing', async () => {
    const answers = await judged({ stale: true });
    expect(outcomes(answers)).toMatchObject({ 'qa-coverage': 'refer', 'qa-lint': 'refer', 'qa-security': 'pass' });
  });

  it('a gate that failed is blamed on the card whose it was, and on no other', async () => {
    const answers = await judged({ frontend: [verdict('web-coverage', 'fail'), verdict('web-lint')] });
    expect(answers['qa-coverage']).toMatchObject({
      outcome: 'fail',
      blames: [{ card: 'FE-001', feedback: 'coverage: web-coverage: web-coverage saw it' }],
    });
    expect(answers['qa-lint']).not.toHaveProperty('blames');
  });

  it('one half passing does not answer for the other', async () => {
    expect(outcomes(await judged({ frontend: [] }))).toMatchObject({
      'qa-coverage': 'refer',
      'qa-performance': 'pass',
    });
  });

  it('a quick run goes through the browser with the last card alone', async () => {
    const answers = await judged({ cards: [card('QA-001', 'qa'), card('QA-002', 'qa')] });
    expect(answers).not.toHaveProperty('qa-e2e');
  });

  it('a hard-coded secret is found in its half, with its line', async () => {
    const sources = new Map(texts).set('a'.repeat(64), 'x = 1\nAPI_KEY = "q8w7e6r5t4y3"\n');
    const answers = await judged({ sources });
    expect(answers['qa-security']).toMatchObject({
      outcome: 'fail',
      findings: [{ path: 'engenharia/backend/app/a.py', line: 2, rule: 'hard-coded-secret' }],
      blames: [{ card: 'BE-001' }],
    });
  });
});

describe('the rules of the security scan', () => {
  const found = (path: string, line: string) => scanSources(new Map([[path, line]])).map((f) => f.rule);

  it.each([
    ['app/a.py', 'result = eval(text)', 'python-eval'],
    ['app/a.py', 'os.system("rm " + name)', 'python-shell'],
    ['app/a.py', 'subprocess.run(cmd, shell=True)', 'python-shell'],
    ['app/a.py', 'session.execute(f"SELECT * FROM t WHERE a = {a}")', 'python-sql'],
    ['app/a.py', 'data = pickle.loads(body)', 'python-pickle'],
    ['app/a.py', 'requests.get(url, verify=False)', 'python-tls'],
    ['app/a.py', 'allow_origins=["*"],', 'any-origin'],
    ['main.go', 'db.Query(ctx, fmt.Sprintf("SELECT %s", a))', 'go-sql'],
    ['main.go', 'exec.Command("sh", "-c", text)', 'go-shell'],
    ['main.go', 'tls.Config{InsecureSkipVerify: true}', 'go-tls'],
    ['src/a.tsx', '<div dangerouslySetInnerHTML={{ __html: text }} />', 'web-html'],
    ['src/a.ts', 'node.innerHTML = text;', 'web-html'],
    ['src/a.ts', 'const run = new Function(text);', 'web-eval'],
    ['a.env', '-----BEGIN RSA PRIVATE KEY-----', 'private-key'],
  ])('%s: %s', (path, line, rule) => {
    expect(found(path, line)).toEqual([rule]);
  });

  it.each([
    ['app/a.py', 'password = os.environ["PASSWORD"]'],
    ['app/a.py', 'session.execute(select(Book).where(Book.id == id))'],
    ['app/a.py', '# eval(text) would be wrong here'],
    ['tests/test_a.py', 'password = "only-for-this-test"'],
    ['src/a.tsx', '<a target="_blank" rel="noopener noreferrer" href={url}>x</a>'],
    ['main.go', 'rows, err := pool.Query(ctx, "SELECT a FROM t WHERE id = $1", id)'],
    ['src/labels.ts', "password: 'Password',"],
  ])('leaves alone %s: %s', (path, line) => {
    expect(found(path, line)).toEqual([]);
  });
});

describe('the plan of a browser run', () => {
  const model: DomainModel = {
    version: 1,
    product: 'P',
    language: 'en',
    rules: [],
    assumptions: [],
    entities: [
      {
        name: 'Loan',
        label: 'Loan',
        labelPlural: 'Loans',
        table: 'loans',
        resource: 'loans',
        description: '',
        fields: [
          { name: 'code', label: 'Code', type: 'string', required: true, pattern: '^[A-Z]{2}-\\d{4}$', source: 'x' },
          { name: 'days', label: 'Days', type: 'integer', required: true, min: 3, max: 3, source: 'x' },
          { name: 'note', label: 'Note', type: 'string', required: true, min: 12, max: 20, source: 'x' },
          { name: 'status', label: 'Status', type: 'enum', values: ['open'], required: true, source: 'x' },
        ],
        relations: [{ field: 'book_id', label: 'Book', target: 'Book', required: true, onDelete: 'restrict' }],
        states: { field: 'status', initial: 'open', states: ['open'], transitions: [] },
        operations: (['create', 'read', 'update', 'delete', 'list'] as const).map((kind) => ({
          kind,
          requirement: 'x',
        })),
        requirements: [],
      },
      {
        name: 'Book',
        label: 'Book',
        labelPlural: 'Books',
        table: 'books',
        resource: 'books',
        description: '',
        fields: [{ name: 'title', label: 'Title', type: 'string', required: true, source: 'x' }],
        relations: [],
        operations: [],
        requirements: [],
      },
    ],
  };
  const plan = e2ePlan(model, model.entities, '/api/v1');

  it.each(['browser', 'python'] as const)('goes nowhere without its %s, and says what to type', async (lacking) => {
    const there: Toolchain = { name: 'node', version: '', folder: '/', mounts: [], env: {}, program: () => undefined };
    const without: Toolchains = {
      find: (name) =>
        name === lacking ? nothingHere.find(name) : Promise.resolve({ kind: 'there', toolchain: there }),
    };
    const half = { files: new Map() } as unknown as Half;
    const asked = await e2eRequest({ backend: half, frontend: half }, plan, without);
    expect(asked).toBe(`there is no ${lacking}: squados setup ${lacking}`);
  });

  it('makes what is pointed at first, and goes only through what can be created, edited and deleted', () => {
    expect(plan.entities.map((e) => e.resource)).toEqual(['books', 'loans']);
    expect(plan.tested).toEqual(['loans']);
  });

  it('keeps to patterns and bounds, leaves the state to the service, and edits what can be edited', () => {
    const loan = plan.entities[1];
    expect(loan?.body).toEqual({ code: 'QQ-7777', days: 3, note: expect.stringMatching(/^.{12,20}$/) });
    expect(loan?.inputs.map((i) => [i.name, i.control, i.edited !== undefined])).toEqual([
      ['code', 'text', false],
      ['days', 'text', true],
      ['note', 'text', false],
      ['book_id', 'relation', false],
    ]);
  });
});
