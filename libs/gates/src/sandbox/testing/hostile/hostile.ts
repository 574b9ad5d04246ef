import type { SandboxOutcome, SandboxRequest } from '../../sandbox.port.js';

/** Things of the host's that hostile programs go for. All are the test's own. */
export interface Prey {
  /** A file that everybody on the host may read, and what is in it. */
  readonly secretFile: string;
  readonly secret: string;
  /** A process of the host's; its environment holds the secret. */
  readonly victim: number;
  /** Listeners on the host's loopback. */
  readonly tcpPort: number;
  /** Nobody on the host listens there. */
  readonly freePort: number;
  readonly udpPort: number;
  readonly unixSocket: string;
  /** Name of an abstract socket, without the NUL. */
  readonly abstractSocket: string;
  /** A folder that is mounted as a toolchain. */
  readonly toolchain: string;
  /** What the host's own listeners and processes saw: `victim died`, `udp`, … */
  seen(): readonly string[];
}

export interface Hostile {
  readonly name: string;
  /** What it tries, for the table. */
  readonly tries: string;
  /** What stands in its way. */
  readonly by: { readonly namespaces: string; readonly plain: string };
  request(prey: Prey): SandboxRequest;
  /** What got through; empty: it was held. */
  damage(outcome: SandboxOutcome, prey: Prey): readonly string[];
  /** What the host does and sees while the program runs; `mark` is in the environment of all its processes. */
  meanwhile?(prey: Prey, mark: string): Promise<readonly string[]>;
  /** Plain limits are known not to hold it: for anybody, or where a run can't have a user of its own. */
  readonly opensPlain?: 'always' | 'without-own-user';
  /** Perl makes the calls that neither a shell nor Node can. */
  readonly needsPerl?: boolean;
}

const NOTHING: ReadonlyMap<string, string> = new Map();
const WALL_MS = 20_000;

type Terms = Partial<Omit<SandboxRequest, 'command' | 'files'>>;

const withTerms = (command: readonly [string, ...string[]], { limits, ...terms }: Terms): SandboxRequest => ({
  command,
  files: NOTHING,
  ...terms,
  limits: { wallMs: WALL_MS, ...limits },
});

export const shell = (script: string, terms: Terms = {}): SandboxRequest => withTerms(['sh', '-c', script], terms);

export const perl = (script: string, terms: Terms = {}): SandboxRequest => withTerms(['perl', '-e', script], terms);

/** Node may live outside of the system folders. */
export const node = (script: string, terms: Terms = {}): SandboxRequest => {
  const mounts = [...(terms.mounts ?? []), { from: process.execPath, at: process.execPath }];
  return withTerms([process.execPath, '--input-type=module', '-e', script], { ...terms, mounts });
};

export const outputOf = (outcome: SandboxOutcome): string =>
  outcome.kind === 'exited' || outcome.kind === 'limited' ? `${outcome.stdout}\n${outcome.stderr}` : '';

/** The program says what it could do, line by line. */
export const confessed = (outcome: SandboxOutcome): readonly string[] => [
  ...(outcome.kind === 'unavailable' ? [`did not run: ${outcome.reason}`] : []),
  ...[...outputOf(outcome).matchAll(/^ESCAPED (.*)$/gm)].map((match) => match[1] ?? ''),
];

/** Held when a bound ended it. */
export const endedBy =
  (...limits: readonly string[]) =>
  (outcome: SandboxOutcome): readonly string[] => {
    if (outcome.kind === 'limited' && limits.includes(outcome.limit)) return [];
    return [`ended as ${outcome.kind === 'limited' ? outcome.limit : outcome.kind} and not by ${limits.join(' or ')}`];
  };
