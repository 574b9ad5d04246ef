import type { StreamingArtifactStore } from '@squados/artifacts';
import { openNatsArtifactStore } from '@squados/artifacts/nats';
import { projectId, START, type Command, type ProjectId } from '@squados/contracts';
import { withOffloading, type EventLog, type RestoreCommits } from '@squados/event-log';
import {
  openJetStreamLog,
  parseNatsUrl,
  rawJetStreamLog,
  restoreJetStreamLog,
  type NatsAccess,
} from '@squados/event-log/jetstream';
import type { SubmitResult } from '@squados/orchestrator';
import { followNats, type FollowedFolder } from '@squados/portal-gateway';
import { CliError } from '../cli-error.js';
import type { ReadingLog } from '../solo/open-log.js';
import { commandName } from '../terminal/command-name.js';

/** A project on the log of a NATS server. */
export interface NatsPlace {
  /** The servers, without who we are to them. */
  readonly root: string;
  readonly access: NatsAccess;
  readonly project: ProjectId;
}

/** How long a command waits for a server and for its log: people sit and wait. */
const CONNECT_MS = 5_000;
const NAME = 'squados';

/** @throws CliError for what is no address; it never repeats a password. */
export const accessOf = (text: string): NatsAccess => {
  const result = parseNatsUrl(text);
  if (result.kind === 'access') return result.access;
  throw new CliError(`--nats: ${result.reason}`, { code: 'usage' });
};

const shownServers = ({ servers, tls }: NatsAccess): string =>
  servers.map((server) => `${tls ? 'tls' : 'nats'}://${server}`).join(',');

/**
 * The log of a server, narrowed to one project: the named one, or the only one there.
 * @throws CliError when there is no such project, or several and none is named; EventLogError as `openJetStreamLog`
 */
export const openNatsReader = async (
  access: NatsAccess,
  named: string | undefined,
): Promise<ReadingLog & { readonly place: NatsPlace }> => {
  const jetstream = await openJetStreamLog({ access, name: NAME, stream: 'await', connectMs: CONNECT_MS });
  try {
    const artifacts = await openNatsArtifactStore(jetstream.connection);
    const log = withOffloading(jetstream, artifacts);
    const root = shownServers(access);
    const project = chosen(await projectsIn(log), named, root);
    return {
      ...{ artifacts, log: onlyOf(log, project), raw: rawJetStreamLog(jetstream.connection) },
      place: { root, access, project },
      close: () => jetstream.close(),
    };
  } catch (error) {
    await jetstream.close();
    throw error;
  }
};

interface Found {
  readonly projects: readonly ProjectId[];
  readonly archived: ReadonlySet<string>;
}

const projectsIn = async (log: EventLog): Promise<Found> => {
  const projects: ProjectId[] = [];
  const archived = new Set<string>();
  for await (const page of log.read({ after: START, filter: { kind: 'project' } })) {
    for (const event of page.flatMap(({ events }) => events)) {
      if (event.type === 'ProjectStarted') projects.push(projectId(event.subject));
      if (event.type === 'ProjectArchived') archived.add(event.subject);
    }
  }
  return { projects: projects.filter((id) => !archived.has(id)), archived };
};

/** One that was archived may be named: then that is told. */
const chosen = ({ projects: found, archived }: Found, named: string | undefined, root: string): ProjectId => {
  if (named !== undefined && archived.has(named)) return projectId(named);
  const [first, ...more] = found;
  if (first === undefined)
    throw new CliError(`${root}: there is no project on this log yet`, {
      code: 'no-data',
      remedy: [`start one: ${commandName()} run <requirements.md | backlog.json> --nats ${root}`],
    });
  if (named === undefined && more.length === 0) return first;
  const wanted = found.find((id) => id === named);
  if (wanted !== undefined) return wanted;
  throw new CliError(
    named === undefined ? `${root}: this log holds ${found.length} projects` : `${root}: there is no project ${named}`,
    { code: 'which-project', remedy: [`name one with --project: ${found.join(', ')}`] },
  );
};

/** The same log, in which the other projects don't show. */
const onlyOf = (log: EventLog, project: ProjectId): EventLog => ({
  logId: log.logId,
  append: (commit, options) => log.append(commit, options),
  read: (options) => log.read({ ...options, filter: { ...options.filter, project } }),
  follow: (options) => log.follow({ ...options, filter: { ...options.filter, project } }),
  last: (lane) => log.last(lane),
  head: () => log.head(),
  close: () => log.close(),
});

/** A log that a project is restored to, made where there is none. */
export const openNatsTarget = async (
  access: NatsAccess,
): Promise<{
  readonly root: string;
  readonly artifacts: StreamingArtifactStore;
  readonly restore: RestoreCommits;
  close(): Promise<void>;
}> => {
  const jetstream = await openJetStreamLog({ access, name: NAME, stream: { kind: 'make' }, connectMs: CONNECT_MS });
  try {
    const artifacts = await openNatsArtifactStore(jetstream.connection);
    const restore = restoreJetStreamLog(jetstream.connection);
    return { root: shownServers(access), artifacts, restore, close: () => jetstream.close() };
  } catch (error) {
    await jetstream.close();
    throw error;
  }
};

/** A fold of the server's log that takes commands; it makes the log where there is none. */
export const openNatsWriter = (access: NatsAccess): Promise<FollowedFolder> =>
  followNats({ access, name: NAME, connectMs: CONNECT_MS, stream: { kind: 'make' } });

/** Decides and records beside the services that run there. */
export const submitToNats = async ({ access }: NatsPlace, command: Command): Promise<SubmitResult> => {
  const writer = await openNatsWriter(access);
  try {
    return await writer.source.submit(command);
  } finally {
    await writer.close();
  }
};
