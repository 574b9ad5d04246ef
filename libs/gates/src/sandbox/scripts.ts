/*
 * The shell that stands between us and the code that nobody trusts. The texts are constant: whatever varies comes as an argument
 * or as one of the SB_ variables, never by being written into a script. Words on descriptor 3 tell us how far it got.
 */

/**
 * Holds the private directory: mounts it (SB_TMPFS, SB_STAGE), says `ready`, waits for a line on 4, mounts SB_FSTAB, runs its
 * arguments, says `exit <status>` and keeps the mounts until 4 ends, so that we can collect. Its stderr is shut while it waits
 * because a shell reports children that were killed there.
 */
export const HOLDER = `
if [ -n "$SB_TMPFS" ]; then mount -t tmpfs -o "$SB_TMPFS" tmpfs "$SB_STAGE" || exit 125; fi
echo ready >&3
read -r _ <&4 || exit 0
if [ -n "$SB_FSTAB" ]; then mount -a -T "$SB_FSTAB" || exit 125; fi
exec 6>&2 2>/dev/null
(exec 2>&6 4<&- 6>&-; exec sh -c "$SB_JOIN" join "$@")
echo "exit $?" >&3
exec 5<&-
read -r _ <&4
`;

/** Enters the control group before anything of the run's is started. */
export const JOIN = `
echo "inner $$" >&3
if [ -n "$SB_GROUP" ]; then echo $$ >"$SB_GROUP" || exit 125; fi
unset SB_TMPFS SB_STAGE SB_FSTAB SB_GROUP SB_JOIN
exec "$@"
`;

/**
 * Process 1 of the unshare driver: lays the root (SB_LAYOUT, an fstab), brings loopback up, leaves the host's files behind and
 * runs its arguments. Loopback: the kernel's own switch for root; others need a program that can make the call.
 */
export const ENTER = `
mount -a -T "$SB_LAYOUT" || exit 125
mount -t sysfs sysfs "$SB_ROOT/sys" 2>/dev/null
{ echo 0x9 >"$SB_ROOT/sys/class/net/lo/flags"; } 2>/dev/null ||
  ip link set lo up 2>/dev/null ||
  ifconfig lo up 2>/dev/null ||
  perl -e 'socket(S,2,2,0) or die; my $r = pack("a16 S x14", "lo", 9); ioctl(S, 0x8914, $r) or die' 2>/dev/null ||
  python3 -c 'import fcntl,socket,struct; fcntl.ioctl(socket.socket(), 0x8914, struct.pack("16sh14x", b"lo", 9))' 2>/dev/null
umount "$SB_ROOT/sys" 2>/dev/null
mount -t proc -o nosuid,nodev,noexec proc "$SB_ROOT/proc" || exit 125
{ echo sandbox >/proc/sys/kernel/hostname; } 2>/dev/null
cd "$SB_ROOT" && pivot_root . . && umount -l . && cd / || exit 125
exec 6>&2 2>/dev/null
(exec 2>&6 6>&-; exec "$@")
exit $?
`;

/** Becomes an ordinary user of a user namespace in which no further one can be made. */
export const BECOME_USER = `
echo 1 >/proc/sys/user/max_user_namespaces || exit 125
exec unshare --user --map-user=1000 --map-group=1000 -- "$@"
`;

/** Reads a filter of system calls from descriptor 5 and puts it on itself by prctl, whose number is $ARGV[0]; then becomes the rest. */
export const FILTER_BY_PERL = `
my $prctl = 0 + shift;
open(my $file, "<&=", 5) or die "filter: $!";
binmode $file;
my $code = do { local $/; <$file> };
close $file;
my $program = pack("S x6 P", length($code) / 8, $code);
syscall($prctl, 22, 2, $program, 0, 0) == 0 or die "filter: $!";
exec { $ARGV[0] } @ARGV or die "filter: $!";
`;

/** The same for machines with Python alone. */
export const FILTER_BY_PYTHON = `
import ctypes, os, sys
code = os.read(5, 65536)
os.close(5)
held = ctypes.create_string_buffer(code, len(code))
class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]
program = Program(len(code) // 8, ctypes.addressof(held))
if ctypes.CDLL(None, use_errno=True).prctl(22, 2, ctypes.byref(program), 0, 0) != 0:
    sys.exit("filter: " + os.strerror(ctypes.get_errno()))
os.execv(sys.argv[1], sys.argv[1:])
`;

/** The last trusted step: $1 is the working directory, $2 the PATH, $3 the program; the rest starts it. */
export const BEGIN = `
cd -- "$1" 2>/dev/null || { echo "missing the working directory $1" >&3; exit 125; }
PATH=$2; export PATH
command -v -- "$3" >/dev/null 2>&1 || { echo "missing the program $3" >&3; exit 127; }
echo started >&3
exec 3>&-
shift 3
exec "$@"
`;

/**
 * Waits for its standard input to end, which is the end of the process that owns the folder $1, and then takes away what that
 * process could not: everything that ran (by group, control group, user, mark) and the folder.
 */
export const JANITOR = `
trap '' INT TERM HUP QUIT
cd /
read -r _
for run in "$1"/run-*; do
  [ -d "$run" ] || continue
  [ -f "$run/group" ] && kill -9 -"$(cat "$run/group")" 2>/dev/null
  [ -f "$run/cgroup" ] && echo 1 >"$(cat "$run/cgroup")/cgroup.kill"
  if [ -f "$run/uid" ]; then uid=$(cat "$run/uid"); setpriv --reuid "$uid" --regid "$uid" --clear-groups sh -c 'kill -9 -1'; fi
  if [ -f "$run/mark" ]; then
    mark=$(cat "$run/mark")
    for environ in /proc/[0-9]*/environ; do
      grep -qs "SANDBOX_RUN=$mark" "$environ" && { pid=\${environ%/environ}; kill -9 "\${pid#/proc/}"; }
    done
  fi
done 2>/dev/null
for cgroup in "$1"/run-*/cgroup; do
  [ -f "$cgroup" ] || continue
  for _ in 1 2 3 4 5 6 7 8 9 10; do rmdir "$(cat "$cgroup")" && break; sleep 0.1; done
done 2>/dev/null
rm -rf -- "$1" 2>/dev/null || { chmod -R u+rwx -- "$1"; rm -rf -- "$1"; }
`;
