/** A process of its own for the specs that kill it: `<program> <what> <folder>`; it reports line by line. */
import { attemptLane, decidedLane, EMPTY_LANE, START, type Revision } from '@squados/contracts';
import { openEmbeddedLog, type EmbeddedLog } from '../embedded/index.js';
import { at, commitTo, enqueue, enqueued, started, stepped, stored } from './samples.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Writes one lane's chain, or ever new lanes, and tells of each commit that was acknowledged. */
const storm = async (log: EmbeddedLog, writer: number): Promise<never> => {
  const lane = attemptLane(at(`CHAIN-${process.pid}-${writer}`));
  let revision: Revision = EMPTY_LANE;
  for (let i = 0; ; i++) {
    const commit =
      writer % 2 === 0
        ? commitTo(lane, revision, started(i + 1), stepped())
        : enqueue(at(`NEW-${process.pid}-${writer}-${i}`));
    const answer = await stored(log, commit);
    revision = answer.revision;
    say(`${commit.events[0]?.id} ${answer.position}`);
  }
};

/** Appends one commit for each line that comes in. */
const obey = async (log: EmbeddedLog): Promise<void> => {
  let revision: Revision = EMPTY_LANE;
  for await (const _ of process.stdin) {
    const { revision: next, position } = await stored(
      log,
      commitTo(decidedLane(at(`OBEY-${process.pid}`)), revision, enqueued()),
    );
    revision = next;
    say(String(position));
  }
  await log.close();
};

const follow = async (log: EmbeddedLog): Promise<void> => {
  for await (const batch of log.follow({ after: START, signal: new AbortController().signal }))
    say(`at ${batch.position}`);
};

const [what, dir = ''] = process.argv.slice(2);
try {
  const log = await openEmbeddedLog({ dir, mode: what === 'follow' ? 'reader' : 'owner' });
  say('open');
  if (what === 'storm') await Promise.all(Array.from({ length: 40 }, (_, writer) => storm(log, writer)));
  if (what === 'obey') await obey(log);
  if (what === 'follow') await follow(log);
  if (what === 'once') await log.close();
} catch (error) {
  say(`failed ${JSON.stringify({ code: (error as { code?: string }).code, message: (error as Error).message })}`);
}
