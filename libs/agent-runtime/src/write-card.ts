import { ArtifactError, type ArtifactStore } from '@squados/artifacts';
import { manifestHash, type DraftEvent, type Sha256 } from '@squados/contracts';
import { EventLogError } from '@squados/event-log';
import { AttemptAborted, orAborted } from './attempt-aborted.js';
import { LogUnavailable } from './attempt-lane.js';
import { failed, type Failure } from './attempt-ends.js';
import { checkOutput } from './check-output.js';
import type { Clock } from './clock.port.js';
import { clip, MAX_MESSAGE, messageOf, placeOf, type Scrub } from './describe-error.js';
import type { Files, Role, RoleResult, RoleTools, Task } from './role.js';
import { dueGates, evaluate, runGates, type Checked, type DueGate } from './run-gates.js';

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
  /** Called when the gates begin; absent: nobody wants to know. */
  readonly verifying?: () => Promise<void>;
}

type Written = Extract<RoleResult, { readonly kind: 'written' }>;
type Manifest = Readonly<Record<string, Sha256>>;

const PUTS_AT_ONCE = 16;

/**
 * Write, check, store, verify, evaluate: ends with the events of the attempt's end. Files are durable in the store before the
 * events say so. @throws AttemptAborted, and infrastructure errors (`isInfrastructure`)
 */
export const writeCard = async (writer: CardWriter, task: Task): Promise<readonly DraftEvent[]> => {
  const began = writer.clock.now();
  const result = await authored(writer, task);
  if (result.kind === 'failed') return [failed(task.attempt, roleFailure(result, writer.scrub))];
  const checked = checkOutput(result.files, writer.folder);
  if (checked.kind === 'unsound') return [failed(task.attempt, checked.failure)];
  const manifest = await store(writer, checked.encoded);
  const wrote = writer.clock.now();
  const verified = await verify(writer, { task, result, files: checked.files, manifest });
  const recorded = verified.map(({ verdict }): DraftEvent => ({
    type: 'VerdictRecorded',
    data: { attempt: task.attempt, verdict },
  }));
  const times = { writeMs: wrote - began, verifyMs: writer.clock.now() - wrote };
  return [...recorded, conclusion(writer, { task, result, manifest, verified, times })];
};

const authored = async ({ role, scrub, tools }: CardWriter, task: Task): Promise<RoleResult> => {
  try {
    return await orAborted(
      Promise.resolve().then(() => role.write(task, tools)),
      tools.signal,
    );
  } catch (error) {
    if (error instanceof AttemptAborted || isInfrastructure(error)) throw error;
    if (tools.signal.aborted) throw tools.signal.reason;
    return thrown(error, scrub);
  }
};

/** What an author threw, as a failure: an input that is gone needs a person, anything else may be tried again. */
const thrown = (error: unknown, scrub: Scrub): RoleResult => {
  const place = placeOf(error);
  const inputLost = error instanceof ArtifactError && (error.code === 'missing' || error.code === 'corrupt');
  const code = inputLost ? 'input-missing' : 'author-error';
  return { kind: 'failed', retryable: !inputLost, code, message: scrub(messageOf(error)), ...(place && { place }) };
};

const roleFailure = (result: Extract<RoleResult, { readonly kind: 'failed' }>, scrub: Scrub): Failure => ({
  kind: result.retryable ? 'retryable' : 'terminal',
  code: result.code,
  message: clip(scrub(result.message), MAX_MESSAGE),
  ...(result.place && { place: clip(result.place, MAX_MESSAGE) }),
  ...(result.excerpt && { excerpt: clip(scrub(result.excerpt), MAX_MESSAGE) }),
});

const store = async ({ artifacts, tools }: CardWriter, encoded: ReadonlyMap<string, Uint8Array>): Promise<Manifest> => {
  const files = [...encoded];
  const manifest: Record<string, Sha256> = {};
  for (let i = 0; i < files.length; i += PUTS_AT_ONCE) {
    if (tools.signal.aborted) throw tools.signal.reason;
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
  const running = orAborted(checkAll(writer, product, due), writer.tools.signal);
  const [verified] = await Promise.all([running, writer.verifying?.()]);
  return verified;
};

const checkAll = (writer: CardWriter, product: Product, due: readonly DueGate[]): Promise<readonly Checked[]> => {
  const { task, result, files, manifest } = product;
  const input = { task, files, proposals: result.proposals, tools: writer.tools };
  return runGates(due, { input, manifest, clock: writer.clock, scrub: writer.scrub });
};

interface Outcome extends Omit<Product, 'files'> {
  readonly verified: readonly Checked[];
  readonly times: { readonly writeMs: number; readonly verifyMs: number };
}

const conclusion = (writer: CardWriter, { task, result, manifest, verified, times }: Outcome): DraftEvent => {
  const judged = evaluate(verified);
  if (judged.kind === 'bad') return failed(task.attempt, judged.failure);
  const count = Object.keys(manifest).length;
  return {
    type: 'CardCompleted',
    data: {
      attempt: task.attempt,
      author: count === 0 && result.proposals.length === 0 ? 'none' : writer.role.author,
      manifest,
      manifestHash: manifestHash(manifest),
      proposals: result.proposals,
      ...(result.assumptions.length > 0 && { assumptions: result.assumptions }),
      metrics: { ...times, files: count, ...result.metrics },
    },
  };
};
