import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openGroup } from './control-group.js';

/** A folder stands in for the kernel's: what is written into which file is what matters here. */
describe('the control group of a run', () => {
  let parent: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'squados-group-'));
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));
  const read = (name: string): string => readFileSync(join(parent, 'run', name), 'utf8');

  it('bounds memory without swap, ends all of it together and bounds the processes', () => {
    openGroup(parent, 'run', { memoryBytes: 1_000_000, processes: 20 });
    const written = ['memory.max', 'memory.swap.max', 'memory.oom.group', 'pids.max'].map(read);
    expect(written).toEqual(['1000000', '0', '1', '20']);
  });

  it('tells processor time, processes and what the kernel refused', () => {
    const group = openGroup(parent, 'run', undefined);
    writeFileSync(join(group.path, 'cpu.stat'), 'usage_usec 2500000\nuser_usec 1\n');
    writeFileSync(join(group.path, 'memory.events'), 'low 0\noom 3\noom_kill 2\n');
    writeFileSync(join(group.path, 'pids.events'), 'max 7\n');
    writeFileSync(group.joinFile, '12\n34\n');
    expect([group.cpuSeconds(), group.processes(), group.hits()]).toEqual([2.5, [12, 34], { memory: 2, processes: 7 }]);
  });

  it('ends everything by one write, and can be removed when it is gone already', () => {
    const group = openGroup(parent, 'run', undefined);
    group.kill();
    expect(read('cgroup.kill')).toBe('1');
    rmSync(group.path, { recursive: true });
    expect(group.remove()).toBe(true);
  });
});
