/**
 * Restoring a project on a server. Owns: the stream meanwhile. Doesn't own: the connection.
 *
 * Invariants:
 * 1. A commit stands at the sequence that it had, or the restoring ends: each names the one before it in its lane, and each answer is compared.
 * 2. Nobody else uses the stream: it has no consumers, and what it holds is the beginning of what is restored.
 * 3. Sequences between the project's commits, which were others', are taken by fillers on a lane that no project can have. They are
 *    purged at the end.
 */
import { jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { LOG_STREAM, type Lane } from '@squados/contracts';
import { EventLogError } from '../errors.js';
import type { RawCommit, RestoreCommits } from '../raw-log.port.js';

/** A project's id holds no control characters. */
const FILLER = 'squad.=00._._.decided' as Lane;
const IN_FLIGHT = 256;
const PATIENCE_MS = 30_000;

interface Message {
  readonly lane: Lane;
  readonly sequence: number;
  readonly body: Uint8Array;
}

/** @throws EventLogError `not-empty`, `log-replaced` when somebody else wrote meanwhile */
export const restoreJetStreamLog =
  (connection: NatsConnection): RestoreCommits =>
  async (commits) => {
    const jsm = await jetstreamManager(connection, { checkAPI: false, timeout: PATIENCE_MS });
    const { state } = await jsm.streams.info(LOG_STREAM);
    if (state.consumer_count > 0) throw inUse();
    const stream = { jsm, js: jetstream(connection, { timeout: PATIENCE_MS }), last: state.last_seq };
    if (state.messages > 0) await new Restoring(stream, state.first_seq).run(commits);
    else await new Restoring({ ...stream, last: 0 }, undefined).run(commits);
    await jsm.streams.purge(LOG_STREAM, { filter: FILLER });
  };

interface Stream {
  readonly jsm: JetStreamManager;
  readonly js: JetStreamClient;
  /** The sequence that the stream ends with; 0: it holds nothing. */
  readonly last: number;
}

class Restoring {
  private readonly flying = new Set<Promise<void>>();
  private failure: unknown;
  /** The sequence that the stream takes next; 0: it is not begun. */
  private next: number;
  private readonly lanes = new Map<Lane, number>();

  /** `first`: of what was restored before; undefined: nothing was. */
  constructor(
    private readonly stream: Stream,
    private readonly first: number | undefined,
  ) {
    this.next = first === undefined ? 0 : stream.last + 1;
  }

  async run(commits: AsyncIterable<readonly RawCommit[]>): Promise<void> {
    try {
      for await (const page of commits) for (const commit of page) await this.take(commit);
      await this.landed(0);
    } finally {
      await Promise.allSettled(this.flying);
    }
  }

  private async take({ lane, position, body }: RawCommit): Promise<void> {
    const commit = { lane, sequence: position, body };
    if (this.first !== undefined && position <= this.stream.last) {
      this.lanes.set(lane, position);
      return this.send(() => this.compare(commit));
    }
    if (this.next === 0) await this.begin(position);
    for (; this.next < position; this.next++)
      await this.publish({ lane: FILLER, sequence: this.next, body: new Uint8Array() });
    this.next = position + 1;
    await this.publish(commit);
  }

  /** The stream is empty, and is told to begin there. */
  private async begin(sequence: number): Promise<void> {
    const { jsm } = this.stream;
    await jsm.streams.purge(LOG_STREAM, { seq: sequence });
    if ((await jsm.streams.info(LOG_STREAM)).state.last_seq !== sequence - 1) throw notEmpty();
    this.next = sequence;
  }

  /** Server 2.9 loses count of its last sequence when it is told to begin elsewhere: only lanes can be expected, and answers compared. */
  private publish({ lane, sequence, body }: Message): Promise<void> {
    const expect = lane === FILLER ? {} : { lastSubjectSequence: this.lanes.get(lane) ?? 0 };
    this.lanes.set(lane, sequence);
    return this.send(async () => {
      const { seq } = await this.stream.js.publish(lane, body, { expect });
      if (seq !== sequence) throw notEmpty();
    });
  }

  private async compare({ lane, sequence, body }: Message): Promise<void> {
    const there = await this.stream.jsm.streams.getMessage(LOG_STREAM, { seq: sequence });
    if (there?.subject !== lane || Buffer.compare(there.data, body) !== 0) throw notEmpty();
  }

  private async send(call: () => Promise<void>): Promise<void> {
    await this.landed(IN_FLIGHT - 1);
    const flight = call()
      .catch((error: unknown) => {
        this.failure ??= error;
      })
      .finally(() => this.flying.delete(flight));
    this.flying.add(flight);
  }

  /** Resolves once at most so many calls wait for their answers. @throws what the first that failed threw */
  private async landed(most: number): Promise<void> {
    while (this.flying.size > most) await Promise.race(this.flying);
    if (this.failure === undefined) return;
    throw this.failure instanceof EventLogError ? this.failure : interrupted(this.failure);
  }
}

const notEmpty = (): EventLogError =>
  new EventLogError(
    'not-empty',
    `the stream ${LOG_STREAM} holds other commits: restore into an account of its own, where nothing has run yet`,
  );

const inUse = (): EventLogError =>
  new EventLogError(
    'not-empty',
    `services use the stream ${LOG_STREAM} (it has consumers): restore into an account of its own, before they are started`,
  );

const interrupted = (cause: unknown): EventLogError =>
  new EventLogError(
    'unreachable',
    `the server did not take a commit (${cause instanceof Error ? cause.message : String(cause)}): check it, and that nobody else writes there; then restore again, it goes on`,
    { cause },
  );
