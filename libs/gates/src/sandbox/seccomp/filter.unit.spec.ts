import { describe, expect, it } from '@jest/globals';
import { encode, type Instruction } from './bpf.js';
import { filterFor } from './filter.js';
import { systemCallsOf, type SystemCalls } from './system-calls.js';

const X64 = systemCallsOf('x64') as SystemCalls;
const ARM64 = systemCallsOf('arm64') as SystemCalls;

interface Call {
  readonly processor: number;
  readonly number: number;
  readonly arguments: readonly number[];
}

const JUMPS: Readonly<Record<number, (loaded: number, operand: number) => boolean>> = {
  0x15: (loaded, operand) => loaded === operand,
  0x35: (loaded, operand) => loaded >= operand,
  0x45: (loaded, operand) => (loaded & operand) !== 0,
};

const argumentWord = (call: Call, offset: number): number => {
  const whole = call.arguments[Math.floor(offset / 8)] ?? 0;
  return offset % 8 === 0 ? whole % 2 ** 32 : Math.floor(whole / 2 ** 32);
};

/** The kernel's machine, as far as the filter uses it: answers what the program returns. */
const execute = (program: readonly Instruction[], call: Call): number => {
  const words: Readonly<Record<number, number>> = { 0: call.number, 4: call.processor };
  let loaded = 0;
  for (let at = 0; ; at++) {
    const step = program[at];
    if (step === undefined) throw new Error(`ran off the end at ${at}`);
    const jump = JUMPS[step.code];
    if (step.code === 0x06) return step.operand >>> 0;
    else if (step.code === 0x20) loaded = words[step.operand] ?? argumentWord(call, step.operand - 16);
    else if (step.code === 0x54) loaded &= step.operand;
    else if (jump !== undefined) at += jump(loaded, step.operand) ? step.onTrue : step.onFalse;
    else throw new Error(`unknown code ${step.code}`);
  }
};

const NAMES: Readonly<Record<number, string>> = {
  0x7fff_0000: 'allowed',
  0x8000_0000: 'killed',
  0x0005_0001: 'EPERM',
  0x0005_000c: 'ENOMEM',
  0x0005_0026: 'ENOSYS',
  0x0005_0061: 'EAFNOSUPPORT',
};

const answer = (calls: SystemCalls, number: number, ...arguments_: number[]): string | undefined =>
  NAMES[execute(filterFor(calls), { processor: calls.processor, number, arguments: arguments_ })];

describe.each([
  ['x86_64', X64, { read: 0, ptrace: 101, mount: 165, bpf: 321 }],
  ['arm64', ARM64, { read: 63, ptrace: 117, mount: 40, bpf: 280 }],
] as const)('the filter of system calls on %s', (_, calls, numbers) => {
  it('allows what programs live by and refuses what widens the kernel', () => {
    expect(answer(calls, numbers.read)).toBe('allowed');
    expect([numbers.ptrace, numbers.mount, numbers.bpf].map((number) => answer(calls, number))).toEqual(
      Array(3).fill('EPERM'),
    );
    expect(calls.refused.map((number) => answer(calls, number)).every((said) => said === 'EPERM')).toBe(true);
  });

  it('plays an older kernel where flags lie in memory that a filter cannot see', () => {
    expect(answer(calls, 435)).toBe('ENOSYS');
    expect(answer(calls, 425)).toBe('ENOSYS');
  });

  it('lets threads and processes be made, but no namespace', () => {
    expect(answer(calls, calls.clone, 0x003d_0f00)).toBe('allowed');
    for (const flag of [0x1000_0000, 0x0002_0000, 0x4000_0000, 0x2000_0000])
      expect(answer(calls, calls.clone, flag | 17)).toBe('EPERM');
    expect(answer(calls, calls.unshare, 0x1000_0000)).toBe('EPERM');
    expect(answer(calls, calls.unshare, 0x400)).toBe('allowed');
  });

  it('knows ordinary sockets alone', () => {
    const stream = 1 | 0x80000;
    const raw = 3 | 0x80000;
    expect([1, 2, 10].map((family) => answer(calls, calls.socket, family, stream, 0))).toEqual(
      Array(3).fill('allowed'),
    );
    expect([2, 10].map((family) => answer(calls, calls.socket, family, raw, 1))).toEqual(['EPERM', 'EPERM']);
    expect([17, 38, 40].map((family) => answer(calls, calls.socket, family, stream, 0))).toEqual(
      Array(3).fill('EAFNOSUPPORT'),
    );
    expect(answer(calls, calls.socket, 16, raw, 0)).toBe('allowed');
    expect(answer(calls, calls.socket, 16, raw, 12)).toBe('EPERM');
  });

  it('gives shared memory that counts with nobody in small pieces alone', () => {
    const answers = [56, 65_536, 65_537, 2 ** 32].map((size) => answer(calls, calls.shmget, 0, size));
    expect(answers).toEqual(['allowed', 'allowed', 'ENOMEM', 'ENOMEM']);
  });

  it('types into nobody’s terminal', () => {
    expect(answer(calls, calls.ioctl, 0, 0x5412)).toBe('EPERM');
    expect(answer(calls, calls.ioctl, 0, 0x5413)).toBe('allowed');
  });

  it('ends a program that calls in the tongue of another processor', () => {
    const foreign = { processor: 0x4000_0003, number: numbers.read, arguments: [] };
    expect(NAMES[execute(filterFor(calls), foreign)]).toBe('killed');
  });

  it('is written as 8 bytes an instruction, within the 4,096 that the kernel takes', () => {
    const program = filterFor(calls);
    expect(encode(program)).toHaveLength(program.length * 8);
    expect(program.length).toBeLessThan(4_096);
    expect([...encode(program).subarray(0, 8)]).toEqual([0x20, 0, 0, 0, 4, 0, 0, 0]);
  });
});

describe('the numbers of system calls', () => {
  it('refuse the second table of x86_64, and know no other processor', () => {
    expect(answer(X64, 0x4000_0000)).toBe('ENOSYS');
    expect(systemCallsOf('riscv64')).toBeUndefined();
  });
});
