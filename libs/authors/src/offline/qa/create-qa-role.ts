import type { Gate, Role, RoleResult, RoleTools, Task } from '@squados/agent-runtime';
import { agentName, encodeToken, ownerOf, type CardSpec } from '@squados/contracts';
import type { QaChecks, QaResult } from '@squados/gates/qa';
import { reportFor } from './qa-report.js';
import { reportHtml } from './report-html.js';
import { reportJunit } from './report-junit.js';
import { reportMarkdown } from './report-markdown.js';

const AGENT = agentName('qa');
const FOLDER = ownerOf(AGENT)?.folder ?? 'qa';

export interface QaRoleOptions {
  readonly gates: readonly Gate[];
  /** The same that the gates ask: report and verdicts speak of one run. */
  readonly checks: QaChecks;
}

/** The quality owner without a model behind it: runs the six checks over what the engineers delivered, and reports what was seen. */
export const createQaRole = ({ gates, checks }: QaRoleOptions): Role => ({
  agent: AGENT,
  author: 'offline',
  gates,
  write: (task, tools) => write(task, tools, checks),
});

const delivers = (task: Task): boolean =>
  task.dependencies.some((d) => Object.keys(d.manifest).some((path) => path.startsWith('engenharia/')));

const languageOf = ({ language }: CardSpec): 'pt' | 'en' => language ?? 'en';

const write = async (task: Task, tools: RoleTools, checks: QaChecks): Promise<RoleResult> => {
  if (!delivers(task)) return missing(task);
  const report = reportFor(task, await checks.run(task, tools), languageOf(task.card));
  const at = (name: string): string => `${FOLDER}/${encodeToken(task.card.id)}/${name}`;
  return {
    kind: 'written',
    files: new Map([
      [at('report.md'), reportMarkdown(report)],
      [at('report.html'), reportHtml(report)],
      [at('junit.xml'), reportJunit(report)],
    ]),
    proposals: [],
    assumptions: [],
    metrics: metricsOf(report.results),
  };
};

const metricsOf = (results: readonly QaResult[]): Readonly<Record<string, number>> => {
  const lines = results.flatMap((r) => r.lines);
  const count = (outcome: string): number => lines.filter((l) => l.outcome === outcome).length;
  return { checksPassed: count('pass'), checksFailed: count('fail'), checksReferred: count('refer') };
};

const missing = (task: Task): RoleResult => ({
  kind: 'failed',
  retryable: false,
  code: 'input-missing',
  message: `${task.card.id} has nothing to check: none of its dependencies delivered code. Let it depend on a BE or an FE card that is done, then retry it.`,
  place: task.card.id,
});
