import { createHash, randomBytes } from 'node:crypto';

const LINKS = 8;
const SESSIONS = 64;

const secret = (): string => randomBytes(32).toString('base64url');
/** Only hashes are kept, and looking one up takes the same time whatever was guessed. */
const printOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/**
 * Who may come in: one-time links become sessions. All in memory: a new process asks for a new link.
 *
 * Invariants:
 * 1. A link's token is good once.
 * 2. Of links and sessions the oldest go when there are too many: nobody can fill the memory.
 */
export class Access {
  readonly #links = new Set<string>();
  readonly #sessions = new Set<string>();

  /** A token for a new link; those printed before stay good. */
  newLink(): string {
    const token = secret();
    remember(this.#links, printOf(token), LINKS);
    return token;
  }

  /** The session that a link's token is exchanged for; undefined for a used or foreign one. */
  redeem(token: string): string | undefined {
    if (!this.#links.delete(printOf(token))) return undefined; // invariant 1
    const session = secret();
    remember(this.#sessions, printOf(session), SESSIONS);
    return session;
  }

  isOpen(session: string | undefined): boolean {
    return session !== undefined && this.#sessions.has(printOf(session));
  }
}

/** Invariant 2. */
const remember = (known: Set<string>, print: string, most: number): void => {
  const [oldest] = known;
  if (known.size >= most && oldest !== undefined) known.delete(oldest);
  known.add(print);
};
