/*
 * Classic BPF as the kernel's filter of system calls takes it (struct sock_filter): 8 bytes an instruction, a compare that skips some of the
 * following ones, and nothing that goes back.
 */

export interface Instruction {
  readonly code: number;
  /** Instructions to skip when a compare holds, and when it doesn't. */
  readonly onTrue: number;
  readonly onFalse: number;
  readonly operand: number;
}

const LOAD_WORD = 0x20;
const JUMP_EQUAL = 0x15;
const JUMP_AT_LEAST = 0x35;
const JUMP_ANY_BIT = 0x45;
const AND = 0x54;
const RETURN = 0x06;

const plain = (code: number, operand: number): Instruction => ({ code, onTrue: 0, onFalse: 0, operand });

/** Offsets in struct seccomp_data; of an argument the low half, which is first on both processors that we know. */
const OFFSET = { call: 0, processor: 4, arguments: 16 } as const;

export const loadCall = plain(LOAD_WORD, OFFSET.call);
export const loadProcessor = plain(LOAD_WORD, OFFSET.processor);
export const loadArgument = (index: number): Instruction => plain(LOAD_WORD, OFFSET.arguments + 8 * index);
/** The high half of an argument of 64 bits. */
export const loadHighArgument = (index: number): Instruction => plain(LOAD_WORD, OFFSET.arguments + 8 * index + 4);
export const keepBits = (mask: number): Instruction => plain(AND, mask);

const MAX_SKIP = 255;

/** `then` is passed over unless the compare holds. */
const branch = (code: number, operand: number, then: readonly Instruction[]): readonly Instruction[] => {
  if (then.length > MAX_SKIP) throw new Error(`a branch of ${then.length} instructions; a jump reaches ${MAX_SKIP}`);
  return [{ code, onTrue: 0, onFalse: then.length, operand }, ...then];
};

/** `then` runs when the loaded word is `value`. */
export const ifEqual = (value: number, then: readonly Instruction[]): readonly Instruction[] =>
  branch(JUMP_EQUAL, value, then);
/** `then` runs when it isn't. */
export const ifNotEqual = (value: number, then: Instruction): readonly Instruction[] => [
  { code: JUMP_EQUAL, onTrue: 1, onFalse: 0, operand: value },
  then,
];
export const ifAtLeast = (value: number, then: readonly Instruction[]): readonly Instruction[] =>
  branch(JUMP_AT_LEAST, value, then);
export const ifAnyBit = (mask: number, then: readonly Instruction[]): readonly Instruction[] =>
  branch(JUMP_ANY_BIT, mask, then);

const KILL_PROCESS = 0x8000_0000;
const ERRNO = 0x0005_0000;
const ALLOW = 0x7fff_0000;

export const killProcess = plain(RETURN, KILL_PROCESS);
export const allow = plain(RETURN, ALLOW);
/** The call fails with this error number, and does nothing. */
export const fail = (errno: number): Instruction => plain(RETURN, ERRNO + errno);

/** Both processors are little-endian. */
export const encode = (program: readonly Instruction[]): Buffer => {
  const bytes = Buffer.alloc(program.length * 8);
  program.forEach(({ code, onTrue, onFalse, operand }, i) => {
    bytes.writeUInt16LE(code, i * 8);
    bytes.writeUInt8(onTrue, i * 8 + 2);
    bytes.writeUInt8(onFalse, i * 8 + 3);
    bytes.writeUInt32LE(operand >>> 0, i * 8 + 4);
  });
  return bytes;
};
