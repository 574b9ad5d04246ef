import { describe, expect, it } from '@jest/globals';
import type { SandboxOutcome } from '../sandbox.port.js';
import { answeredChecks, boundChecks, ESSENTIAL, type Walls } from './checks.js';
import type { ProbeAnswer } from './probe-program.js';

const WALLS: Walls = { isNamespaced: true, hasOwnUid: true, hasGroup: true, isBounded: false };

const TIGHT: ProbeAnswer = {
  files: [],
  folders: [],
  hostPort: false,
  loopback: true,
  environment: [],
  processes: [],
  signals: false,
  uid: 1000,
  capabilities: '0000000000000000',
  noNewPrivileges: '1',
  seccomp: '2',
};

const open = (answer: ProbeAnswer, walls: Walls = WALLS): string[] =>
  answeredChecks(answer, walls).flatMap(({ name, held }) => (held ? [] : [name]));

describe('what the probe’s answer means', () => {
  it('holds everything of a tight sandbox', () => {
    expect(open(TIGHT)).toEqual([]);
  });

  it.each<[string, Partial<ProbeAnswer>]>([
    ['outside-files', { files: ['/etc/shadow'] }],
    ['outside-files', { folders: ['/root'] }],
    ['network', { hostPort: true }],
    ['loopback', { loopback: false }],
    ['environment', { environment: ['TOKEN'] }],
    ['host-processes', { processes: [12] }],
    ['host-processes', { signals: true }],
    ['own-uid', { capabilities: '0000003fffffffff' }],
    ['own-uid', { noNewPrivileges: '0' }],
    ['system-calls', { seccomp: '0' }],
  ])('opens %s for %j', (name, change) => {
    expect(open({ ...TIGHT, ...change })).toEqual([name]);
  });

  it('does not take the caller’s user for a wall without namespaces', () => {
    expect(open(TIGHT, { ...WALLS, isNamespaced: false, hasOwnUid: false })).toEqual(['own-uid']);
  });
});

describe('what the bounds showed', () => {
  const ended = { stdout: '', stderr: '', droppedBytes: 0, durationMs: 1, isolation: { level: 2, by: '' } } as const;
  const well: SandboxOutcome = { kind: 'exited', exitCode: 0, collected: new Map(), ...ended };
  const limited: SandboxOutcome = { kind: 'limited', limit: 'memoryMb', message: '', collected: new Map(), ...ended };

  it('holds what was stopped and opens what ended well or lived on', () => {
    const checks = boundChecks(
      { memory: limited, processes: well, disk: { ...well, exitCode: 1 }, orphans: [7] },
      WALLS,
    );
    expect(checks.map(({ name, held }) => [name, held])).toEqual([
      ['memory-bound', true],
      ['process-bound', false],
      ['disk-bound', true],
      ['orphans-die', false],
    ]);
    expect(checks.every(({ name }) => ESSENTIAL.includes(name))).toBe(true);
  });
});
