import type { Finding } from '@squados/contracts';
import { isNode } from 'yaml';
import type { CheckReport, TextFile } from '../pool/job.js';
import { count, reportOf } from '../pool/report.js';
import { at, isRecord, listAt, readYaml, type YamlFile } from './yaml-documents.js';

const JOB_KEYS = new Set(
  'name permissions needs if runs-on environment concurrency outputs env defaults steps timeout-minutes strategy continue-on-error container services uses with secrets'.split(
    ' ',
  ),
);
const STEP_KEYS = new Set(
  'id if name uses run working-directory shell with env continue-on-error timeout-minutes'.split(' '),
);

type Tell = (path: readonly (string | number)[], rule: string, message: string) => Finding;

/** One CI workflow: the structure that the runner asks for, pinned actions, least rights, nothing of outside pasted into a shell. */
export const checkWorkflow = (text: TextFile): CheckReport => {
  const { file, findings } = readYaml(text);
  const value: unknown = file.documents[0]?.toJS({ maxAliasCount: 100 });
  const jobs = at(value, 'jobs');
  const entries = Object.entries(isRecord(jobs) ? jobs : {});
  const tell = teller(file);
  const whole = findings.length > 0 ? [] : wholeProblems(value, entries.length, tell);
  const wrong = entries.flatMap(([name, job]) => jobProblems({ name, job, jobs }, tell));
  return reportOf(`${count(entries.length, 'job')}, structure and policies`, [...findings, ...whole, ...wrong]);
};

const teller =
  (file: YamlFile): Tell =>
  (path, rule, message) => {
    const node: unknown = path.length > 0 ? file.documents[0]?.getIn(path, true) : file.documents[0]?.contents;
    const offset = isNode(node) ? node.range?.[0] : undefined;
    return {
      path: file.path,
      ...(offset === undefined ? {} : { line: file.lineAt(offset) }),
      rule,
      severity: 'error',
      message,
    };
  };

const wholeProblems = (value: unknown, jobs: number, tell: Tell): readonly Finding[] => [
  ...(at(value, 'on') === undefined ? [tell([], 'workflow', 'nothing starts it: `on` is missing')] : []),
  ...(jobs === 0 ? [tell([], 'workflow', 'it has no jobs')] : []),
  ...(at(value, 'permissions') === undefined
    ? [tell([], 'least-rights', 'no `permissions`: the token may write')]
    : []),
];

interface Job {
  readonly name: string;
  readonly job: unknown;
  readonly jobs: unknown;
}

const jobProblems = ({ name, job, jobs }: Job, tell: Tell): readonly Finding[] => {
  const path = ['jobs', name];
  if (!isRecord(job)) return [tell(path, 'workflow', `job ${name} is empty`)];
  const needs = typeof job['needs'] === 'string' ? [job['needs']] : listAt(job, 'needs').map(String);
  const steps = listAt(job, 'steps');
  return [
    ...Object.keys(job)
      .filter((key) => !JOB_KEYS.has(key))
      .map((key) => tell([...path, key], 'workflow', `job ${name} has no field ${key}`)),
    ...needs
      .filter((other) => at(jobs, other) === undefined)
      .map((other) => tell(path, 'workflow', `job ${name} needs ${other}, which is not there`)),
    ...(job['uses'] === undefined && job['runs-on'] === undefined
      ? [tell(path, 'workflow', `job ${name} says not where it runs`)]
      : []),
    ...(job['uses'] === undefined && steps.length === 0 ? [tell(path, 'workflow', `job ${name} has no steps`)] : []),
    ...steps.flatMap((step, i) => stepProblems(step, { path: [...path, 'steps', i], tell })),
  ];
};

interface Spot {
  readonly path: readonly (string | number)[];
  readonly tell: Tell;
}

const stepProblems = (step: unknown, { path, tell }: Spot): readonly Finding[] => {
  if (!isRecord(step)) return [tell(path, 'workflow', 'a step is empty')];
  const { uses, run } = step;
  return [
    ...Object.keys(step)
      .filter((key) => !STEP_KEYS.has(key))
      .map((key) => tell([...path, key], 'workflow', `a step has no field ${key}`)),
    ...((uses === undefined) === (run === undefined)
      ? [tell(path, 'workflow', 'a step has either `uses` or `run`')]
      : []),
    ...(typeof uses === 'string' ? usesProblems(uses, { path, tell }) : []),
    ...(typeof run === 'string' ? runProblems(run, { path, tell }) : []),
  ];
};

const usesProblems = (uses: string, { path, tell }: Spot): readonly Finding[] =>
  uses.startsWith('./') || /@[0-9a-f]{40}$/.test(uses)
    ? []
    : [tell([...path, 'uses'], 'pinned-action', `${uses} can be moved: name it by its commit`)];

const runProblems = (run: string, { path, tell }: Spot): readonly Finding[] => {
  const pasted = /\$\{\{\s*github\.(?:event|head_ref)[^}]*\}\}/.exec(run)?.[0];
  return pasted === undefined
    ? []
    : [tell([...path, 'run'], 'no-injection', `${pasted} is pasted into a shell: hand it over by env`)];
};
