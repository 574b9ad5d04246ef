/** Numbers of system calls that a filter names: [x86_64, arm64]; undefined: that processor has no such call. */
type Numbers = readonly [x64: number | undefined, arm64: number | undefined];

/** Refused with EPERM: nothing that builds or tests software needs them, and each widens what the kernel shows. */
const REFUSED: Readonly<Record<string, Numbers>> = {
  // other processes
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  kcmp: [312, 272],
  pidfd_getfd: [438, 438],
  // mounts and roots
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  chroot: [161, 51],
  open_tree: [428, 428],
  move_mount: [429, 429],
  fsopen: [430, 430],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fspick: [433, 433],
  mount_setattr: [442, 442],
  open_by_handle_at: [304, 265],
  setns: [308, 268],
  // keys, which are counted by user and not by namespace
  add_key: [248, 217],
  request_key: [249, 218],
  keyctl: [250, 219],
  // large doors into the kernel
  bpf: [321, 280],
  userfaultfd: [323, 282],
  perf_event_open: [298, 241],
  fanotify_init: [300, 262],
  memfd_secret: [447, 447],
  lookup_dcookie: [212, 18],
  syslog: [103, 116],
  modify_ldt: [154, undefined],
  iopl: [172, undefined],
  ioperm: [173, undefined],
  uselib: [134, undefined],
  // the machine itself
  kexec_load: [246, 104],
  kexec_file_load: [320, 294],
  init_module: [175, 105],
  finit_module: [313, 273],
  delete_module: [176, 106],
  reboot: [169, 142],
  swapon: [167, 224],
  swapoff: [168, 225],
  acct: [163, 89],
  quotactl: [179, 60],
  quotactl_fd: [443, 443],
  vhangup: [153, 58],
  sethostname: [170, 161],
  setdomainname: [171, 162],
  settimeofday: [164, 170],
  clock_settime: [227, 112],
  clock_adjtime: [305, 266],
  adjtimex: [159, 171],
};

/** Answered with ENOSYS, as by an older kernel: callers know another way. */
const UNKNOWN: Readonly<Record<string, Numbers>> = {
  clone3: [435, 435], // its flags lie in memory, where no filter sees them
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  memfd_create: [319, 279], // memory that no process shows and no tmpfs bounds; /dev/shm is bounded
};

const JUDGED = {
  clone: [56, 220],
  unshare: [272, 97],
  socket: [41, 198],
  ioctl: [16, 29],
  prctl: [157, 167],
  shmget: [29, 194],
} as const;

export interface SystemCalls {
  /** AUDIT_ARCH_… */
  readonly processor: number;
  /** Numbers from here on belong to a second table of the same processor; undefined: there is none. */
  readonly foreignFrom: number | undefined;
  readonly refused: readonly number[];
  readonly unknown: readonly number[];
  readonly clone: number;
  readonly unshare: number;
  readonly socket: number;
  readonly ioctl: number;
  readonly prctl: number;
  readonly shmget: number;
}

const column = (numbers: Readonly<Record<string, Numbers>>, index: 0 | 1): readonly number[] =>
  Object.values(numbers).flatMap((pair) => pair[index] ?? []);

const callsOf = (index: 0 | 1, processor: number, foreignFrom: number | undefined): SystemCalls => ({
  processor,
  foreignFrom,
  refused: column(REFUSED, index),
  unknown: column(UNKNOWN, index),
  clone: JUDGED.clone[index],
  unshare: JUDGED.unshare[index],
  socket: JUDGED.socket[index],
  ioctl: JUDGED.ioctl[index],
  prctl: JUDGED.prctl[index],
  shmget: JUDGED.shmget[index],
});

/** By Node's name of the processor; undefined: we know no numbers for it. */
export const systemCallsOf = (architecture: string): SystemCalls | undefined => {
  if (architecture === 'x64') return callsOf(0, 0xc000_003e, 0x4000_0000);
  return architecture === 'arm64' ? callsOf(1, 0xc000_00b7, undefined) : undefined;
};
