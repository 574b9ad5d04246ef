import type { SandboxOutcome } from '../../sandbox.port.js';
import { confessed, endedBy, perl, shell, type Hostile } from './hostile.js';

const each = (...commands: readonly string[]): string =>
  [
    ...commands.map((command) => `{ ${command}; } >/dev/null 2>&1 && echo 'ESCAPED ${command.replaceAll("'", '"')}'`),
    'exit 0',
  ].join('\n');

/** Numbers of the processor we are on; x86_64 first. */
const call = (x64: number, arm64: number): number => (process.arch === 'arm64' ? arm64 : x64);

const calls = (numbers: Readonly<Record<string, readonly [number, string]>>): string =>
  Object.entries(numbers)
    .map(([name, [number, rest]]) => `print "ESCAPED ${name}\\n" if syscall(${number}${rest}) >= 0;`)
    .join('\n');

const KERNEL_CALLS = calls({
  bpf: [call(321, 280), ', 0, my $a = "\\1\\0\\0\\0\\4\\0\\0\\0\\4\\0\\0\\0\\1\\0\\0\\0" . "\\0" x 100, 72'],
  userfaultfd: [call(323, 282), ', 1'],
  add_key: [call(248, 217), ', my $t = "user", my $n = "k", my $v = "v", 1, -3'],
  keyctl: [call(250, 219), ', 1, 0'],
  perf_event_open: [call(298, 241), ', my $p = pack("LLQ", 1, 112, 0) . "\\0" x 100, 0, -1, -1, 0'],
  io_uring_setup: [call(425, 425), ', 4, my $u = "\\0" x 200'],
  kexec_load: [call(246, 104), ', 0, 0, 0, 0'],
  clock_settime: [call(227, 112), ', 0, my $c = pack("QQ", time, 0)'],
});

const SOCKETS = ['17, 3, 0x300', '2, 3, 1', '40, 1, 0', '16, 3, 12', '38, 5, 0']
  .map((arguments_) => `print "ESCAPED socket ${arguments_}\\n" if socket(my $s, ${arguments_});`)
  .join('\n');

const leftCore = (outcome: SandboxOutcome): readonly string[] => [
  ...endedBy('signal')(outcome),
  ...(outcome.kind === 'limited' && outcome.collected.size > 0 ? ['left a core file'] : []),
];

const LAUNCHER_ATTACK = `
p=$PPID
while [ "$p" -gt 0 ]; do
  [ -e "/proc/$p/root$SECRET_FILE" ] && echo "ESCAPED through the root of $p"
  [ "$p" != 1 ] && for f in 3 4 5 6 7 8 9; do readlink "/proc/$p/fd/$f" >/dev/null 2>&1 && echo "ESCAPED with $f of $p"; done
  [ "$p" != 1 ] && kill -0 "$p" 2>/dev/null && echo "ESCAPED may kill $p"
  p=$(awk '{ print $4 }' "/proc/$p/stat" 2>/dev/null || echo 0)
done
exit 0
`;

export const PRIVILEGE: readonly Hostile[] = [
  {
    name: 'become-root',
    by: { namespaces: 'no new privileges, one mapped user', plain: 'no new privileges' },
    tries: 'becomes root: by setuid, by programs that are, by one of its own',
    request: () =>
      shell(
        each(
          'setpriv --reuid 0 true',
          'setpriv --regid 0 --clear-groups true',
          'cp /bin/sh s && chmod 6755 s && [ "$(./s -p -c "id -u")" = 0 ]',
        ),
      ),
    damage: confessed,
  },
  {
    name: 'mount',
    by: { namespaces: 'no capability, filter of system calls', plain: 'no capability, filter of system calls' },
    tries: 'mounts, remounts, binds, moves the root',
    request: () =>
      shell(
        each(
          'mount -t tmpfs x "$PWD"',
          'mount -o remount,rw /',
          'mount --bind / "$PWD"',
          'umount -l /usr',
          'pivot_root . .',
        ),
      ),
    damage: confessed,
  },
  {
    name: 'new-namespace',
    by: { namespaces: 'filter of system calls, limit of user namespaces', plain: 'filter of system calls' },
    tries: 'takes rights in a namespace of its own',
    request: () =>
      shell(
        each(
          'unshare -r true',
          'unshare -Ur mount -t tmpfs x /tmp',
          'unshare -n true',
          'unshare -m true',
          'unshare -p -f true',
        ),
      ),
    damage: confessed,
  },
  {
    name: 'chroot',
    by: { namespaces: 'no capability, filter of system calls', plain: 'no capability, filter of system calls' },
    tries: 'leaves by a second chroot',
    request: () => shell(each('chroot / true', 'chroot . true')),
    damage: confessed,
  },
  {
    name: 'device-node',
    by: { namespaces: 'no capability, own /dev', plain: 'no capability' },
    tries: "makes device nodes: the disk, the machine's memory",
    request: () =>
      shell(each('mknod d b 254 0', 'mknod m c 1 1', 'head -c 1 /dev/vda', 'head -c 1 /dev/sda', 'head -c 1 /dev/mem')),
    damage: confessed,
  },
  {
    name: 'clock',
    by: { namespaces: 'no capability, filter of system calls', plain: 'no capability, filter of system calls' },
    tries: "sets the machine's clock and name",
    request: () =>
      shell(each('date -s "@$(date +%s)"', 'hostname -F /etc/hostname', 'echo x >/proc/sys/kernel/hostname')),
    damage: confessed,
  },
  {
    name: 'kernel-settings',
    opensPlain: 'without-own-user',
    by: { namespaces: 'user namespace, no /sys', plain: 'own user' },
    tries: 'writes settings of the kernel and of control groups',
    request: () =>
      shell(
        each(
          'echo 1 >/proc/sys/kernel/sysrq',
          'echo 9 >/proc/sysrq-trigger',
          'echo x >/proc/sys/kernel/core_pattern',
          'echo $$ >/sys/fs/cgroup/cgroup.procs',
          'echo $$ >/sys/fs/cgroup/unified/cgroup.procs',
          'echo 99999 >/proc/sys/user/max_user_namespaces',
        ),
      ),
    damage: confessed,
  },
  {
    name: 'kernel-calls',
    by: { namespaces: 'filter of system calls', plain: 'filter of system calls' },
    tries: 'loads BPF, userfaultfd, keys, perf, io_uring, kexec',
    needsPerl: true,
    request: () => perl(KERNEL_CALLS),
    damage: confessed,
  },
  {
    name: 'odd-sockets',
    by: { namespaces: 'filter of system calls', plain: 'filter of system calls' },
    tries: 'opens raw, packet, vsock, netfilter and crypto sockets',
    needsPerl: true,
    request: () => perl(SOCKETS),
    damage: confessed,
  },
  {
    name: 'terminal-input',
    by: { namespaces: 'own session, filter of system calls', plain: 'own session, filter of system calls' },
    tries: 'types into the terminal of whoever started us',
    needsPerl: true,
    request: () =>
      perl(
        'for my $f ("/dev/tty", "/dev/fd/0", "/dev/fd/2") { if (open my $t, "+<", $f) { my $c = "x"; print "ESCAPED $f\\n" if ioctl($t, 0x5412, $c) } }',
      ),
    damage: confessed,
  },
  {
    name: 'core-dump',
    by: { namespaces: 'limit of core files: 0', plain: 'limit of core files: 0' },
    tries: 'dies with a core dump',
    request: () => ({ ...shell('ulimit -c unlimited 2>/dev/null; kill -SEGV $$'), collect: ['core'] }),
    damage: leftCore,
  },
  {
    name: 'inherited-descriptors',
    by: { namespaces: 'closed before the program starts', plain: 'closed before the program starts' },
    tries: 'uses descriptors that were left open for it',
    request: () =>
      shell(
        'for f in /proc/$$/fd/*; do n=${f##*/}; [ "$n" -gt 2 ] && [ -e "$f" ] && [ "$n" -lt 10 ] && echo "ESCAPED with $n $(readlink $f)"; done; exit 0',
      ),
    damage: confessed,
  },
  {
    name: 'launcher-attack',
    opensPlain: 'without-own-user',
    by: { namespaces: 'process namespace, user namespace', plain: 'own user (for root)' },
    tries: 'reads and walks through the processes that started it, asks whether it may kill them',
    request: ({ secretFile }) => shell(LAUNCHER_ATTACK, { env: { SECRET_FILE: secretFile } }),
    damage: confessed,
  },
];
