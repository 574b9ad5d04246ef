/**
 * The processes of the run. Owns: the children, their ways to the server, their log files. Doesn't own: the server.
 *
 * Invariants:
 * 1. A member that ends is started again, as a supervisor does; one that is held by a fault, when it is let go.
 * 2. A member is held by one fault at a time.
 * 3. No child outlives `end` or this process: each is told over its channel that we are gone.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { BreakableLink } from './breakable-link.js';
import type { ServiceKind } from './services/service.js';

export interface FleetPlan {
  /** Of each agent, and of orchestrators and gateways: so many. */
  readonly copies: number;
  readonly agents: readonly string[];
}

export interface FleetOptions {
  readonly folder: string;
  readonly serverPort: number;
  /** For every process besides. */
  readonly env: Readonly<Record<string, string>>;
  /** A process ended, and nobody had asked it to. */
  readonly ended: (member: string, how: string) => void;
}

const AGAIN_MS = 500;
const STOP_MS = 45_000;
const LAST_ERROR = /"level":"error".*"msg":"([^"]+)/;
const PAGE_LINK = /the page \(opens once\): (http:[^\s"]+)/;

export class Member {
  /** Held by a fault: invariant 2. */
  held = false;
  version = 1;
  /** Where its page opens; of gateways, while they are up. */
  page: string | undefined;
  isUp = false;
  private trouble = '';
  private child: ChildProcess | undefined;
  private wanted = true;

  constructor(
    readonly name: string,
    readonly kind: ServiceKind,
    readonly link: BreakableLink,
    private readonly parts: {
      readonly options: FleetOptions;
      readonly env: Readonly<Record<string, string>>;
      readonly log: WriteStream;
    },
  ) {}

  start(): void {
    const { options, env, log } = this.parts;
    const own = { CHAOS_SERVICE: this.kind, CHAOS_VERSION: String(this.version), SQUADOS_WORKER: this.name };
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url)], {
      env: { PATH: process.env['PATH'] ?? '', ...options.env, ...env, ...own },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child = child;
    child.stderr?.on('data', (chunk: Buffer) => {
      log.write(chunk);
      this.heard(chunk.toString());
    });
    child.once('exit', (code, signal) => this.over(child, signal ?? `exit code ${code}`));
  }

  /** The fault is over (invariant 1). */
  letGo(): void {
    this.held = false;
    if (this.child === undefined && this.wanted) this.start();
  }

  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  /** Told, or killed, and over. Answers the exit code, null after a signal, undefined when there was no process. */
  async end(signal: NodeJS.Signals): Promise<number | null | undefined> {
    const { child } = this;
    if (child === undefined) return undefined;
    const over = once(child, 'exit') as Promise<[number | null]>;
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    const [code] = await over;
    clearTimeout(late);
    return code;
  }

  /** As `end`, and nobody starts it again. */
  dismiss(signal: NodeJS.Signals): Promise<number | null | undefined> {
    this.wanted = false;
    return this.end(signal);
  }

  private heard(text: string): void {
    if (text.includes('"msg":"up"')) this.isUp = true;
    this.page = PAGE_LINK.exec(text)?.[1] ?? this.page;
    this.trouble = LAST_ERROR.exec(text)?.[1] ?? this.trouble;
  }

  /** Invariant 1. */
  private over(child: ChildProcess, how: string): void {
    if (child !== this.child) return;
    this.child = undefined;
    this.isUp = false;
    this.page = undefined;
    if (this.held || !this.wanted) return;
    this.parts.options.ended(this.name, `${how} ${this.trouble}`.trim());
    void delay(AGAIN_MS).then(() => {
      if (this.child === undefined && !this.held && this.wanted) this.start();
    });
  }
}

interface Place {
  readonly name: string;
  readonly kind: ServiceKind;
  readonly env: Readonly<Record<string, string>>;
}

const placesOf = ({ copies, agents }: FleetPlan): readonly Place[] => {
  const several = (name: string, kind: ServiceKind, env: Place['env']): readonly Place[] =>
    Array.from({ length: copies }, (_, i) => ({ name: `${name}-${i + 1}`, kind, env }));
  return [
    ...several('orchestrator', 'orchestrator', {}),
    ...agents.flatMap((agent) => several(agent, 'agent', { CHAOS_AGENT: agent })),
    ...several('gateway', 'gateway', { SQUADOS_PAGE_PORT: '0' }),
  ];
};

export class Fleet {
  private constructor(readonly members: readonly Member[]) {}

  static async start(plan: FleetPlan, options: FleetOptions): Promise<Fleet> {
    const { folder, serverPort } = options;
    mkdirSync(join(folder, 'logs'), { recursive: true });
    const members = await Promise.all(
      placesOf(plan).map(async ({ name, kind, env }) => {
        const link = await BreakableLink.to(serverPort);
        const own = {
          ...{ NATS_URL: `nats://u0:p0@127.0.0.1:${link.port}`, SQUADOS_DATA: join(folder, name) },
          ...{ CHAOS_WITNESS: join(folder, `${name}.witness`), ...env },
        };
        const log = createWriteStream(join(folder, 'logs', `${name}.log`), { flags: 'a' });
        return new Member(name, kind, link, { options, env: own, log });
      }),
    );
    for (const member of members) member.start();
    return new Fleet(members);
  }

  named(name: string): Member | undefined {
    return this.members.find((member) => member.name === name);
  }

  of(kind: ServiceKind): readonly Member[] {
    return this.members.filter((member) => member.kind === kind);
  }

  /** Agents and gateways first, so that what they hand back is still seen. Answers who did not end as it should. */
  async stop(): Promise<readonly string[]> {
    const others = this.members.filter(({ kind }) => kind !== 'orchestrator');
    return [...(await dismissed(others)), ...(await dismissed(this.of('orchestrator')))];
  }

  /** At once, whatever state they are in. */
  async kill(): Promise<void> {
    await Promise.all(this.members.map((member) => member.dismiss('SIGKILL')));
    await Promise.all(this.members.map(({ link }) => link.close()));
  }
}

const dismissed = async (members: readonly Member[]): Promise<readonly string[]> => {
  const codes = await Promise.all(members.map(async (member) => ({ member, code: await member.dismiss('SIGTERM') })));
  return codes.filter(({ code }) => code !== 0).map(({ member, code }) => `${member.name}: ${code ?? 'killed'}`);
};
