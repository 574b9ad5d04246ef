import {
  LIMITS,
  manifestHash,
  type Blame,
  type CardId,
  type Finding,
  type Sha256,
  type Verdict,
} from '@squados/contracts';
import type { Failure } from './attempt-ends.js';
import type { Clock } from './clock.port.js';
import { clip, MAX_MESSAGE, messageOf, type Scrub } from './describe-error.js';
import { GateBlocked } from './gate-blocked.js';
import type { Gate, GateAnswer, GateInput, Task } from './role.js';

const MAX_EXCERPT = 4_000;
const MAX_SUMMARY = 500;
const MAX_FINDINGS = 50;
/** Above it a verdict names the manifest's hash under `*` instead of every file: an append has a size limit. */
const MAX_INPUTS = 64;
const MAX_BLAMED = 50;

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

const referred = (gate: string, error: unknown): GateAnswer => ({
  outcome: 'refer',
  command: gate,
  summary: `the gate could not run: ${messageOf(error)}`,
  isolation: { level: 0, by: 'none' },
});

/** A verdict, and whom the gate blames for it. */
export interface Checked {
  readonly verdict: Verdict;
  readonly blames: readonly Blame[];
}

/** Runs the gates side by side; verdicts come in the order of the gates, each stamped with what it looked at. */
export const runGates = (due: readonly DueGate[], verification: Verification): Promise<readonly Checked[]> =>
  Promise.all(due.map((one) => runGate(one, verification)));

const runGate = async (
  { gate, required }: DueGate,
  { input, manifest, clock, scrub }: Verification,
): Promise<Checked> => {
  const began = clock.now();
  const { blames = [], ...answer } = await settle(gate, input);
  const stamp = {
    gate: gate.name,
    profile: input.task.project.policy.gateProfile,
    required,
    durationMs: Math.max(0, clock.now() - began),
  };
  const verdict = { ...bounded(answer, scrub), ...stamp, inputs: inputsOf(manifest) };
  return { verdict, blames: blames.map(({ card, feedback }) => ({ card, feedback: scrub(feedback) })) };
};

const settle = async (gate: Gate, input: GateInput): Promise<GateAnswer> => {
  try {
    return await gate.run(input);
  } catch (error) {
    if (error instanceof GateBlocked) throw error;
    return referred(gate.name, error);
  }
};

const inputsOf = (manifest: Readonly<Record<string, Sha256>>): Readonly<Record<string, Sha256>> =>
  Object.keys(manifest).length > MAX_INPUTS ? { '*': manifestHash(manifest) } : manifest;

const bounded = (answer: GateAnswer, scrub: Scrub): typeof answer => ({
  ...answer,
  summary: clip(scrub(answer.summary), MAX_SUMMARY),
  ...(answer.excerpt !== undefined && { excerpt: clip(scrub(answer.excerpt), MAX_EXCERPT) }),
  ...(answer.findings && { findings: answer.findings.slice(0, MAX_FINDINGS).map((f) => boundedFinding(f, scrub)) }),
});

const boundedFinding = (finding: Finding, scrub: Scrub): Finding => ({
  ...finding,
  message: clip(scrub(finding.message), MAX_SUMMARY),
});

export type Judgement = { readonly kind: 'good' } | { readonly kind: 'bad'; readonly failure: Failure };

/**
 * A required gate that failed decides; `refer` is left to people and policies, advisory gates to readers. As soon as one of them
 * blames other cards, those come first: whatever else is wrong is looked at again once they are corrected.
 */
export const evaluate = (checked: readonly Checked[]): Judgement => {
  const failed = checked.filter(({ verdict }) => verdict.required && verdict.outcome === 'fail');
  const [first] = failed;
  if (!first) return { kind: 'good' };
  const message = clip(failed.map(({ verdict: v }) => `${v.gate}: ${v.summary}`).join('; '), MAX_MESSAGE);
  const accuser = failed.find((one) => one.blames.length > 0);
  return { kind: 'bad', failure: accuser ? rejection(accuser, failed, message) : ownFault(first, message) };
};

const ownFault = ({ verdict }: Checked, message: string): Failure => ({
  kind: 'retryable',
  code: 'gate-failed',
  message,
  ...placed(verdict),
});

/** Another try would find the same: the work that it builds on has to change first. */
const rejection = ({ verdict }: Checked, failed: readonly Checked[], message: string): Failure => ({
  kind: 'terminal',
  code: 'rejected',
  message,
  ...placed(verdict),
  blames: merged(failed.flatMap((one) => one.blames)),
});

/** One feedback per card, in the order in which they were blamed. */
const merged = (blames: readonly Blame[]): readonly Blame[] => {
  const byCard = new Map<CardId, string[]>();
  for (const { card, feedback } of blames) byCard.set(card, [...(byCard.get(card) ?? []), feedback]);
  return [...byCard]
    .slice(0, MAX_BLAMED)
    .map(([card, feedback]) => ({ card, feedback: clip(feedback.join('\n'), LIMITS.feedback) }));
};

/** What a person should look at first: an error before a warning. */
const placed = (verdict: Verdict): { readonly place?: string; readonly excerpt?: string } => {
  const finding = verdict.findings?.find((f) => f.severity === 'error') ?? verdict.findings?.[0];
  if (!finding) return verdict.excerpt ? { excerpt: verdict.excerpt } : {};
  return { ...(finding.path && { place: placeOf(finding) }), excerpt: finding.message };
};

const placeOf = ({ path, line }: Finding): string => (line === undefined ? `${path}` : `${path}:${line}`);
