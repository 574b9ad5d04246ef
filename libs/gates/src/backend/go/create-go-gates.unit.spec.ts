import { describe, expect, it } from '@jest/globals';
import type { GateInput } from '@squados/agent-runtime';
import type { Sandbox, SandboxOutcome, SandboxRequest } from '../../sandbox/index.js';
import type { Toolchain, ToolchainName, Toolchains } from '../../toolchains/index.js';
import { createGoGates } from './create-go-gates.js';

const B = 'engenharia/backend/';
const isolation = { level: 2, by: 'test' } as const;
const CONTRACT = { openapi: '3.1.0', paths: {} };
const UP = 'CREATE TABLE a ();';

const toolchain = (name: ToolchainName, programs: readonly string[]): Toolchain => ({
  name,
  version: `${name} 1`,
  folder: `/opt/${name}`,
  mounts: [{ from: `/opt/${name}`, at: `/opt/${name}` }],
  env: { PATH: `/opt/${name}/bin` },
  program: (program) => (programs.includes(program) ? `/opt/${name}/bin/${program}` : undefined),
});

const installed = (...names: readonly ToolchainName[]): Toolchains => ({
  find: (name) =>
    Promise.resolve(
      names.includes(name)
        ? { kind: 'there', toolchain: toolchain(name, ['go', 'gofmt', 'with-postgres', 'python']) }
        : { kind: 'missing', reason: `${name} is not installed`, remedy: `squados setup ${name}` },
    ),
});

const PROFILE = 'app.local/x/internal/loan/model.go:1.1,2.2 9 1\napp.local/x/internal/loan/model.go:3.1,4.2 1 0\n';
const PASSED = JSON.stringify({ Action: 'pass', Package: 'app.local/x/internal/loan', Test: 'TestA' });
const CLEAN: Readonly<Record<string, string>> = {
  'out/gofmt.exit': '0\n',
  'out/build.exit': '0\n',
  'out/vet.exit': '0\n',
  'out/test.exit': '0\n',
  'out/test.txt': PASSED,
  'out/cover.txt': PROFILE,
};

const ended = (collected: Readonly<Record<string, string>>): SandboxOutcome => ({
  ...{ kind: 'exited', exitCode: 0, stdout: '', stderr: '', droppedBytes: 0, durationMs: 1, isolation },
  collected: new Map(Object.entries(collected)),
});

const fakeSandbox = (outcome: SandboxOutcome): { readonly sandbox: Sandbox; readonly requests: SandboxRequest[] } => {
  const requests: SandboxRequest[] = [];
  const run = (request: SandboxRequest): Promise<SandboxOutcome> => {
    requests.push(request);
    return Promise.resolve(outcome);
  };
  return { sandbox: { run, isolation: () => Promise.reject(new Error('not asked for')) }, requests };
};

const FILES = {
  [`${B}go.mod`]: 'module app.local/x',
  [`${B}api/openapi.json`]: JSON.stringify(CONTRACT),
  [`${B}migrations/0001.up.sql`]: UP,
  [`${B}cards/BE-001.md`]: '- `./internal/loan`\n- `rm -rf /`',
};

const inputOf = (
  files: Readonly<Record<string, string>> = FILES,
  profile: 'quick' | 'full' = 'quick',
  later: readonly string[] = ['BE-002'],
): GateInput => {
  const card = { id: 'BE-001', agent: 'backend', title: '', description: '', acceptanceCriteria: [], deliverables: [] };
  const artifacts: Readonly<Record<string, string>> = { model: '{}', api: JSON.stringify(CONTRACT), up: UP };
  const manifest = {
    'arquitetura/modelo-de-dominio.json': 'model',
    'arquitetura/openapi.yaml': 'api',
    'arquitetura/migrations/0001.up.sql': 'up',
  };
  const task = {
    project: { policy: { gateProfile: profile, backend: 'go' } },
    card,
    cards: [card, ...later.map((id) => ({ ...card, id }))],
    dependencies: [{ card, manifest, assumed: false }],
  };
  const tools = {
    signal: new AbortController().signal,
    readArtifact: (hash: string) => Promise.resolve(new TextEncoder().encode(artifacts[hash] ?? '')),
    note: () => undefined,
  };
  return { task, files: new Map(Object.entries(files)), proposals: [], tools } as unknown as GateInput;
};

const verdicts = async (outcome: SandboxOutcome, toolchains = installed('go', 'postgres'), input = inputOf()) => {
  const { sandbox, requests } = fakeSandbox(outcome);
  const gates = createGoGates({ sandbox, toolchains }).filter((g) => g.applies(input.task) !== 'none');
  const said = await Promise.all(gates.map(async (g) => [g.name, await g.run(input)] as const));
  return { said: new Map(said), requests };
};

const outcomes = (said: Awaited<ReturnType<typeof verdicts>>['said']): Readonly<Record<string, string>> =>
  Object.fromEntries([...said].map(([name, v]) => [name, v.outcome]));

describe('the gates of a Go service', () => {
  it('pass what is clean, all from one run on the packages that the card touches', async () => {
    const { said, requests } = await verdicts(ended(CLEAN));
    expect(outcomes(said)).toEqual({
      'go-builds': 'pass',
      'go-lint': 'pass',
      'go-tests': 'pass',
      'go-coverage': 'pass',
      'go-contract': 'pass',
    });
    expect(requests).toHaveLength(1);
    const script = requests[0]?.files.get('check.sh') ?? '';
    expect(script).toContain('-coverpkg=./internal/loan ./internal/loan ./internal/app >');
    expect(script).not.toContain('rm -rf');
    expect(said.get('go-tests')).toMatchObject({ exitCode: 0, isolation, command: expect.stringContaining('go test') });
  });

  it('refer with what to type where the toolchain is missing, and run nothing', async () => {
    const { said, requests } = await verdicts(ended(CLEAN), installed('postgres'));
    expect(new Set(Object.values(outcomes(said)))).toEqual(new Set(['refer']));
    expect(said.get('go-builds')?.summary).toContain('squados setup go');
    expect(requests).toEqual([]);
  });

  it.each([
    [
      'no sandbox reaches the level',
      { kind: 'unavailable', reason: 'level 1 is below 2' },
      'refer',
      'level 1 is below 2',
    ],
    ['the attempt was cancelled', { kind: 'aborted' }, 'refer', 'cancelled'],
    [
      'a bound stopped it',
      { ...ended({}), kind: 'limited', limit: 'wallMs', message: '240 s are over' },
      'fail',
      '240 s are over',
    ],
  ] as const)('say so where %s', async (_what, outcome, expected, words) => {
    const { said } = await verdicts(outcome as SandboxOutcome);
    expect(new Set(Object.values(outcomes(said)))).toEqual(new Set([expected]));
    expect(said.get('go-tests')?.summary).toContain(words);
  });

  it.each([
    [
      'go-builds',
      { 'out/build.exit': '1\n', 'out/build.err': 'internal/loan/model.go:12:3: undefined: y\n' },
      'internal/loan/model.go',
      12,
    ],
    ['go-lint', { 'out/gofmt.txt': 'internal/loan/model.go\n' }, 'internal/loan/model.go', undefined],
    [
      'go-lint',
      { 'out/vet.exit': '1\n', 'out/vet.err': 'internal/loan/model.go:7:1: unreachable code\n' },
      'internal/loan/model.go',
      7,
    ],
    ['go-tests', { 'out/test.txt': '', 'out/test.exit': '1\n' }, undefined, undefined],
    ['go-coverage', { 'out/cover.txt': PROFILE.replace(' 9 1', ' 9 0') }, undefined, undefined],
  ] as const)('fail in %s alone where only that is wrong: %j', async (gate, defect, path, line) => {
    const { said } = await verdicts(ended({ ...CLEAN, ...defect }));
    expect(
      Object.entries(outcomes(said))
        .filter(([, o]) => o !== 'pass')
        .map(([name]) => name),
    ).toEqual([gate]);
    const first = said.get(gate)?.findings?.[0];
    expect(first?.path).toBe(path === undefined ? undefined : B + path);
    expect(first?.line).toBe(line);
  });

  it('refer what only a database could have reached, where there is none', async () => {
    const low = ended({ ...CLEAN, 'out/cover.txt': PROFILE.replace(' 9 1', ' 9 0') });
    const { said } = await verdicts(low, installed('go'));
    expect(said.get('go-coverage')).toMatchObject({
      outcome: 'refer',
      summary: expect.stringContaining('squados setup postgres'),
    });
  });

  it.each([
    ['a served document that says something else', { [`${B}api/openapi.json`]: '{}' }, 'api/openapi.json'],
    ['a changed migration', { [`${B}migrations/0001.up.sql`]: 'DROP TABLE a;' }, 'migrations/0001.up.sql'],
    ['a migration that nobody designed', { [`${B}migrations/0002.up.sql`]: UP }, 'migrations/0002.up.sql'],
  ])('find %s', async (_what, change, path) => {
    const { said } = await verdicts(ended(CLEAN), undefined, inputOf({ ...FILES, ...change }));
    expect(said.get('go-contract')).toMatchObject({ outcome: 'fail', findings: [{ path: B + path }] });
  });

  it('test everything with the last card: what it delivers is the product', async () => {
    const { requests } = await verdicts(ended(CLEAN), installed('go', 'postgres'), inputOf(FILES, 'quick', []));
    expect(requests).toHaveLength(1);
    expect(requests[0]?.files.get('check.sh')).toContain('-coverpkg=./internal/... ./internal/... >');
  });

  it('test everything and run the server in profile full', async () => {
    const { said, requests } = await verdicts(
      ended(CLEAN),
      installed('go', 'postgres', 'python'),
      inputOf(FILES, 'full'),
    );
    expect([...said.keys()].slice(5)).toEqual(['migrations-postgres', 'go-conformance', 'go-latency']);
    expect(requests.some((r) => r.files.get('check.sh')?.includes('-coverpkg=./internal/... ./internal/... >'))).toBe(
      true,
    );
    expect(said.get('go-latency')?.outcome).toBe('pass');
  });

  it('name what schemathesis found by its operation, and refer where the client is missing', async () => {
    const report = '____ GET /loans ____\n- ST201 Server error\n\n== 1 failure in 2s ==';
    const failed = { ...ended(CLEAN), exitCode: 1, stdout: report } as SandboxOutcome;
    const { said } = await verdicts(failed, installed('go', 'postgres', 'python'), inputOf(FILES, 'full'));
    expect(said.get('go-conformance')).toMatchObject({
      outcome: 'fail',
      exitCode: 1,
      findings: [{ message: 'GET /loans: Server error' }],
    });
    const { said: without } = await verdicts(failed, installed('go', 'postgres'), inputOf(FILES, 'full'));
    expect(without.get('go-conformance')).toMatchObject({
      outcome: 'refer',
      summary: expect.stringContaining('squados setup python'),
    });
  });
});
