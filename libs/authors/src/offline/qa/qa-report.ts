import type { Task } from '@squados/agent-runtime';
import type { QaResult } from '@squados/gates/qa';

/** What the three forms of a report are written from. */
export interface QaReport {
  readonly card: string;
  readonly title: string;
  readonly product: string;
  readonly language: 'pt' | 'en';
  readonly results: readonly QaResult[];
  readonly verdict: 'PASS' | 'FAIL' | 'REFER';
}

/** FAIL if anything failed; REFER if something could not be answered here; PASS only when everything was and held. */
export const reportFor = (task: Task, results: readonly QaResult[], language: 'pt' | 'en'): QaReport => ({
  card: task.card.id,
  title: task.card.title,
  product: task.project.title,
  language,
  results,
  verdict: verdictOf(results),
});

const verdictOf = (results: readonly QaResult[]): QaReport['verdict'] => {
  if (results.some((r) => r.verdict.outcome === 'fail')) return 'FAIL';
  return results.every((r) => r.verdict.outcome === 'pass') ? 'PASS' : 'REFER';
};

type Words = Readonly<
  Record<'report' | 'gate' | 'outcome' | 'summary' | 'check' | 'evidence' | 'detail' | 'verdict' | 'none', string>
>;

export const WORDS: Readonly<Record<'pt' | 'en', Words>> = {
  en: {
    report: 'Quality report',
    gate: 'Gate',
    outcome: 'Outcome',
    summary: 'What was seen',
    check: 'Check',
    evidence: 'Evidence',
    detail: 'Detail',
    verdict: 'Verdict',
    none: 'nothing was looked at',
  },
  pt: {
    report: 'Relatório de qualidade',
    gate: 'Portão',
    outcome: 'Resultado',
    summary: 'O que foi visto',
    check: 'Verificação',
    evidence: 'Evidência',
    detail: 'Detalhe',
    verdict: 'Veredito',
    none: 'nada foi examinado',
  },
};

/** Outside text on one line; control and format characters become spaces. */
export const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
