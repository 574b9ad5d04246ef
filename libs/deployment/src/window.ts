/** `folder` is out of an account's reach because `behind`, a folder above it or itself, can't be entered. */
export interface ClosedFolder {
  readonly behind: string;
  readonly folder: string;
}

type Command = readonly [string, ...string[]];

/**
 * Arguments: how many folders, how many that they lie behind, the former, the latter, the command. A folder is opened before what it
 * lies behind is covered, and bound by its descriptor afterwards.
 */
const SCRIPT = `set -eu
folders=$1 covers=$2
shift 2
i=0
for path in "$@"; do
  [ $i -lt $folders ] || break
  eval "exec $((3 + i))<\\"\\$path\\""
  i=$((i + 1))
done
i=0
for path in "$@"; do
  [ $i -lt $folders ] || [ $i -ge $((folders + covers)) ] || mount -t tmpfs -o mode=0755,size=1m squados "$path"
  i=$((i + 1))
done
i=0
while [ $i -lt $folders ]; do
  mkdir -p "$1"
  mount --no-canonicalize --bind "/proc/self/fd/$((3 + i))" "$1"
  mount -o remount,bind,ro "$1"
  eval "exec $((3 + i))<&-"
  shift
  i=$((i + 1))
done
shift $covers
exec "$@"`;

/**
 * The command in a mount namespace of its own, in which folders below closed ones (a private home) stand where they always were,
 * read-only, and nothing else of what is closed can be seen. Needs root. Six folders at most: a shell's descriptors have one digit.
 */
export const windowOn = (closed: readonly ClosedFolder[], command: Command): Command => {
  if (closed.length === 0) return command;
  const folders = closed.map(({ folder }) => folder);
  const covers = [...new Set(closed.map(({ behind }) => behind))];
  const counts = [String(folders.length), String(covers.length)];
  return ['unshare', '--mount', '--', 'sh', '-c', SCRIPT, 'window', ...counts, ...folders, ...covers, ...command];
};
