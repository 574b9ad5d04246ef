import type {
  ArtifactEntry,
  CardPage,
  IntakeFile,
  IntakePreview,
  Problem,
  ReachPage,
} from '@squados/portal-gateway/wire';

/** What the gateway answered when it couldn't do what was asked. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  constructor(readonly problem: Problem) {
    super(problem.title);
  }
}

const UNREACHABLE: Problem = {
  type: 'about:blank',
  code: 'unreachable',
  status: 0,
  title: 'The gateway does not answer.',
  details: [],
  remedy: [],
};

const ask = async (path: string, init?: RequestInit): Promise<Response> => {
  const response = await fetch(path, init).catch(() => undefined);
  if (response === undefined) throw new ProblemError(UNREACHABLE);
  if (!response.ok) throw new ProblemError(await problemIn(response));
  return response;
};

const problemIn = async (response: Response): Promise<Problem> => {
  const told = (await response.json().catch(() => undefined)) as Problem | undefined;
  return told ?? { ...UNREACHABLE, status: response.status, title: `The gateway answered ${response.status}.` };
};

const read = async <T>(path: string, signal?: AbortSignal): Promise<T> =>
  (await ask(path, signal ? { signal } : undefined)).json() as Promise<T>;

const send = async <T>(path: string, body: unknown): Promise<T> => {
  const headers = { 'content-type': 'application/json', 'x-squados': '1' };
  return (await ask(path, { method: 'POST', headers, body: JSON.stringify(body) })).json() as Promise<T>;
};

/** One command of a person, as the gateway takes it: project and actor are the gateway's to say. */
export type PersonCommand = { readonly type: string } & Readonly<Record<string, unknown>>;

const segment = encodeURIComponent;

export const api = {
  card: (id: string, signal: AbortSignal): Promise<CardPage> => read(`/api/cards/${segment(id)}`, signal),
  reach: (id: string): Promise<ReachPage> => read(`/api/cards/${segment(id)}/reach`),
  artifacts: (signal: AbortSignal): Promise<readonly ArtifactEntry[]> => read('/api/artifacts', signal),
  /** The artifact's bytes. */
  artifact: async (sha256: string, signal: AbortSignal): Promise<ArrayBuffer> =>
    (await ask(`/api/artifacts/${segment(sha256)}`, { signal })).arrayBuffer(),
  submit: (command: PersonCommand): Promise<{ readonly position: number }> => send('/api/commands', command),
  preview: (files: readonly IntakeFile[]): Promise<IntakePreview> => send('/api/intake/preview', { files }),
  begin: (preview: string): Promise<{ readonly begun: true }> => send('/api/intake/begin', { preview }),
  /** Whether the session still stands; undefined when nobody answers. */
  session: async (): Promise<boolean | undefined> => {
    const response = await fetch('/api/board').catch(() => undefined);
    return response === undefined ? undefined : response.status !== 401;
  },
} as const;
