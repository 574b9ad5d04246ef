import { describe, expect, it } from '@jest/globals';
import type { Verdict } from '@squados/contracts';
import type { CardRecord } from './catalog.types.js';
import { criterionChecks, noteOf } from './criterion-checks.js';

const NOTE = 'engenharia/backend/cards/BE-001.md';
const TEST = 'engenharia/backend/tests/test_book.py';
const TEXT = [
  '- [x] The \\*ISBN\\* is unique – a unique value in the store, and 409',
  '- [ ] A loan ends – not derived',
  '- `tests/test_book.py`',
].join('\n');

const verdict = (gate: string, outcome: Verdict['outcome'], more: Partial<Verdict> = {}): Verdict =>
  ({ gate, outcome, ...more }) as Verdict;

const record = (
  id: string,
  agent: string,
  verdicts: readonly Verdict[],
  manifest: object,
  criteria: readonly string[],
) =>
  ({
    spec: { id, agent, acceptanceCriteria: criteria },
    attempts: [{ attempt: 2, verdicts, end: { kind: 'completed', manifest } }],
  }) as unknown as CardRecord;

const CRITERIA = ['The *ISBN* is unique', 'A loan ends'];
const backend = (outcome: Verdict['outcome'] = 'pass'): CardRecord =>
  record('BE-001', 'backend', [verdict('py-tests', outcome)], { [NOTE]: 'n', [TEST]: 't' }, CRITERIA);
const notes = new Map([['n', TEXT]]) as unknown as Parameters<typeof criterionChecks>[2];

describe('the checks of a card’s criteria', () => {
  it('name the gate that ran the tests which the note names, with their hash, and what no check covers', () => {
    expect(noteOf(backend())).toEqual({ path: NOTE, sha256: 'n' });
    expect(criterionChecks(backend(), [], notes)).toEqual([
      {
        criterion: 'The *ISBN* is unique',
        verdict: 'pass',
        attempt: 2,
        check: { gate: 'py-tests', by: 'a unique value in the store, and 409' },
        artifacts: [{ path: TEST, sha256: 't' }],
      },
      { criterion: 'A loan ends', verdict: 'refer', artifacts: [] },
    ]);
  });

  it.each(['fail', 'refer'] as const)('say %s where the gate says so, whatever the note claims', (outcome) => {
    expect(criterionChecks(backend(outcome), [], notes)[0]?.verdict).toBe(outcome);
  });

  it('claim nothing without the note, or without the gate', () => {
    const bare = record('BE-001', 'backend', [verdict('py-lint', 'pass')], { [NOTE]: 'n' }, CRITERIA);
    expect(criterionChecks(backend(), [], new Map()).every(({ check }) => check === undefined)).toBe(true);
    expect(criterionChecks(bare, [], notes).every(({ check }) => check === undefined)).toBe(true);
  });

  it('of a design fail for the one that its gate misses, and pass for the other', () => {
    const findings = [
      { rule: 'criterion-not-covered', severity: 'error' as const, message: 'no document mentions … "A loan ends"' },
    ];
    const design = record('ARCH-001', 'arch', [verdict('design-documents', 'fail', { findings })], {}, CRITERIA);
    expect(criterionChecks(design, [], new Map()).map((c) => c.verdict)).toEqual(['pass', 'fail']);
  });

  it('of QA stand on the evidence of what it depends on', () => {
    const qa = record('QA-001', 'qa', [verdict('qa-integration', 'pass')], {}, CRITERIA);
    const [first, second] = criterionChecks(qa, [backend()], notes);
    expect(first?.check).toEqual({
      gate: 'qa-integration',
      by: 'BE-001, attempt 2, py-tests: a unique value in the store, and 409',
    });
    expect(second?.check).toBeUndefined();
  });
});
