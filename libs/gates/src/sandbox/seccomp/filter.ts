import {
  allow,
  fail,
  ifAnyBit,
  ifAtLeast,
  ifEqual,
  ifNotEqual,
  keepBits,
  killProcess,
  loadArgument,
  loadHighArgument,
  loadCall,
  loadProcessor,
  type Instruction,
} from './bpf.js';
import type { SystemCalls } from './system-calls.js';

const ERRNO = { EPERM: 1, ENOMEM: 12, ENOSYS: 38, EAFNOSUPPORT: 97 } as const;

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
const NEW_NAMESPACES = 0x7e02_0000;
const NEW_TIME = 0x80;
const FAMILY = { unix: 1, inet: 2, inet6: 10, netlink: 16 } as const;
const TYPE_BITS = 0xf;
const SOCK_RAW = 3;
/** Typing into the terminal that somebody else reads. */
const TERMINAL_INPUT = [0x5412, 0x541c] as const;

/** Raw packets are refused, and of netlink all but the routes, which name lookups ask for. */
const judgedSocket = (): readonly Instruction[] => [
  loadArgument(0),
  ...ifEqual(FAMILY.unix, [allow]),
  ...ifEqual(FAMILY.netlink, [loadArgument(2), ...ifEqual(0, [allow]), fail(ERRNO.EPERM)]),
  ...ifEqual(FAMILY.inet6, [loadArgument(1), keepBits(TYPE_BITS), ...ifEqual(SOCK_RAW, [fail(ERRNO.EPERM)]), allow]),
  ...ifNotEqual(FAMILY.inet, fail(ERRNO.EAFNOSUPPORT)),
  loadArgument(1),
  keepBits(TYPE_BITS),
  ...ifEqual(SOCK_RAW, [fail(ERRNO.EPERM)]),
  allow,
];

const judgedFlags = (mask: number): readonly Instruction[] => [
  loadArgument(0),
  ...ifAnyBit(mask, [fail(ERRNO.EPERM)]),
  allow,
];

const judgedIoctl = (): readonly Instruction[] => [
  loadArgument(1),
  ...TERMINAL_INPUT.flatMap((request) => ifEqual(request, [fail(ERRNO.EPERM)])),
  allow,
];

/** A segment of System V outlives the process that filled it and counts with none; a database needs a small one as its lock. */
const MAX_SEGMENT_BYTES = 65_536;

const judgedSegment = (): readonly Instruction[] => [
  loadHighArgument(1),
  ...ifNotEqual(0, fail(ERRNO.ENOMEM)),
  loadArgument(1),
  ...ifAtLeast(MAX_SEGMENT_BYTES + 1, [fail(ERRNO.ENOMEM)]),
  allow,
];

/** The processor is looked at first: the same number means something else in another table. */
export const filterFor = (calls: SystemCalls): readonly Instruction[] => [
  loadProcessor,
  ...ifNotEqual(calls.processor, killProcess),
  loadCall,
  ...(calls.foreignFrom === undefined ? [] : ifAtLeast(calls.foreignFrom, [fail(ERRNO.ENOSYS)])),
  ...calls.refused.flatMap((number) => ifEqual(number, [fail(ERRNO.EPERM)])),
  ...calls.unknown.flatMap((number) => ifEqual(number, [fail(ERRNO.ENOSYS)])),
  ...ifEqual(calls.clone, judgedFlags(NEW_NAMESPACES)),
  ...ifEqual(calls.unshare, judgedFlags(NEW_NAMESPACES | NEW_TIME)),
  ...ifEqual(calls.socket, judgedSocket()),
  ...ifEqual(calls.ioctl, judgedIoctl()),
  ...ifEqual(calls.shmget, judgedSegment()),
  allow,
];
