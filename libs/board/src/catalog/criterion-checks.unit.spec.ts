import { describe, expect, it } from '@jest/globals';
import { cardId, type CardId, type Verdict } from '@squados/contracts';
import type { CardRecord, ProjectRecord } from './catalog.types.js';
import { criterionChecks, notesAbout } from './criterion-checks.js';

const NOTE = 'engenharia/backend/cards/BE-001.md';
const TEST = 'engenharia/backend/tests/test_book.py';
const TEXT = [
  '- [x] The \\*ISBN\\* is unique – a unique value in the store, and 409',
  '- [ ] A loan ends – not derived',
  '- `tests/test_book.py`',
].join('\n');

const verdict = (gate: string, outcome: Verdict['outcome'], more: Partial<Verdict> = {}): Verdict =>
  ({ gate, outcome, ...more }) as Verdict;

interface Known {
  readonly verdicts?: readonly Verdict[];
  readonly manifest?: object;
  readonly dependencies?: readonly string[];
}

const CRITERIA = ['The *ISBN* is unique', 'A loan ends'];
const AGENTS: Readonly<Record<string, string>> = {
  ARCH: 'arch',
  BE: 'backend',
  EPIC: 'product',
  INFRA: 'infra',
  PROD: 'product',
  QA: 'qa',
};

const record = (id: string, { verdicts = [], manifest = {}, dependencies = [] }: Known): CardRecord =>
  ({
    spec: { id, agent: AGENTS[id.split('-')[0] ?? ''], acceptanceCriteria: CRITERIA, dependencies },
    attempts: [{ attempt: 2, verdicts, end: { kind: 'completed', manifest } }],
  }) as unknown as CardRecord;
const backend = (outcome: Verdict['outcome'] = 'pass', dependencies: readonly string[] = []): CardRecord =>
  record('BE-001', {
    verdicts: [verdict('py-tests', outcome)],
    manifest: { [NOTE]: 'n', [TEST]: 't' },
    dependencies,
  });

type Notes = Parameters<typeof criterionChecks>[2];
const notes = new Map([['n', TEXT]]) as unknown as Notes;
const project = (...cards: readonly CardRecord[]): ProjectRecord =>
  ({ cards: new Map(cards.map((card) => [card.spec.id, card])) }) as unknown as ProjectRecord;
const of = (id: string, known: ProjectRecord, texts = notes) => criterionChecks(known, cardId(id), texts);
const idOf = (id: string): CardId => cardId(id);

describe('the checks of a card’s criteria', () => {
  it('name the gate that ran the tests which the note names, with their hash, and what no check covers', () => {
    expect(notesAbout(project(backend()), idOf('BE-001'))).toEqual([{ path: NOTE, sha256: 'n' }]);
    expect(of('BE-001', project(backend()))).toEqual([
      {
        criterion: 'The *ISBN* is unique',
        verdict: 'pass',
        card: 'BE-001',
        attempt: 2,
        check: { gate: 'py-tests', by: 'a unique value in the store, and 409' },
        artifacts: [{ path: TEST, sha256: 't' }],
      },
      { criterion: 'A loan ends', verdict: 'refer', artifacts: [] },
    ]);
  });

  it.each(['fail', 'refer'] as const)('say %s where the gate says so, whatever the note claims', (outcome) => {
    expect(of('BE-001', project(backend(outcome)))[0]?.verdict).toBe(outcome);
  });

  it('claim nothing without the note, or without the gate', () => {
    const bare = record('BE-001', { verdicts: [verdict('py-lint', 'pass')], manifest: { [NOTE]: 'n' } });
    expect(of('BE-001', project(backend()), new Map()).every(({ check }) => check === undefined)).toBe(true);
    expect(of('BE-001', project(bare)).every(({ check }) => check === undefined)).toBe(true);
    expect(of('BE-404', project(backend()))).toEqual([]);
  });

  it('of a design fail for the one that its gate misses, and pass for the other', () => {
    const findings = [
      { rule: 'criterion-not-covered', severity: 'error' as const, message: 'no document mentions … "A loan ends"' },
    ];
    const design = record('ARCH-001', { verdicts: [verdict('design-documents', 'fail', { findings })] });
    expect(of('ARCH-001', project(design)).map((c) => c.verdict)).toEqual(['pass', 'fail']);
  });

  it('of QA stand on the evidence of what it depends on', () => {
    const qa = record('QA-001', { verdicts: [verdict('qa-integration', 'pass')], dependencies: ['BE-001'] });
    const known = project(qa, backend());
    expect(notesAbout(known, idOf('QA-001'))).toEqual([{ path: NOTE, sha256: 'n' }]);
    const [first, second] = of('QA-001', known);
    expect(first).toMatchObject({
      card: 'QA-001',
      check: {
        gate: 'qa-integration',
        by: 'BE-001, attempt 2, py-tests: a unique value in the store, and 409',
      },
    });
    expect(second?.check).toBeUndefined();
  });

  it('of a product card are those of the card that it led to and that has the criterion checked', () => {
    const product = record('PROD-001', { verdicts: [verdict('product-schema', 'pass')] });
    expect(of('PROD-001', project(product)).every(({ check }) => check === undefined)).toBe(true);
    const known = project(product, backend('pass', ['PROD-001']));
    expect(notesAbout(known, idOf('PROD-001'))).toEqual([{ path: NOTE, sha256: 'n' }]);
    const [first, second] = of('PROD-001', known);
    expect(first).toMatchObject({ verdict: 'pass', card: 'BE-001', check: { gate: 'py-tests' } });
    expect(second?.check).toBeUndefined();
  });
});

describe('a note that names its gates', () => {
  const INFRA = 'deploy/cards/INFRA-001.md';
  const manifest = { [INFRA]: 'i', 'deploy/compose.yaml': 'c', 'deploy/k8s/base/a.yaml': 'k', 'deploy/ci/ci.yml': 'x' };
  const infra = (...verdicts: readonly Verdict[]) => project(record('INFRA-001', { verdicts, manifest }));
  const claims = new Map([
    ['i', '- [x] The \\*ISBN\\* is unique – each is read (`compose`, `kubernetes`, `compose.yaml`, `k8s/`)'],
  ]) as unknown as Notes;
  const [compose, kubernetes] = [verdict('compose', 'pass'), verdict('kubernetes', 'pass')];

  it('leans on these and on the files of the line, a folder for all in it', () => {
    expect(of('INFRA-001', infra(compose, kubernetes), claims)[0]).toMatchObject({
      verdict: 'pass',
      check: { gate: 'compose, kubernetes', by: 'each is read' },
      artifacts: [{ path: 'deploy/compose.yaml' }, { path: 'deploy/k8s/base/a.yaml' }],
    });
  });

  it('has the worst of their answers, and none while one of them is missing', () => {
    expect(of('INFRA-001', infra(compose, verdict('kubernetes', 'refer')), claims)[0]?.verdict).toBe('refer');
    expect(of('INFRA-001', infra(verdict('compose', 'fail'), kubernetes), claims)[0]?.verdict).toBe('fail');
    expect(of('INFRA-001', infra(compose), claims)[0]?.check).toBeUndefined();
  });
});
