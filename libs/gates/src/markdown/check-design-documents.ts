import type { Finding } from '@squados/contracts';
import type { CheckReport, DocumentsInput, TextFile } from '../pool/job.js';
import { clip, count, reportOf } from '../pool/report.js';
import { lintMarkdown, unmentionedCriteria, type SectionRule } from './lint-markdown.js';

const section = (name: string, heading: RegExp): SectionRule => ({ name, heading });

/** What every architecture decision record has, in either language. */
export const ADR_SECTIONS: readonly SectionRule[] = [
  section('Status', /\b(?:status|situação|estado)/iu),
  section('Context / Contexto', /conte(?:xt|xto)\b/iu),
  section('Decision / Decisão', /\bdecis(?:ion|ão)/iu),
  section('Consequences / Consequências', /\bconsequ(?:ences|ências)/iu),
];

/** What every design has, in either language. */
export const DESIGN_SECTIONS: readonly SectionRule[] = [
  section('Context / Contexto', /conte(?:xt|xto)\b|overview|visão geral|introdu|objetivo|goal|purpose/iu),
  section('Domain model / Modelo de domínio', /model|domain|domínio|entit|entidade|dados|\bdata\b/iu),
  section('API', /\bAPI\b|interface|endpoint|operaç|operation|contrato|contract/iu),
  section('Acceptance criteria / Critérios de aceite', /criteri|critério|rastreab|traceab/iu),
];

const sectionsFor = (path: string): readonly SectionRule[] => {
  if (/(?:^|\/)adrs?\/|\/adr-[^/]*\.md$/i.test(path)) return ADR_SECTIONS;
  return /design|desenho/i.test(path) ? DESIGN_SECTIONS : [];
};

const isIndex = (path: string): boolean => /(?:readme|index|indice)\.md$/i.test(path);

const missingCriteria = (files: readonly TextFile[], criteria: readonly string[]): Finding[] => {
  const first = files.find((file) => /design|desenho/i.test(file.path)) ?? files[0];
  return unmentionedCriteria(files, criteria).map((criterion) => ({
    ...(first ? { path: first.path } : {}),
    rule: 'criterion-not-covered',
    severity: 'error',
    message: `no document mentions the acceptance criterion "${clip(criterion, 200)}"`,
  }));
};

/** Design documents and decision records of one card: structure, nothing left open, every criterion answered, links that lead somewhere. */
export const checkDesignDocuments = ({ files, known, foreign, criteria }: DocumentsInput): CheckReport => {
  const paths = new Set([...known, ...files.map((file) => file.path)]);
  const findings = files.flatMap((file) =>
    lintMarkdown(file, {
      sections: isIndex(file.path) ? [] : sectionsFor(file.path),
      known: paths,
      foreign,
      quoted: criteria,
    }),
  );
  return reportOf(`${count(files.length, 'document')}, ${count(criteria.length, 'criterion', 'criteria')}`, [
    ...findings,
    ...missingCriteria(files, criteria),
  ]);
};
