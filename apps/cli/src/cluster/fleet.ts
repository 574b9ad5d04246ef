/**
 * The services of one machine, each a process of its own. Owns: the children, their log files, their ports for health and metrics. Doesn't own: the server they talk to.
 *
 * Invariants:
 * 1. A service that ends by itself is started again after AGAIN_MS, until `stop` begins.
 * 2. Only agents that write with a model are given its key.
 * 3. `stop` ends in bounded time: agents and gateways first, so that what they hand back is still seen; then the orchestrators.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withoutKeys } from '../author/model-keys.js';
import { CliError } from '../cli-error.js';
import { appOf, type FleetPlan } from './fleet-plan.js';
import { freePorts } from './free-port.js';
import { removeTargets, writeTargets } from './metrics-targets.js';

const AGAIN_MS = 1_000;
const KILL_MS = 30_000;
const INPUT_ERROR = 2;

export interface FleetOptions {
  readonly plan: FleetPlan;
  /** Folder of logs and of what each service keeps. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
}

interface Member {
  readonly name: string;
  readonly bundle: string;
  child: ChildProcess | undefined;
}

const bundleOf = (name: string): string => {
  const file = fileURLToPath(new URL(`../../${appOf(name)}/dist/main.js`, import.meta.url));
  if (existsSync(file)) return file;
  throw new CliError(`${file} is not there: the app was not built`, { remedy: ['npm run build'] });
};

export class Fleet {
  private readonly members: readonly Member[];
  private ports: ReadonlyMap<string, number> = new Map();
  private stopping = false;

  constructor(private readonly options: FleetOptions) {
    this.members = [...options.plan].flatMap(([name, count]) =>
      Array.from({ length: count }, (_, i) => ({ name: `${name}-${i + 1}`, bundle: bundleOf(name), child: undefined })),
    );
    mkdirSync(join(options.folder, 'logs'), { recursive: true });
  }

  get size(): number {
    return this.members.length;
  }

  /** Resolves when every process was started. @returns the file that names where each answers health and metrics */
  async start(): Promise<string> {
    this.ports = await freePorts(this.members.map(({ name }) => name));
    for (const member of this.members) this.launch(member);
    return writeTargets(this.options.folder, this.ports);
  }

  /** Invariant 3. */
  async stop(): Promise<void> {
    this.stopping = true;
    const isOrchestrator = ({ name }: Member): boolean => name.startsWith('orchestrator-');
    await Promise.all(this.members.filter((member) => !isOrchestrator(member)).map(end));
    await Promise.all(this.members.filter(isOrchestrator).map(end));
    removeTargets(this.options.folder);
  }

  private launch(member: Member): void {
    const { folder, env } = this.options;
    const port = { HTTP_HOST: '127.0.0.1', HTTP_PORT: String(this.ports.get(member.name)) };
    const own = { SQUADOS_DATA: join(folder, member.name), SQUADOS_WORKER: member.name, ...port };
    const log = createWriteStream(join(folder, 'logs', `${member.name}.log`), { flags: 'a' });
    // Ctrl-C is for us: each service is told in its turn.
    const child = spawn(process.execPath, [member.bundle], {
      env: { ...envOf(member, env), ...own },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    member.child = child;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => this.heard(log, chunk));
    child.once('close', (code) => {
      log.end();
      this.ended(member, code);
    });
  }

  private heard(log: NodeJS.WritableStream, chunk: Buffer): void {
    log.write(chunk);
    const link = /the page \(opens once\): http:[^\s"]+/.exec(chunk.toString('utf8'))?.[0];
    if (link) this.options.say(link);
  }

  /** Invariant 1; what its configuration kept from starting would not start the next time either. */
  private ended(member: Member, code: number | null): void {
    member.child = undefined;
    if (this.stopping) return;
    this.options.say(
      `${member.name} ended (${code ?? 'by a signal'})${code === INPUT_ERROR ? '' : ': it is started again'}`,
    );
    if (code === INPUT_ERROR) return;
    setTimeout(() => {
      if (!this.stopping) this.launch(member);
    }, AGAIN_MS);
  }
}

const WRITER = /^(?:product|arch|backend|frontend|infra)-\d+$/;

/** Invariant 2. */
const envOf = ({ name }: Member, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  WRITER.test(name) ? env : withoutKeys(env);

const end = async ({ child }: Member): Promise<void> => {
  if (child === undefined) return;
  const over = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), KILL_MS);
  await over;
  clearTimeout(late);
};
