import { createHash, randomBytes } from 'node:crypto';

const LINKS = 8;
const SESSIONS = 64;
const SESSION_MS = 7 * 24 * 3_600_000;

const secret = (): string => randomBytes(32).toString('base64url');
/** Only hashes are kept, and looking one up takes the same time whatever was guessed. */
const printOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** The print of a session, and when it ends, in epoch ms. */
export type KeptSession = readonly [print: string, endsAt: number];

/** Where sessions outlast the process. */
export interface SessionKeeper {
  /** What was saved last; empty when there is nothing to go by. Never throws. */
  load(): readonly KeptSession[];
  /** Never throws: a session that could not be saved ends with the process. */
  save(sessions: readonly KeptSession[]): void;
}

export interface AccessParts {
  /** Epoch ms. */
  readonly now: () => number;
  /** Absent: sessions end with the process. */
  readonly keeper?: SessionKeeper;
}

/**
 * Who may come in: one-time links become sessions. Links live in memory: a new process prints a new one.
 *
 * Invariants:
 * 1. A link's token is good once.
 * 2. Of links and sessions the oldest go when there are too many: nobody can fill the memory.
 * 3. A session ends a week after it began, whatever became of the process.
 */
export class Access {
  readonly #links = new Map<string, true>();
  readonly #sessions: Map<string, number>;

  constructor(private readonly parts: AccessParts) {
    this.#sessions = new Map(parts.keeper?.load().slice(-SESSIONS) ?? []);
  }

  /** A token for a new link; those printed before stay good. */
  newLink(): string {
    const token = secret();
    remember(this.#links, [printOf(token), true], LINKS);
    return token;
  }

  /** The session that a link's token is exchanged for; undefined for a used or foreign one. */
  redeem(token: string): string | undefined {
    if (!this.#links.delete(printOf(token))) return undefined; // invariant 1
    const session = secret();
    remember(this.#sessions, [printOf(session), this.parts.now() + SESSION_MS], SESSIONS);
    this.parts.keeper?.save([...this.#sessions]);
    return session;
  }

  isOpen(session: string | undefined): boolean {
    const endsAt = session === undefined ? undefined : this.#sessions.get(printOf(session));
    return endsAt !== undefined && this.parts.now() < endsAt; // invariant 3
  }
}

/** Invariant 2. */
const remember = <T>(known: Map<string, T>, [print, value]: readonly [string, T], most: number): void => {
  const [oldest] = known.keys();
  if (known.size >= most && oldest !== undefined) known.delete(oldest);
  known.set(print, value);
};
