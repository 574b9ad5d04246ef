import { ArtifactError, type ArtifactStore } from '@squados/artifacts';
import { manifestHash, type DraftEvent, type Sha256 } from '@squados/contracts';
import { EventLogError, type AnySignal, type LateSignal } from '@squados/event-log';
import { AttemptAborted, orAborted } from './attempt-aborted.js';
import { LogUnavailable } from './attempt-lane.js';
import { failed, releaseAs, type Failure } from './attempt-ends.js';
import { checkOutput } from './check-output.js';
import type { Clock } from './clock.port.js';
import { clip, MAX_MESSAGE, messageOf, placeOf, type Scrub } from './describe-error.js';
import { GateBlocked } from './gate-blocked.js';
import type { Files, Role, RoleResult, RoleTools, Task } from './role.js';
import { dueGates, evaluate, runGates, type Checked, type DueGate, type Judgement } from './run-gates.js';

/** The attempt can't go on here and now through no fault of its own: hand the work back, record no failure. */
export const isInfrastructure = (error: unknown): boolean => {
  if (error instanceof ArtifactError) return error.code === 'disk-full' || error.code === 'permission';
  return error instanceof LogUnavailable || error instanceof EventLogError;
};

export interface CardWriter {
  readonly role: Role;
  readonly folder: string;
  readonly artifacts: ArtifactStore;
  readonly clock: Clock;
  readonly scrub: Scrub;
  readonly tools: RoleTools;
  /** What aborts `tools.signal`; absent: that one is listened to. */
  readonly stop?: LateSignal;
  /** Called when the gates begin; absent: nobody wants to know. */
  readonly verifying?: () => Promise<void>;
}

type Written = Extract<RoleResult, { readonly kind: 'written' }>;
type Failed = Extract<RoleResult, { readonly kind: 'failed' }>;
type Manifest = Readonly<Record<string, Sha256>>;

const PUTS_AT_ONCE = 16;

/**
 * Write, check, store, verify, evaluate, and again while the role revises what a gate rejected: ends with the events of the
 * attempt's end. Files are durable in the store before the events say so; verdicts of a revised result are in the log before the
 * next one is checked. @throws AttemptAborted, and infrastructure errors (`isInfrastructure`)
 */
export const writeCard = async (writer: CardWriter, task: Task): Promise<readonly DraftEvent[]> => {
  const began = writer.clock.now();
  let result = await authored(writer, () => writer.role.write(task, writer.tools));
  for (let round = 1; ; round++) {
    if (result.kind !== 'written') return [ended(writer, task, result)];
    const outcome = await looked(writer, { task, result, began });
    if (outcome.kind !== 'checked') return [unlooked(writer, task, outcome)];
    const recorded = verdictsOf(task, outcome.verified);
    const revised = await revision(writer, { task, result, round }, outcome);
    if (revised?.kind !== 'written')
      return [...recorded, revised ? ended(writer, task, revised) : conclusion(writer, outcome)];
    await writer.tools.ledger?.record(recorded);
    result = revised;
  }
};

interface ToLook {
  readonly task: Task;
  readonly result: Written;
  readonly began: number;
}

type Looked =
  | ({ readonly kind: 'checked' } & Outcome)
  | { readonly kind: 'unsound'; readonly failure: Failure }
  | { readonly kind: 'blocked'; readonly result: GateBlocked['result'] };

/** The end of an attempt whose result nobody could look at. */
const unlooked = (
  writer: CardWriter,
  task: Task,
  outcome: Exclude<Looked, { readonly kind: 'checked' }>,
): DraftEvent =>
  outcome.kind === 'blocked' ? ended(writer, task, outcome.result) : failed(task.attempt, outcome.failure);

/** Stores a result and has the gates look at it. */
const looked = async (writer: CardWriter, { task, result, began }: ToLook): Promise<Looked> => {
  const checked = checkOutput(result.files, writer.folder);
  if (checked.kind === 'unsound') return checked;
  const manifest = await store(writer, checked.encoded);
  const wrote = writer.clock.now();
  const verified = await verify(writer, { task, result, files: checked.files, manifest }).catch(blocked);
  if (verified instanceof GateBlocked) return { kind: 'blocked', result: verified.result };
  const times = { writeMs: wrote - began, verifyMs: writer.clock.now() - wrote };
  return { kind: 'checked', task, result, manifest, verified, times, judged: evaluate(verified) };
};

const blocked = (error: unknown): GateBlocked => {
  if (error instanceof GateBlocked) return error;
  throw error;
};

const verdictsOf = (task: Task, verified: readonly Checked[]): readonly DraftEvent[] =>
  verified.map(({ verdict }): DraftEvent => ({ type: 'VerdictRecorded', data: { attempt: task.attempt, verdict } }));

/** What the role makes of a rejection; undefined when there is none, when others are to blame, or when it leaves it at that. */
const revision = async (
  writer: CardWriter,
  { task, result, round }: { readonly task: Task; readonly result: Written; readonly round: number },
  { judged, verified }: Outcome,
): Promise<RoleResult | undefined> => {
  const { role, tools } = writer;
  if (judged.kind === 'good' || judged.failure.blames || !role.revise) return undefined;
  const rejected = { result, verdicts: verified.map(({ verdict }) => verdict), round };
  return authored(writer, async () => role.revise?.(task, tools, rejected));
};

/** The end of an attempt whose author delivered nothing. */
const ended = (
  { role, scrub }: CardWriter,
  task: Task,
  result: Exclude<RoleResult, { readonly kind: 'written' }>,
): DraftEvent => {
  if (result.kind === 'failed') return failed(task.attempt, roleFailure(result, scrub));
  const { reason, notBefore } = result;
  return releaseAs({ attempt: task.attempt, agent: role.agent, reason, notBefore });
};

const stopOf = ({ stop, tools }: CardWriter): AnySignal => stop ?? tools.signal;

const authored = async <R>(writer: CardWriter, write: () => Promise<R>): Promise<R | Failed> => {
  const { scrub } = writer;
  const stop = stopOf(writer);
  try {
    return await orAborted(Promise.resolve().then(write), stop);
  } catch (error) {
    if (error instanceof AttemptAborted || isInfrastructure(error)) throw error;
    if (stop.aborted) throw stop.reason;
    return thrown(error, scrub);
  }
};

/** What an author threw, as a failure: an input that is gone needs a person, anything else may be tried again. */
const thrown = (error: unknown, scrub: Scrub): Failed => {
  const place = placeOf(error);
  const inputLost = error instanceof ArtifactError && (error.code === 'missing' || error.code === 'corrupt');
  const code = inputLost ? 'input-missing' : 'author-error';
  return { kind: 'failed', retryable: !inputLost, code, message: scrub(messageOf(error)), ...(place && { place }) };
};

const roleFailure = (result: Failed, scrub: Scrub): Failure => ({
  kind: result.retryable ? 'retryable' : 'terminal',
  code: result.code,
  message: clip(scrub(result.message), MAX_MESSAGE),
  ...(result.place && { place: clip(result.place, MAX_MESSAGE) }),
  ...(result.excerpt && { excerpt: clip(scrub(result.excerpt), MAX_MESSAGE) }),
});

const store = async (writer: CardWriter, encoded: ReadonlyMap<string, Uint8Array>): Promise<Manifest> => {
  const { artifacts } = writer;
  const stop = stopOf(writer);
  const files = [...encoded];
  const manifest: Record<string, Sha256> = {};
  for (let i = 0; i < files.length; i += PUTS_AT_ONCE) {
    if (stop.aborted) throw stop.reason;
    const some = files.slice(i, i + PUTS_AT_ONCE);
    const hashes = await Promise.all(some.map(([, bytes]) => artifacts.put(bytes)));
    some.forEach(([path], at) => (manifest[path] = hashes[at] as Sha256));
  }
  return manifest;
};

interface Product {
  readonly task: Task;
  readonly result: Written;
  readonly files: Files;
  readonly manifest: Manifest;
}

const verify = async (writer: CardWriter, product: Product): Promise<readonly Checked[]> => {
  const due = dueGates(writer.role.gates, product.task);
  if (due.length === 0) return [];
  const running = orAborted(inTurn(writer, product, due), stopOf(writer));
  const [verified] = await Promise.all([running, writer.verifying?.()]);
  return verified;
};

/** First what decides by itself; what comes last only looks at what passed it. */
const inTurn = async (writer: CardWriter, product: Product, due: readonly DueGate[]): Promise<readonly Checked[]> => {
  const first = await checkAll(
    writer,
    product,
    due.filter(({ gate }) => !gate.last),
  );
  const last = due.filter(({ gate }) => gate.last);
  if (last.length === 0 || evaluate(first).kind === 'bad') return first;
  return [...first, ...(await checkAll(writer, product, last))];
};

const checkAll = (writer: CardWriter, product: Product, due: readonly DueGate[]): Promise<readonly Checked[]> => {
  const { task, result, files, manifest } = product;
  const input = { task, files, proposals: result.proposals, tools: writer.tools };
  return runGates(due, { input, manifest, clock: writer.clock, scrub: writer.scrub });
};

interface Outcome extends Omit<Product, 'files'> {
  readonly judged: Judgement;
  readonly verified: readonly Checked[];
  readonly times: { readonly writeMs: number; readonly verifyMs: number };
}

const conclusion = (writer: CardWriter, { task, result, manifest, times, judged }: Outcome): DraftEvent => {
  if (judged.kind === 'bad') return failed(task.attempt, judged.failure);
  const count = Object.keys(manifest).length;
  return {
    type: 'CardCompleted',
    data: {
      attempt: task.attempt,
      author: count === 0 && result.proposals.length === 0 ? 'none' : (result.author ?? writer.role.author),
      manifest,
      manifestHash: manifestHash(manifest),
      proposals: result.proposals,
      ...(result.assumptions.length > 0 && { assumptions: result.assumptions }),
      metrics: { ...times, files: count, ...result.metrics },
    },
  };
};
