import { manifestHash, type Finding, type Sha256, type Verdict } from '@squados/contracts';
import type { Clock } from './clock.port.js';
import { clip, MAX_MESSAGE, messageOf, type Scrub } from './describe-error.js';
import type { Gate, GateInput, Task } from './role.js';

const MAX_EXCERPT = 4_000;
const MAX_SUMMARY = 500;
const MAX_FINDINGS = 50;
/** Above it a verdict names the manifest's hash under `*` instead of every file: an append has a size limit. */
const MAX_INPUTS = 64;

export interface Verification {
  readonly input: GateInput;
  readonly manifest: Readonly<Record<string, Sha256>>;
  readonly clock: Clock;
  readonly scrub: Scrub;
}

export interface DueGate {
  readonly gate: Gate;
  readonly required: boolean;
}

/** The gates that apply to a task. A gate that can't say whether it applies does, and must pass: it will answer `refer`. */
export const dueGates = (gates: readonly Gate[], task: Task): readonly DueGate[] =>
  gates.flatMap((gate) => {
    const applies = appliesOf(gate, task);
    return applies === 'none' ? [] : [{ gate, required: applies === 'required' }];
  });

const appliesOf = (gate: Gate, task: Task): ReturnType<Gate['applies']> => {
  try {
    return gate.applies(task);
  } catch {
    return 'required';
  }
};

const referred = (gate: string, error: unknown): Awaited<ReturnType<Gate['run']>> => ({
  outcome: 'refer',
  command: gate,
  summary: `the gate could not run: ${messageOf(error)}`,
  isolation: { level: 0, by: 'none' },
});

/** Runs the gates side by side; verdicts come in the order of the gates, each stamped with what it looked at. */
export const runGates = (due: readonly DueGate[], verification: Verification): Promise<readonly Verdict[]> =>
  Promise.all(due.map((one) => runGate(one, verification)));

const runGate = async (
  { gate, required }: DueGate,
  { input, manifest, clock, scrub }: Verification,
): Promise<Verdict> => {
  const began = clock.now();
  const answer = await settle(gate, input);
  const stamp = {
    gate: gate.name,
    profile: input.task.project.policy.gateProfile,
    required,
    durationMs: Math.max(0, clock.now() - began),
  };
  return { ...bounded(answer, scrub), ...stamp, inputs: inputsOf(manifest) };
};

const settle = async (gate: Gate, input: GateInput): Promise<Awaited<ReturnType<Gate['run']>>> => {
  try {
    return await gate.run(input);
  } catch (error) {
    return referred(gate.name, error);
  }
};

const inputsOf = (manifest: Readonly<Record<string, Sha256>>): Readonly<Record<string, Sha256>> =>
  Object.keys(manifest).length > MAX_INPUTS ? { '*': manifestHash(manifest) } : manifest;

const bounded = (answer: Awaited<ReturnType<Gate['run']>>, scrub: Scrub): typeof answer => ({
  ...answer,
  summary: clip(scrub(answer.summary), MAX_SUMMARY),
  ...(answer.excerpt !== undefined && { excerpt: clip(scrub(answer.excerpt), MAX_EXCERPT) }),
  ...(answer.findings && { findings: answer.findings.slice(0, MAX_FINDINGS).map((f) => boundedFinding(f, scrub)) }),
});

const boundedFinding = (finding: Finding, scrub: Scrub): Finding => ({
  ...finding,
  message: clip(scrub(finding.message), MAX_SUMMARY),
});

export type Judgement =
  | { readonly kind: 'good' }
  | { readonly kind: 'bad'; readonly message: string; readonly place?: string; readonly excerpt?: string };

/** A required gate that failed decides; `refer` is left to people and policies, advisory gates to readers. */
export const evaluate = (verdicts: readonly Verdict[]): Judgement => {
  const failed = verdicts.filter((v) => v.required && v.outcome === 'fail');
  const message = clip(failed.map((v) => `${v.gate}: ${v.summary}`).join('; '), MAX_MESSAGE);
  return failed[0] ? { kind: 'bad', message, ...placed(failed[0]) } : { kind: 'good' };
};

/** What a person should look at first: an error before a warning. */
const placed = (verdict: Verdict): { readonly place?: string; readonly excerpt?: string } => {
  const finding = verdict.findings?.find((f) => f.severity === 'error') ?? verdict.findings?.[0];
  if (!finding) return verdict.excerpt ? { excerpt: verdict.excerpt } : {};
  return { ...(finding.path && { place: placeOf(finding) }), excerpt: finding.message };
};

const placeOf = ({ path, line }: Finding): string => (line === undefined ? `${path}` : `${path}:${line}`);
