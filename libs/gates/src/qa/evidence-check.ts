import type { Blame, Verdict } from '@squados/contracts';
import { oneLine } from '../pool/report.js';
import type { GateVerdict } from '../pool/verdict-of.js';
import type { QaGateName, QaLine, QaResult } from './qa-result.js';
import { halvesOf, type Half, type Subject } from './subject.js';

/** Which verdicts of the engineers' gates answer a question of QA. Names end alike in every language (`py-tests`, `go-tests`). */
const QUESTIONS: Readonly<Record<Exclude<QaGateName, 'e2e' | 'security'>, Question>> = {
  coverage: { asks: /-coverage$/, of: 'both', says: 'at least 80 % of what was written is covered by its tests' },
  integration: {
    asks: /-(?:tests|contract|conformance)$|^migrations-/,
    of: 'both',
    says: 'tests pass, calls and answers agree with the contract',
  },
  lint: { asks: /-(?:lint|types|builds|compiles|build)$/, of: 'both', says: 'compilers and linters find nothing' },
  performance: { asks: /-latency$/, of: 'backend', says: 'p95 under the stated load is below 500 ms' },
};

interface Question {
  readonly asks: RegExp;
  readonly of: 'both' | 'backend';
  readonly says: string;
}

export type EvidenceGate = keyof typeof QUESTIONS;
export const EVIDENCE_GATES = Object.keys(QUESTIONS) as readonly EvidenceGate[];

const ISOLATION = { level: 0, by: 'nothing is executed: recorded verdicts are read' } as const;

/** Answers from what was recorded for exactly the files that were delivered; other files' evidence counts for nothing. */
export const checkEvidence = (gate: EvidenceGate, subject: Subject): QaResult => {
  const question = QUESTIONS[gate];
  const halves = question.of === 'both' ? halvesOf(subject) : subject.backend ? [subject.backend] : [];
  const lines = halves.flatMap((half) => linesOf(half, gate));
  const outcome = outcomeOf(lines);
  return {
    gate,
    verdict: verdictOf(gate, lines, outcome),
    lines,
    blames: halves.flatMap((half) => blamesOf(half, gate)),
  };
};

/** Fail counts most, then what could not be answered; nothing asked is nothing shown. */
export const outcomeOf = (lines: readonly QaLine[]): GateVerdict['outcome'] => {
  if (lines.some((line) => line.outcome === 'fail')) return 'fail';
  return lines.length === 0 || lines.some((line) => line.outcome === 'refer') ? 'refer' : 'pass';
};

const asked = (half: Half, gate: EvidenceGate): readonly Verdict[] =>
  (half.evidence?.verdicts ?? []).filter((verdict) => QUESTIONS[gate].asks.test(verdict.gate));

const linesOf = (half: Half, gate: EvidenceGate): readonly QaLine[] => {
  const verdicts = asked(half, gate);
  if (verdicts.length === 0) return [unanswered(half, gate)];
  return verdicts.map((verdict) => ({
    what: `${half.card}: ${verdict.gate}`,
    outcome: verdict.outcome,
    evidence: `${half.card}, attempt ${half.evidence?.attempt ?? 0}, ${verdict.gate} (${verdict.profile}), manifest ${half.evidence?.manifestHash.slice(0, 12) ?? ''}`,
    detail: verdict.summary,
  }));
};

const unanswered = (half: Half, gate: EvidenceGate): QaLine => ({
  what: `${half.card}: ${gate}`,
  outcome: 'refer',
  evidence: 'none on record for these files',
  detail: gate === 'performance' ? 'measured with --profile full' : 'no gate of this kind ran for these files',
});

const verdictOf = (gate: EvidenceGate, lines: readonly QaLine[], outcome: GateVerdict['outcome']): GateVerdict => {
  const wrong = lines.find((line) => line.outcome === outcome && outcome !== 'pass');
  const passed = lines.filter((line) => line.outcome === 'pass').length;
  const says = `${passed} of ${lines.length}: ${QUESTIONS[gate].says}`;
  return {
    outcome,
    command: `recorded verdicts ${String(QUESTIONS[gate].asks)} of the cards that delivered both halves`,
    summary: oneLine(wrong ? `${says}; ${wrong.what}: ${wrong.detail}` : says),
    excerpt: lines.map((line) => `${line.outcome} ${line.what}: ${line.detail} [${line.evidence}]`).join('\n'),
    isolation: ISOLATION,
  };
};

const blamesOf = (half: Half, gate: EvidenceGate): readonly Blame[] =>
  asked(half, gate)
    .filter((verdict) => verdict.outcome === 'fail')
    .map((verdict) => ({ card: half.card, feedback: `${gate}: ${verdict.gate}: ${verdict.summary}` }));
