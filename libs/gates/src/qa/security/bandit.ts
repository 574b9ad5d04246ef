import type { Sandbox } from '../../sandbox/index.js';
import type { Toolchains } from '../../toolchains/index.js';
import { BACKEND } from '../subject.js';
import { blocks, type SecurityFinding } from './scan.js';
import type { Severity } from '../../sources/security-rules.js';

export interface BanditParts {
  readonly sandbox: Sandbox;
  readonly toolchains: Toolchains;
  readonly signal: AbortSignal;
}

export type BanditRun =
  | { readonly kind: 'ran'; readonly findings: readonly SecurityFinding[]; readonly isolation: string }
  | { readonly kind: 'not-here'; readonly reason: string };

interface Result {
  readonly filename: string;
  readonly line_number: number;
  readonly test_id: string;
  readonly issue_severity: string;
  readonly issue_text: string;
}

const REPORT = 'bandit.json';

/** Bandit over a Python service's own sources, its tests left out. */
export const runBandit = async (files: ReadonlyMap<string, string>, parts: BanditParts): Promise<BanditRun> => {
  const found = await parts.toolchains.find('python');
  if (found.kind === 'missing') return { kind: 'not-here', reason: `${found.reason}: ${found.remedy}` };
  const { toolchain } = found;
  const python = toolchain.program('python');
  if (python === undefined) return { kind: 'not-here', reason: 'the toolchain has no python: squados setup python' };
  const own = [...files]
    .filter(([path]) => path.endsWith('.py'))
    .map(([path, text]) => [path.slice(BACKEND.length), text] as const);
  const outcome = await parts.sandbox.run(
    {
      command: [python, '-m', 'bandit', '--quiet', '--recursive', 'app', '--format', 'json', '--output', REPORT],
      files: new Map(own),
      mounts: toolchain.mounts,
      env: toolchain.env,
      collect: [REPORT],
      limits: { wallMs: 60_000 },
    },
    parts.signal,
  );
  if (outcome.kind === 'unavailable') return { kind: 'not-here', reason: outcome.reason };
  const report = outcome.kind === 'aborted' ? undefined : outcome.collected.get(REPORT);
  if (outcome.kind === 'aborted' || report === undefined) return { kind: 'not-here', reason: 'bandit gave no report' };
  return { kind: 'ran', findings: resultsIn(report).map(findingOf), isolation: outcome.isolation.by };
};

const resultsIn = (report: string): readonly Result[] => {
  const { results } = JSON.parse(report) as { results?: readonly Result[] };
  return results ?? [];
};

const LEVELS: readonly Severity[] = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];

const findingOf = (result: Result): SecurityFinding => {
  const level = LEVELS.find((name) => name === result.issue_severity) ?? 'LOW';
  return {
    path: `${BACKEND}${result.filename.replace(/^\.\//, '')}`,
    line: result.line_number,
    rule: result.test_id,
    level,
    severity: blocks(level) ? 'error' : 'warning',
    message: `${level}: ${result.issue_text}`,
  };
};
