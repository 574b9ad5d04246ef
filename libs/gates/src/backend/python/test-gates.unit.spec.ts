import { describe, expect, it } from '@jest/globals';
import type { Gate, GateInput } from '@squados/agent-runtime';
import type { Sandbox, SandboxOutcome, SandboxRequest } from '../../sandbox/index.js';
import type { Toolchains } from '../../toolchains/index.js';
import { testGates } from './test-gates.js';

const isolation = { level: 2, by: 'a sandbox that is told what to say' } as const;

const toolchains = {
  find: () =>
    Promise.resolve({
      kind: 'there',
      toolchain: { version: '3.11', folder: '/py', mounts: [], env: {}, program: (name: string) => `/py/${name}` },
    }),
} as unknown as Toolchains;

/** A service of these entities; `changed` are texts that differ. */
const service = (entities: readonly string[], changed: Readonly<Record<string, string>> = {}) =>
  new Map(
    Object.entries({
      'pyproject.toml': '',
      'tests/unit/test_core.py': '',
      ...Object.fromEntries(
        entities.flatMap((name) => [
          [`app/services/${name}.py`, 'x = 1\n'],
          [`tests/unit/test_${name}_rules.py`, `from app.services.${name} import x\n`],
        ]),
      ),
      ...changed,
    }).map(([path, text]) => [`engenharia/backend/${path}`, text]),
  );

const CARDS = ['BE-001', 'BE-002', 'BE-003', 'BE-009'].map((id) => ({ id, agent: 'backend' }));

const inputOf = (id: string, files: ReadonlyMap<string, string>): GateInput => {
  const card = CARDS.find((one) => one.id === id);
  const project = { policy: { gateProfile: 'quick', backend: 'python' } };
  const tools = { signal: new AbortController().signal };
  return { task: { project, card, cards: CARDS, attempt: 1 }, files, proposals: [], tools } as unknown as GateInput;
};

/** Runs the tests it is asked for; those of entities in `broken` fail. */
const laboratory = () => {
  const requests: SandboxRequest[] = [];
  const broken = new Set<string>();
  const run = ({ command, files, env = {} }: SandboxRequest): SandboxOutcome => {
    const named = command.filter((word) => word.startsWith('tests/'));
    const tests = named.length > 0 ? named : [...files.keys()].filter((path) => path.startsWith('tests/'));
    const isBad = (path: string): boolean => [...broken].some((name) => path.includes(`_${name}_`));
    const cases = tests.map((path) => {
      const classname = path.slice(0, -'.py'.length).replaceAll('/', '.');
      return `<testcase classname="${classname}" name="a"${isBad(path) ? '><failure/></testcase>' : ' />'}`;
    });
    const failed = tests.filter(isBad);
    const junit = `<testsuite errors="0" failures="${failed.length}" skipped="0" tests="${tests.length}">${cases.join('')}</testsuite>`;
    const summary = { num_statements: 10, covered_lines: 9 };
    const covered = [...files.keys()].filter((path) => path.startsWith('app/'));
    const coverage = { files: Object.fromEntries(covered.map((path) => [path, { summary, missing_lines: [3] }])) };
    // pytest leaves the reason out where the line would be too long.
    const width = Number(env['COLUMNS'] ?? 80);
    const line = (path: string): string =>
      `FAILED ${path}::a - no`.length > width ? `FAILED ${path}::a` : `FAILED ${path}::a - no`;
    const stdout = failed.map(line).join('\n');
    const collected = new Map([
      ['junit.xml', junit],
      ['coverage.json', JSON.stringify(coverage)],
    ]);
    const exitCode = failed.length > 0 ? 1 : 0;
    return { kind: 'exited', exitCode, stdout, stderr: '', droppedBytes: 0, durationMs: 1, isolation, collected };
  };
  const sandbox: Sandbox = {
    run: (request) => {
      requests.push(request);
      return Promise.resolve(run(request));
    },
    isolation: () => Promise.reject(new Error('not asked for')),
  };
  const gates = testGates({ sandbox, toolchains });
  const asked = async (name: string, id: string, files: ReadonlyMap<string, string>) =>
    (gates.find((gate) => gate.name === name) as Gate).run(inputOf(id, files));
  const testsOf = (n: number) => requests[n]?.command.filter((word) => word.startsWith('tests/'));
  return { asked, testsOf, broken };
};

const RULES = { book: 'tests/unit/test_book_rules.py', member: 'tests/unit/test_member_rules.py' };
const CORE = 'tests/unit/test_core.py';

describe('the tests of a Python service, card by card', () => {
  it('run for what is new; the rest stands, with the run that saw it named', async () => {
    const lab = laboratory();
    await lab.asked('py-tests', 'BE-001', service(['book']));
    const verdict = await lab.asked('py-tests', 'BE-002', service(['book', 'member']));
    expect(lab.testsOf(0)).toEqual([RULES.book, CORE].sort());
    expect(lab.testsOf(1)).toEqual([CORE, RULES.member].sort());
    expect(verdict).toMatchObject({ outcome: 'pass', summary: expect.stringContaining('BE-001, attempt 1') });
    expect(verdict.excerpt).toBe('stands: 1 tests of book, passed with BE-001, attempt 1');
  });

  it('find a defect that a later card brings into an entity that it does not touch', async () => {
    const lab = laboratory();
    await lab.asked('py-tests', 'BE-001', service(['book']));
    lab.broken.add('book');
    const files = service(['book', 'member'], { 'app/services/book.py': 'x = 2\n' });
    const verdict = await lab.asked('py-tests', 'BE-002', files);
    expect(verdict).toMatchObject({ outcome: 'fail', findings: [{ path: `engenharia/backend/${RULES.book}` }] });
  });

  it('say why a test failed, however long its name is', async () => {
    const lab = laboratory();
    const name = `a_${'very_'.repeat(30)}long_name`;
    lab.broken.add(name);
    const verdict = await lab.asked('py-tests', 'BE-001', service([name]));
    expect(verdict.findings?.[0]?.message).toBe('a: no');
  });

  it('keep nothing of a run in which a test failed', async () => {
    const lab = laboratory();
    lab.broken.add('book');
    await lab.asked('py-tests', 'BE-001', service(['book', 'member']));
    lab.broken.clear();
    await lab.asked('py-tests', 'BE-002', service(['book', 'member']));
    expect(lab.testsOf(1)).toEqual([RULES.book, RULES.member, CORE].sort());
  });

  it('all run with the card that stands for the product, whatever is known', async () => {
    const lab = laboratory();
    await lab.asked('py-tests', 'BE-001', service(['book']));
    const verdict = await lab.asked('py-tests', 'BE-009', service(['book']));
    expect(lab.testsOf(1)).toEqual([]);
    expect(verdict.summary).toBe('2 of 2 tests passed');
  });

  it('count the coverage of each entity from the run of its tests', async () => {
    const lab = laboratory();
    await lab.asked('py-coverage', 'BE-001', service(['book']));
    const verdict = await lab.asked('py-coverage', 'BE-002', service(['book', 'member']));
    expect(verdict.summary).toContain('90.0 % of the statements of the modules of 2 entities');
    expect(verdict.summary).toContain('BE-001, attempt 1');
  });
});
