import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountAccess, configuration, freePort, type NatsServer } from './nats-server.js';
import { until } from './waiting.js';

/** A nats-server whose streams lie on a disk of their own, which others can fill. Everything is gone with `dispose`. */
export interface SmallDiskServer extends Pick<NatsServer, 'access'> {
  /** Others take what is left of the disk, to the last byte. */
  fill(): Promise<void>;
  /** The disk is as large as four times before. */
  grow(): Promise<void>;
  /** SIGKILL, and another process on the same port and disk. */
  restart(): Promise<void>;
  dispose(): Promise<void>;
}

const NAMESPACE = ['--user', '--map-root-user', '--mount'];

/** Whether a disk can be mounted here. */
export const canMount = (): boolean =>
  spawnSync('unshare', [...NAMESPACE, 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()]).status === 0;

export const WITHOUT_MOUNT = ' (skipped: no mount namespace for us here)';

/** Lives as long as its standard input; a word is answered with itself when it is done. */
const KEEPER = `
mount -t tmpfs -o size=8m tmpfs "$1" || exit 77
while read -r word; do
  case $word in
    start) "$2" -c "$3" >/dev/null 2>&1 & pid=$! ;;
    kill) kill -9 $pid; wait $pid 2>/dev/null ;;
    fill) head -c 1G /dev/zero >"$1/others" 2>/dev/null ;;
    grow) mount -o remount,size=32m "$1" ;;
  esac
  echo "$word"
done
kill -9 $pid
`;

class Keeper {
  private said = '';

  constructor(private readonly child: ChildProcess) {
    child.stdout?.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
  }

  async tell(word: string): Promise<void> {
    const before = this.said.length;
    this.child.stdin?.write(`${word}\n`);
    await until(`the keeper of the disk answers to ${word}`, () => this.said.includes(word, before));
  }

  async end(): Promise<void> {
    this.child.stdin?.end();
    await until('the keeper of the disk ends', () => this.child.exitCode !== null);
  }
}

/** @throws Error when no disk can be mounted: see `canMount` */
export const startOnSmallDisk = async (program: string): Promise<SmallDiskServer> => {
  const dir = mkdtempSync(join(tmpdir(), 'squados-disk-'));
  const port = await freePort();
  const [store, file] = [join(dir, 'store'), join(dir, 'server.conf')];
  mkdirSync(store);
  writeFileSync(file, configuration(dir, { host: '127.0.0.1', port }, { maxStore: '1GB' }));
  const args = [...NAMESPACE, 'sh', '-c', KEEPER, 'sh', store, program, file];
  const keeper = new Keeper(spawn('unshare', args, { stdio: ['pipe', 'pipe', 'ignore'] }));
  await keeper.tell('start');
  return {
    access: accountAccess(`127.0.0.1:${port}`),
    fill: () => keeper.tell('fill'),
    grow: () => keeper.tell('grow'),
    restart: async () => {
      await keeper.tell('kill');
      await keeper.tell('start');
    },
    dispose: async () => {
      await keeper.end();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
