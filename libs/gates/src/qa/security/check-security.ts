import type { Blame } from '@squados/contracts';
import { count, reportOf } from '../../pool/report.js';
import { ofReport } from '../../pool/verdict-of.js';
import type { QaLine, QaResult } from '../qa-result.js';
import { halvesOf, type Half, type Subject } from '../subject.js';
import { runBandit, type BanditParts, type BanditRun } from './bandit.js';
import { scanDependencies, scanSources, type SecurityFinding } from './scan.js';

const COMMAND =
  'security rules of SquadOS over every source file, unpinned dependencies; for Python also bandit --recursive app';

/** No HIGH and no CRITICAL finding in either half. */
export const checkSecurity = async (subject: Subject, parts: BanditParts): Promise<QaResult> => {
  const halves = halvesOf(subject);
  const bandit = await banditOf(subject, parts);
  const scanned = halves.map((half) => ({
    half,
    findings: findingsOf(half, half === subject.backend ? bandit : undefined),
  }));
  const all = scanned.flatMap((s) => s.findings);
  const files = halves.reduce((n, half) => n + half.files.size, 0);
  const report = reportOf(`${count(files, 'file')} scanned${wordsFor(bandit)}`, all);
  const lines = scanned.map(({ half, findings }) => lineOf(half, findings, bandit));
  const isolation = { level: 0, by: 'sources are read, not run' } as const;
  return {
    gate: 'security',
    verdict: ofReport({ command: COMMAND, isolation }, report),
    lines,
    blames: scanned.flatMap(({ half, findings }) => blamesOf(half, findings)),
  };
};

const isPython = (half: Half | undefined): half is Half =>
  half !== undefined && [...half.files.keys()].some((path) => path.endsWith('.py'));

const banditOf = ({ backend }: Subject, parts: BanditParts): Promise<BanditRun> | undefined =>
  isPython(backend) ? runBandit(backend.files, parts) : undefined;

const findingsOf = (half: Half, bandit: BanditRun | undefined): readonly SecurityFinding[] => [
  ...scanSources(half.files),
  ...scanDependencies(half.files),
  ...(bandit?.kind === 'ran' ? bandit.findings : []),
];

const wordsFor = (bandit: BanditRun | undefined): string => {
  if (!bandit) return '';
  return bandit.kind === 'ran' ? `, bandit in ${bandit.isolation}` : `, bandit not here (${bandit.reason})`;
};

const lineOf = (half: Half, findings: readonly SecurityFinding[], bandit: BanditRun | undefined): QaLine => {
  const blocking = findings.filter((f) => f.severity === 'error');
  return {
    what: `${half.card}: no HIGH or CRITICAL finding`,
    outcome: blocking.length > 0 ? 'fail' : 'pass',
    evidence: `${count(half.files.size, 'file')} scanned here${isPython(half) ? wordsFor(bandit) : ''}`,
    detail: blocking[0]
      ? `${blocking[0].path}:${blocking[0].line ?? 1} ${blocking[0].message}`
      : `${count(findings.length, 'lesser finding')}`,
  };
};

const blamesOf = (half: Half, findings: readonly SecurityFinding[]): readonly Blame[] => {
  const blocking = findings.filter((f) => f.severity === 'error').slice(0, 10);
  if (blocking.length === 0) return [];
  const told = blocking.map((f) => `${f.path}:${f.line ?? 1} ${f.message}`).join('\n');
  return [{ card: half.card, feedback: `security:\n${told}` }];
};
