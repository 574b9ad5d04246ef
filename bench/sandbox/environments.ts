import { execFileSync } from 'node:child_process';
import { createSandbox, describeIsolation } from '@squados/gates/sandbox';

/** A way to run this very file with fewer rights. */
interface Environment {
  readonly name: string;
  readonly prefix: readonly string[];
}

const CONTAINER_RIGHTS =
  '-all,+chown,+dac_override,+fowner,+setuid,+setgid,+setpcap,+kill,+net_bind_service,+sys_chroot,+mknod';
const NO_NAMESPACES =
  'echo 0 >/proc/sys/user/max_user_namespaces; exec setpriv --bounding-set=-all --inh-caps=-all "$@"';

const ENVIRONMENTS: readonly Environment[] = [
  { name: 'as it is', prefix: [] },
  { name: 'an ordinary user', prefix: ['setpriv', '--reuid', '30001', '--regid', '30001', '--clear-groups'] },
  { name: 'root with the rights of a default container', prefix: ['setpriv', `--bounding-set=${CONTAINER_RIGHTS}`] },
  {
    name: 'a user without any right, user namespaces refused',
    prefix: ['unshare', '-r', 'sh', '-c', NO_NAMESPACES, 'restrict'],
  },
];

/** Called in the process that has the fewer rights. */
export const printReport = async (): Promise<void> => {
  const report = await createSandbox({ minLevel: 0, env: {} }).isolation();
  process.stdout.write(`${describeIsolation(report).join('\n')}\n`);
};

const reportIn = ({ prefix }: Environment): string => {
  const [program = process.execPath, ...rest] = [...prefix, process.execPath, process.argv[1] ?? '', '--report'];
  const env = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin' };
  try {
    return execFileSync(program, rest, { cwd: '/', env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  } catch (error) {
    return `could not be tried here: ${error instanceof Error ? (error.message.split('\n')[1] ?? error.message) : ''}`;
  }
};

export const environmentReports = (): readonly { readonly name: string; readonly text: string }[] => {
  const tried = process.geteuid?.() === 0 ? ENVIRONMENTS : ENVIRONMENTS.slice(0, 1);
  return tried.map((environment) => ({ name: environment.name, text: reportIn(environment) }));
};
