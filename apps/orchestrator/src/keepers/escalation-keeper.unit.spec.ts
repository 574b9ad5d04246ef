import { describe, expect, it } from '@jest/globals';
import { failed, P, PRODUCT, Scenario, spec } from '@squados/board/testing';
import { cardId, decidedLane, type LaneCommit } from '@squados/contracts';
import type { EventLog } from '@squados/event-log';
import { Appender } from '../engine/appender.js';
import { RecordingLogger } from '../testing/recording-logger.js';
import { Told } from '../testing/told.js';
import { EscalationKeeper } from './escalation-keeper.js';
import { noEscalation, type DeadLetter, type Escalation, type EscalationOutcome } from './escalation-webhook.js';

const DELIVERED: EscalationOutcome = { to: 'hook', outcome: 'delivered', message: 'answered 200' };

class RecordingEscalation implements Escalation {
  readonly letters: DeadLetter[] = [];
  during: () => void = () => undefined;

  tell(letter: DeadLetter): Promise<EscalationOutcome> {
    this.letters.push(letter);
    this.during();
    return Promise.resolve(DELIVERED);
  }
}

const setUp = (escalation: Escalation, options: { readonly refuses?: boolean } = {}) => {
  const scenario = Scenario.of([spec('A', { title: 'Opening hours' }), spec('B')]);
  const appended: unknown[] = [];
  const log: Pick<EventLog, 'append'> = {
    append: (append) => {
      if (options.refuses) return Promise.reject(new Error('closed'));
      appended.push({ lane: append.lane, expected: append.expected, events: append.events.map((event) => event.data) });
      return Promise.resolve({ kind: 'conflict' } as unknown as Awaited<ReturnType<EventLog['append']>>);
    },
  };
  const logger = new RecordingLogger();
  const appender = new Appender({ log, now: () => 0, newId: () => 'id', source: 'test' });
  const keeper = new EscalationKeeper({ escalation, appender, logger });
  const told = new Told(scenario.log.commits, keeper);
  const bury = (id: string): void => {
    scenario.step().says(id, failed(scenario.card(id).attempt, { kind: 'terminal', message: 'contradiction' }));
    scenario.step();
  };
  return { scenario, appended, logger, keeper, told, bury };
};

const lane = decidedLane({ project: P, agent: PRODUCT, card: cardId('A') });
const revisionOf = (commits: readonly LaneCommit[]): number =>
  commits.findLast((commit) => commit.lane === lane)?.revision ?? 0;

/** Lets everything that was promised already happen. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the escalation keeper', () => {
  it('tells nobody while history goes by, then of each dead letter that nobody was told of', async () => {
    const escalation = new RecordingEscalation();
    const { told, bury, appended, scenario } = setUp(escalation);
    bury('A');
    told.news();
    await settled();
    expect(escalation.letters).toEqual([]);
    told.head();
    await settled();
    expect(escalation.letters).toMatchObject([
      { project: P, card: 'A', title: 'Opening hours', agent: 'product', attempt: 1, reason: 'terminal' },
    ]);
    expect(appended).toEqual([
      { lane, expected: revisionOf(scenario.log.commits), events: [{ attempt: 1, ...DELIVERED }] },
    ]);
  });

  it('tells of a letter once, however many decisions follow, and of the next one too', async () => {
    const escalation = new RecordingEscalation();
    const { told, bury } = setUp(escalation);
    told.news();
    told.head();
    bury('A');
    told.news();
    bury('B');
    told.news();
    await settled();
    expect(escalation.letters.map((letter) => letter.card)).toEqual(['A', 'B']);
  });

  it('records that nobody was named', async () => {
    const { told, bury, appended } = setUp(noEscalation);
    bury('A');
    told.news();
    told.head();
    await settled();
    expect(appended).toMatchObject([{ events: [{ to: 'nobody', outcome: 'not-configured' }] }]);
  });

  it('records nothing for a call that was cut off by the end: the next run tells again', async () => {
    const escalation = new RecordingEscalation();
    const { told, bury, appended, keeper } = setUp(escalation);
    let closed: Promise<void> | undefined;
    escalation.during = () => {
      closed = keeper.close();
    };
    bury('A');
    bury('B');
    told.news();
    told.head();
    await settled();
    await closed;
    expect(escalation.letters).toHaveLength(1);
    expect(appended).toEqual([]);
  });

  it('a log that refuses the record is told, and the next letter still goes out', async () => {
    const escalation = new RecordingEscalation();
    const { told, bury, logger, keeper } = setUp(escalation, { refuses: true });
    bury('A');
    bury('B');
    told.news();
    told.head();
    await settled();
    await keeper.close();
    expect(logger.lines).toHaveLength(2);
    expect(escalation.letters).toHaveLength(2);
  });
});
