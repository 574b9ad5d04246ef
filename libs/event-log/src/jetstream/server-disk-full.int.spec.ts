import { afterEach, describe, expect, it } from '@jest/globals';
import { attemptLane, EMPTY_LANE } from '@squados/contracts';
import { EventLogError } from '../errors.js';
import type { EventLog, NewCommit } from '../event-log.port.js';
import { findNatsServers, WITHOUT_NATS } from '../testing/find-nats-servers.js';
import { openAt } from '../testing/jetstream-harness.js';
import { readAll } from '../testing/reading.js';
import { at, commitTo, started, stored } from '../testing/samples.js';
import { canMount, startOnSmallDisk, WITHOUT_MOUNT, type SmallDiskServer } from '../testing/small-disk-server.js';

const isMountable = canMount();
const MOST = 2_000;
const BEFORE = 20;
/** About a page of the disk each. */
const LONG = 4_000;

/** `appended`, or in one word why not: a refusal's code or an error's. */
const outcomeOf = async (log: EventLog, commit: NewCommit): Promise<string> => {
  try {
    const answer = await log.append(commit);
    return answer.kind === 'refused' ? answer.code : answer.kind;
  } catch (error) {
    if (error instanceof EventLogError) return error.code;
    throw error;
  }
};

describe.each(findNatsServers())('the disk of $name', ({ program }) => {
  const why = program === undefined ? WITHOUT_NATS : WITHOUT_MOUNT;
  const isHere = program !== undefined && isMountable;
  let server: SmallDiskServer | undefined;
  let log: EventLog | undefined;
  afterEach(async () => {
    await log?.close();
    await server?.dispose();
  });
  (isHere ? it : it.skip)(
    `that others fill stops appends with a word for it, loses none that was acknowledged, and goes on with room and a restart${isHere ? '' : why}`,
    async () => {
      server = await startOnSmallDisk(program!);
      log = await openAt(server.access(), { patienceMs: 2_000 });
      const commits = Array.from({ length: MOST }, (_, n) =>
        commitTo(attemptLane(at(`BE-${n}`)), EMPTY_LANE, started(1, 'w'.repeat(LONG))),
      );
      for (const commit of commits.slice(0, BEFORE)) await stored(log, commit);
      await server.fill();
      let acknowledged = BEFORE;
      let outcome = 'appended';
      for (; acknowledged < MOST; acknowledged++) {
        outcome = await outcomeOf(log, commits[acknowledged]!);
        if (outcome !== 'appended') break;
      }
      expect(['log-full', 'unreachable']).toContain(outcome);
      await server.grow();
      await server.restart();
      expect(await outcomeOf(log, commits[acknowledged]!)).toBe('appended');
      const lanes = (await readAll(log)).map(({ lane }) => lane);
      expect(lanes).toEqual(commits.slice(0, acknowledged + 1).map(({ lane }) => lane));
    },
    60_000,
  );
});
