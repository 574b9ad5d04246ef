import { describe, expect, it } from '@jest/globals';
import type { ControlGroup } from './control-group.js';
import { brokenBound, type Watched } from './run-watch.js';
import { DEFAULT_LIMITS } from './sandbox.port.js';

const group = (facts: {
  readonly cpu?: number;
  readonly memory?: number;
  readonly processes?: number;
}): ControlGroup => ({
  path: '/g',
  joinFile: '/g/cgroup.procs',
  kill: () => undefined,
  processes: () => [],
  cpuSeconds: () => facts.cpu ?? 0,
  hits: () => ({ memory: facts.memory ?? 0, processes: facts.processes ?? 0 }),
  remove: () => true,
});

const watched = (change: Partial<Watched>): Watched => ({
  limits: { ...DEFAULT_LIMITS, cpuSeconds: 5, processes: 3 },
  group: undefined,
  isBounded: true,
  folders: [],
  processes: () => [],
  ...change,
});

describe('the watch over a run', () => {
  it('names the bound that a control group reports', () => {
    expect(brokenBound(watched({ group: group({ cpu: 5.1 }) }))?.limit).toBe('cpuSeconds');
    expect(brokenBound(watched({ group: group({ memory: 1 }) }))?.limit).toBe('memoryMb');
    expect(brokenBound(watched({ group: group({ processes: 1_000 }) }))?.limit).toBe('processes');
  });

  it('lets a program meet its bound of processes and go on', () => {
    expect(brokenBound(watched({ group: group({ cpu: 4.9, processes: 3 }) }))).toBeUndefined();
  });

  it('counts processes itself where no group bounds them', () => {
    const looks: number[] = [];
    const processes = (): readonly number[] => {
      looks.push(1);
      return [-1, -2, -3, -4];
    };
    expect(brokenBound(watched({ isBounded: false, processes }))?.limit).toBe('processes');
    expect(looks).toHaveLength(1);
  });
});
