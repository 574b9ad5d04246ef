import { describe, expect, it } from '@jest/globals';
import { completed, failed, Scenario, spec, started } from '@squados/board/testing';
import { agentName, cardId } from '@squados/contracts';
import { COLORS, NO_COLORS } from '../terminal/palette.js';
import { foldOf } from '../testing/fold-of.js';
import { HOSTILE } from '../testing/hostile.js';
import { RecordingTerminal } from '../testing/recording-terminal.js';
import { etaMs, liveFrame, type FrameOptions } from './live-frame.js';
import { LiveView } from './live-view.js';
import { progressOf, type Progress, type RunningCard } from './progress.js';

const OPTIONS: FrameOptions = {
  palette: NO_COLORS,
  columns: 60,
  now: 100_000,
  startedAt: 40_000,
  endedBefore: new Map(),
  mostRunning: 2,
};

const running = (id: string, more: Partial<RunningCard> = {}): RunningCard => ({
  id: cardId(id),
  title: `Title of ${id}`,
  agent: agentName('product'),
  state: 'EXECUTING',
  attempt: 1,
  since: 97_500,
  ...more,
});

const PROGRESS: Progress = {
  title: 'Corner shop',
  status: 'running',
  settled: false,
  total: 12,
  ended: 6,
  byState: { DONE: 5, DEAD_LETTERED: 1, EXECUTING: 3, TODO: 3 },
  agents: [
    { agent: agentName('product'), total: 8, byState: { DONE: 4, EXECUTING: 2, TODO: 2 } },
    { agent: agentName('arch'), total: 4, byState: { DONE: 1, DEAD_LETTERED: 1, VERIFYING: 1, TODO: 1 } },
  ],
  running: [running('PROD-5'), running('ARCH-2', { state: 'VERIFYING', attempt: 2 }), running('PROD-6')],
};

describe('the picture of a run', () => {
  it('is the same lines for the same progress', () => {
    const frame = liveFrame(PROGRESS, OPTIONS);
    expect(frame[0]).toBe('Corner shop  running');
    expect(frame[1]).toBe('████████████░░░░░░░░░░░░ 6/12 cards 1 m 00 s, about 1 m 00…');
    expect(frame.slice(-3)).toEqual([
      '▸ PROD-5 executing 2.5 s  Title of PROD-5',
      '▸ ARCH-2 #2 verifying 2.5 s  Title of ARCH-2',
      '  and 1 more',
    ]);
    expect(frame.filter((line) => /^(product|arch)/.test(line.trim()))).toHaveLength(2);
    expect(liveFrame(PROGRESS, OPTIONS)).toEqual(frame);
  });

  it.each([20, 40, 60, 100])('fits %i columns and stands on one line each, whatever the titles hold', (columns) => {
    const hostile = HOSTILE.repeat(20);
    const progress: Progress = { ...PROGRESS, title: hostile, running: [running('PROD-5', { title: hostile })] };
    const frame = liveFrame(progress, { ...OPTIONS, columns });
    for (const line of frame) {
      expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      if (columns >= 60) expect([...line].length).toBeLessThanOrEqual(columns);
    }
  });

  it('has colours only from its palette', () => {
    expect(liveFrame(PROGRESS, { ...OPTIONS, palette: COLORS }).join('\n')).toContain('\u001b[');
    expect(liveFrame(PROGRESS, OPTIONS).join('\n')).not.toContain('\u001b');
  });

  it('of a project without cards has an empty bar', () => {
    const empty: Progress = { ...PROGRESS, total: 0, ended: 0, agents: [], running: [] };
    expect(liveFrame(empty, OPTIONS)[1]).toBe(`${'░'.repeat(24)} 0/0 cards 1 m 00 s`);
  });
});

describe('the time that is left', () => {
  const agent = (name: string, ended: number, total: number) => ({
    agent: agentName(name),
    total,
    byState: { DONE: ended, TODO: total - ended },
  });
  const left = (before: Readonly<Record<string, number>>, ...agents: readonly ReturnType<typeof agent>[]) =>
    etaMs({ agents }, { ...OPTIONS, endedBefore: new Map(Object.entries(before).map(([k, n]) => [agentName(k), n])) });

  it('after a minute follows from the rate of each agent; the one with most left decides', () => {
    expect(left({}, agent('product', 6, 12))).toBe(60_000);
    expect(left({}, agent('product', 30, 30), agent('backend', 2, 10))).toBe(240_000);
    expect(left({}, agent('product', 10, 20), agent('backend', 4, 6))).toBe(60_000);
  });
  it('counts only what ended since this process began', () => {
    expect(left({ product: 3 }, agent('product', 6, 12))).toBe(120_000);
    expect(left({ product: 4 }, agent('product', 6, 12))).toBeUndefined();
  });
  it('takes an agent that has ended none yet to be as fast as the others on average', () => {
    expect(left({}, agent('product', 6, 6), agent('arch', 0, 3))).toBe(30_000);
  });
  it('is not known before three cards have ended, nor when none is left', () => {
    expect(left({}, agent('product', 2, 12))).toBeUndefined();
    expect(left({}, agent('product', 12, 12))).toBeUndefined();
  });
});

describe('progress', () => {
  it('counts per agent and state, and tells what runs since when', () => {
    const scenario = Scenario.of([
      spec('A'),
      spec('B', { dependencies: ['A'] }),
      spec('C', { agent: agentName('arch') }),
      spec('D', { agent: agentName('arch') }),
    ]);
    scenario.step();
    scenario.says('A', started(1), failed(1, { kind: 'terminal' })).says('C', started(1), completed(1));
    scenario.says('D', started(1)).step();
    const { fold, at } = foldOf(scenario);
    const progress = progressOf(fold, at);
    expect(progress).toMatchObject({ total: 4, ended: 3, settled: false, status: 'running' });
    expect(progress.byState).toEqual({ DONE: 1, EXECUTING: 1, DEAD_LETTERED: 1, BLOCKED: 1 });
    expect(progress.agents).toEqual([
      { agent: 'product', total: 2, byState: { DEAD_LETTERED: 1, BLOCKED: 1 } },
      { agent: 'arch', total: 2, byState: { DONE: 1, EXECUTING: 1 } },
    ]);
    expect(progress.running).toMatchObject([{ id: 'D', title: 'Card D', attempt: 1, since: expect.any(Number) }]);
  });
});

describe('the live view', () => {
  const setUp = (rows = 24) => {
    const terminal = new RecordingTerminal({ isTerminal: true, rows });
    const timers: (() => void)[] = [];
    let picture = ['one', 'two'];
    const clock = {
      now: () => 0,
      after: (_ms: number, callback: () => void) => {
        timers.push(callback);
        return () => void timers.splice(timers.indexOf(callback), 1);
      },
    };
    const view = new LiveView({ terminal, clock, draw: () => picture });
    const paint = (lines: string[]): void => {
      picture = lines;
      view.changed();
      timers[0]?.();
    };
    return { terminal, timers, view, paint };
  };

  it('draws over what it drew before and gives the cursor back', () => {
    const { terminal, view, paint } = setUp();
    paint(['one', 'two']);
    expect(terminal.stdout).toMatch(/^\u001b\[\?25l\r?\u001b\[Jone\ntwo\n$/);
    terminal.stdout = '';
    paint(['three']);
    expect(terminal.stdout).toMatch(/^\r?\u001b\[2A\u001b\[Jthree\n$/);
    terminal.stdout = '';
    view.close();
    expect(terminal.stdout).toMatch(/^\r?\u001b\[1A\u001b\[Jthree\n\u001b\[\?25h$/);
    terminal.stdout = '';
    view.close();
    expect(terminal.stdout).toBe('');
  });

  it('draws once for many changes', () => {
    const { timers, view } = setUp();
    view.changed();
    view.changed();
    expect(timers).toHaveLength(1);
  });

  it('never draws more lines than the terminal has', () => {
    const { terminal, paint } = setUp(5);
    paint(['1', '2', '3', '4', '5', '6']);
    expect(terminal.stdout).toContain('1\n2\n3\n');
    expect(terminal.stdout).not.toContain('4');
  });
});
