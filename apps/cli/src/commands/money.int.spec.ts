import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fakeHash, P, person, Scenario, spec, started } from '@squados/board/testing';
import { cardId, NANO_USD, type DraftEvent } from '@squados/contracts';
import { authorOf } from '../author/author-setup.js';
import { dataFolderAt } from '../solo/data-folder.js';
import { RecordingTerminal } from '../testing/recording-terminal.js';
import { recordLog } from '../testing/record-log.js';
import { squadosHere, type Heard } from '../testing/squados-here.js';
import { TempFolder } from '../testing/temp-folder.js';
import { ensureBudget } from '../use-cases/ensure-budget.js';

let folder: TempFolder;
beforeEach(() => void (folder = new TempFolder()));
afterEach(() => folder.remove());
const say = (...args: readonly string[]): Promise<Heard> => squadosHere([...args, '--data', 'd'], { cwd: folder.path });

const CENT = NANO_USD / 100;
const call = (attempt: number, number: number) => ({
  ...({ attempt, call: number, purpose: 'author', model: 'claude-opus-5-5', request: fakeHash('q') } as const),
});
const asks = (number: number, cents: number): DraftEvent => ({
  type: 'ModelCallBegun',
  data: { ...call(1, number), reserved: { nanoUsd: cents * CENT, tokens: 700 } },
});
const paid = (number: number, cents: number): DraftEvent => ({
  type: 'ModelCalled',
  data: {
    ...call(1, number),
    ...{ outcome: 'answered', durationMs: 1, nanoUsd: cents * CENT },
    usage: { input: 50, output: 10, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
  },
});

/** A project with two calls, of which one was paid and one never told. */
const recorded = (hasLimit: boolean): Promise<void> => {
  const s = Scenario.of([spec('EPIC-1'), spec('PROD-1', { parent: cardId('EPIC-1') })]);
  const limit = { nanoUsd: 80 * CENT, perAttempt: 40 * CENT, scope: { kind: 'project' } } as const;
  if (hasLimit) s.accept({ type: 'SetBudget', project: P, by: person, reason: 'enough', ...limit });
  s.step().step().says('PROD-1', started(1), asks(1, 20), paid(1, 3), asks(2, 30));
  return recordLog(folder.at('d'), s.log.commits);
};

interface Told {
  readonly rows: readonly { readonly agent: string; readonly card: string; readonly nanoUsd: number }[];
  readonly cost: { readonly nanoUsd: number };
  readonly limits: readonly unknown[];
}

describe('money, from the log alone', () => {
  it('is told by agent, card, attempt and model, and adds up to what was spent, calls without an end included', async () => {
    await recorded(true);
    const { rows, cost } = (await say('cost', '--json')).json<Told>();
    expect(rows).toEqual([
      {
        ...{ agent: 'product', card: 'PROD-1', attempt: 1, model: 'claude-opus-5-5' },
        ...{ calls: 2, tokens: 760, nanoUsd: 33 * CENT },
      },
    ]);
    expect(cost.nanoUsd).toBe(33 * CENT);
    expect((await say('cost')).stdout).toContain('limit of the project: $0.3300 of $0.8000');
  });

  it('is limited for an epic in dollars and tokens, and not for what takes no part', async () => {
    await recorded(true);
    const set = await say('budget', '--usd', '0.50', '--tokens', '900', '--epic', 'EPIC-1');
    expect(set).toMatchObject({ code: 0, stdout: expect.stringContaining('EPIC-1 may cost $0.5000 and 900 tokens') });
    expect((await say('cost')).stdout).toContain('limit of epic EPIC-1: $0.3300 of $0.5000, 760 of 900 tokens');
    for (const wrong of [
      [],
      ['--tokens', 'many'],
      ['--usd', '1', '--agent', 'bakend'],
      ['--usd', '1', '--epic', 'X-1'],
    ])
      expect(await say('budget', ...wrong)).toMatchObject({ code: 2 });
    const both = await say('budget', '--usd', '1', '--epic', 'EPIC-1', '--card', 'PROD-1');
    expect(both.stderr).toContain('name one of --agent, --card and --epic');
  });

  it('gets the usual limit where a project goes on with a model that was begun without, and another where one is asked for', async () => {
    await recorded(false);
    const context = { terminal: new RecordingTerminal(), env: { SQUADOS_USER: 'tester' }, cwd: folder.path };
    const goOn = async (env: NodeJS.ProcessEnv, asked?: string): Promise<unknown> => {
      await ensureBudget(context, { folder: dataFolderAt(folder.at('d')), author: authorOf(env, {}), asked });
      return (await say('cost', '--json')).json<Told>().limits.map((limit) => (limit as { nanoUsd: number }).nanoUsd);
    };
    expect(await goOn({})).toEqual([]);
    const withKey = { ANTHROPIC_API_KEY: 'sk-ant-0123456789' };
    expect(await goOn(withKey)).toEqual([5 * NANO_USD]);
    expect(await goOn(withKey, '0.75')).toEqual([75 * CENT]);
    expect(await goOn(withKey)).toEqual([75 * CENT]);
  });
});
