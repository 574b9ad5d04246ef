import { spawn, type ChildProcess } from 'node:child_process';
import type { ProcessPlan, StepPlan } from '../product-plan.js';
import { BoundedLog } from './bounded-log.js';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Set when it could not be started at all. */
  readonly error?: string;
}

/** One running program with a process group of its own, its output in a bounded log. */
export class SupervisedProcess {
  readonly ended: Promise<Ended>;
  private over = false;

  private constructor(
    private readonly child: ChildProcess,
    private readonly log: BoundedLog,
  ) {
    this.ended = new Promise((resolve) => {
      const settle = (end: Ended): void => {
        this.over = true;
        void log.close().then(() => resolve(end));
      };
      child.once('error', (error) => settle({ code: null, signal: null, error: error.message }));
      child.once('close', (code, signal) => settle({ code, signal }));
    });
    child.stdout?.on('data', (chunk: Buffer) => log.write(chunk));
    child.stderr?.on('data', (chunk: Buffer) => log.write(chunk));
  }

  static start(plan: ProcessPlan | StepPlan, logFile: string): SupervisedProcess {
    const [program, ...args] = plan.command;
    const child = spawn(program, args, {
      cwd: plan.cwd,
      env: plan.env,
      detached: true, // a group of its own, so that its children can be told too
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new SupervisedProcess(child, new BoundedLog(logFile));
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get isOver(): boolean {
    return this.over;
  }

  tail(): string {
    return this.log.tail();
  }

  /** Asks its whole group, then insists. Resolves when it has ended. */
  async stop(signal: NodeJS.Signals, graceMs: number): Promise<void> {
    if (this.over) return;
    this.tell(signal);
    const timer = setTimeout(() => this.tell('SIGKILL'), graceMs);
    await this.ended;
    clearTimeout(timer);
  }

  private tell(signal: NodeJS.Signals): void {
    const { pid } = this.child;
    if (pid === undefined || this.over) return;
    try {
      process.kill(-pid, signal);
    } catch {
      this.child.kill(signal); // the group is gone; the child may not be
    }
  }
}
