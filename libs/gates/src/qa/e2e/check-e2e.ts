import type { RoleTools, Task } from '@squados/agent-runtime';
import {
  contractBase,
  GIVEN_PLAN_FILE,
  readDomainModel,
  type Blame,
  type DomainModel,
  type EntityModel,
} from '@squados/contracts';
import { standsForProduct } from '../../kept-verdicts/index.js';
import { clip, count, MAX_EXCERPT, oneLine } from '../../pool/report.js';
import { refer, type GateVerdict } from '../../pool/verdict-of.js';
import type { Sandbox, SandboxOutcome } from '../../sandbox/index.js';
import type { Toolchains } from '../../toolchains/index.js';
import type { QaLine, QaResult } from '../qa-result.js';
import type { Half, Subject } from '../subject.js';
import { e2ePlan } from './e2e-plan.js';
import { e2eRequest, E2E_REPORT } from './e2e-request.js';

export interface E2eParts {
  readonly sandbox: Sandbox;
  readonly toolchains: Toolchains;
  readonly task: Task;
  readonly tools: RoleTools;
}

export const E2E_COMMAND =
  'service, store and built page started in the sandbox; create, find, edit, delete of every entity of the card in headless Chromium (playwright-core)';

interface E2eStep {
  readonly what: string;
  readonly half: 'backend' | 'frontend';
  readonly ok: boolean;
  readonly ms: number;
  readonly message?: string;
}

interface E2eReport {
  readonly steps: readonly E2eStep[];
  readonly serverErrors: readonly string[];
  readonly pageErrors: readonly string[];
  readonly logs: string;
  readonly browser?: string;
}

/** Both halves together, as a person uses them. */
export const checkE2e = async (subject: Subject, parts: E2eParts): Promise<QaResult> => {
  const { backend, frontend } = subject;
  if (!backend || !frontend)
    return referred(`there is no ${backend ? 'frontend' : 'backend'} among what this card depends on`);
  if (isGiven(parts.task)) return referred(OF_GIVEN);
  const model = await modelOf(parts);
  if (typeof model === 'string') return referred(model);
  const tested = touched(model, parts.task);
  if (tested.length === 0) return referred('the design has no entity that can be created, edited and deleted');
  const request = await e2eRequest({ backend, frontend }, e2ePlan(model, tested, apiBaseIn(backend)), parts.toolchains);
  if (typeof request === 'string') return referred(request);
  const outcome = await parts.sandbox.run(request, parts.tools.signal);
  return resultOf({ backend, frontend }, outcome);
};

const OF_GIVEN =
  "the design is a given contract, whose records no plan of ours can fill in: its pages are tested by the frontend's own gates, its calls by web-contract, the running product by product-answers";

const isGiven = ({ dependencies }: Task): boolean => dependencies.some((d) => GIVEN_PLAN_FILE in d.manifest);

const referred = (reason: string): QaResult => {
  const verdict = refer({ command: E2E_COMMAND, isolation: { level: 0, by: 'nothing was executed' } }, reason);
  const line: QaLine = {
    what: 'create, find, edit, delete in a browser',
    outcome: 'refer',
    evidence: 'not run',
    detail: verdict.summary,
  };
  return { gate: 'e2e', verdict, lines: [line], blames: [] };
};

const MODEL = 'arquitetura/modelo-de-dominio.json';

const modelOf = async ({ task, tools }: E2eParts): Promise<DomainModel | string> => {
  const source = task.dependencies.filter((d) => MODEL in d.manifest).at(-1);
  const hash = source?.manifest[MODEL];
  if (hash === undefined) return 'no domain model among what this card depends on: let it depend on its ARCH card';
  const read = readDomainModel(new TextDecoder().decode(await tools.readArtifact(hash)));
  return read.ok ? read.model : `the domain model can't be read: ${read.problem}`;
};

/** All of the product with the card that stands for it; else what the card's requirements are about, if they name anything. */
const touched = (model: DomainModel, task: Task): readonly EntityModel[] => {
  if (standsForProduct(task)) return model.entities;
  const ids = new Set(task.card.requirementIds);
  const mine = model.entities.filter((e) => e.requirements.some((r) => ids.has(r)));
  return mine.length > 0 ? mine : model.entities;
};

const apiBaseIn = (backend: Half): string =>
  contractBase([...backend.files].find(([path]) => /\/openapi\.(?:ya?ml|json)$/.test(path))?.[1] ?? '');

interface Halves {
  readonly backend: Half;
  readonly frontend: Half;
}

const resultOf = (halves: Halves, outcome: SandboxOutcome): QaResult => {
  if (outcome.kind === 'unavailable') return referred(outcome.reason);
  if (outcome.kind === 'aborted') return referred('stopped before it was done: the attempt was cancelled');
  const report = parsed(outcome.collected.get(E2E_REPORT));
  if (!report) return broken(outcome);
  const steps: readonly E2eStep[] = [...report.steps, ...errorsOf(report)];
  const wrong = steps.filter((step) => !step.ok);
  const verdict: GateVerdict = {
    outcome: wrong.length === 0 && steps.length > 0 ? 'pass' : 'fail',
    command: E2E_COMMAND,
    exitCode: outcome.kind === 'exited' ? outcome.exitCode : 1,
    summary: oneLine(summaryOf(steps, report)),
    excerpt: clip(steps.map(stepText).join('\n') + (wrong.length > 0 ? `\n${report.logs}` : ''), MAX_EXCERPT),
    findings: wrong.map((step) => ({ rule: step.half, severity: 'error' as const, message: stepText(step) })),
    isolation: outcome.isolation,
  };
  return { gate: 'e2e', verdict, lines: steps.map((s) => lineOf(s, report)), blames: blamesOf(halves, wrong) };
};

const parsed = (text: string | undefined): E2eReport | undefined => {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as E2eReport);
  } catch {
    return undefined;
  }
};

/** The driver itself did not come to its end: nobody's work is blamed for that. */
const broken = (outcome: Extract<SandboxOutcome, { kind: 'exited' | 'limited' }>): QaResult => {
  const how = outcome.kind === 'limited' ? outcome.message : `it ended with exit code ${outcome.exitCode}`;
  const result = referred(`the browser run gave no report: ${how}. ${outcome.stderr.slice(-300)}`);
  return { ...result, verdict: { ...result.verdict, isolation: outcome.isolation } };
};

const errorsOf = (report: E2eReport): readonly E2eStep[] => [
  ...report.serverErrors
    .slice(0, 5)
    .map((message) => ({ what: 'no server error', half: 'backend' as const, ok: false, ms: 0, message })),
  ...report.pageErrors
    .slice(0, 5)
    .map((message) => ({ what: 'no error in the page', half: 'frontend' as const, ok: false, ms: 0, message })),
];

const summaryOf = (steps: readonly E2eStep[], { browser }: E2eReport): string => {
  const wrong = steps.find((step) => !step.ok);
  const passed = steps.filter((step) => step.ok).length;
  return `${passed} of ${count(steps.length, 'step')}${browser === undefined ? '' : ` in Chromium ${browser}`}${wrong ? `; first: ${stepText(wrong)}` : ''}`;
};

const stepText = ({ what, ok, ms, message }: E2eStep): string =>
  `${ok ? 'ok' : 'FAILED'} ${what}${ms > 0 ? ` (${ms} ms)` : ''}${message === undefined ? '' : `: ${message}`}`;

const lineOf = (step: E2eStep, report: E2eReport): QaLine => ({
  what: step.what,
  outcome: step.ok ? 'pass' : 'fail',
  evidence: `run here, Chromium ${report.browser ?? 'not started'}`,
  detail: step.ok ? `${step.ms} ms` : (step.message ?? ''),
});

const blamesOf = (halves: Halves, wrong: readonly E2eStep[]): readonly Blame[] =>
  (['backend', 'frontend'] as const).flatMap((half) => {
    const mine = wrong.filter((step) => step.half === half);
    return mine.length === 0 ? [] : [{ card: halves[half].card, feedback: `e2e:\n${mine.map(stepText).join('\n')}` }];
  });
