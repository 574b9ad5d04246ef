import { setTimeout as delay } from 'node:timers/promises';
import type { NatsServer } from '../../libs/event-log/src/testing/nats-server.js';
import type { Fault, FaultKind } from './faults.js';
import type { Fleet, Member } from './fleet.js';

export interface Ground {
  readonly fleet: Fleet;
  readonly server: NatsServer;
  /** Deletes an agent's durable consumer, past every service. */
  readonly deleteDurable: (agent: string) => Promise<void>;
}

/** How often what was done. */
export type Tally = Map<FaultKind, number>;

/**
 * Brings faults over a fleet. Each lasts as long as it is told, beside the others.
 *
 * Invariants:
 * 1. What is held by one fault is left alone by the next: that one is passed over, and not counted.
 * 2. `heal` resolves when nothing is held any more.
 */
export class Injector {
  readonly tally: Tally = new Map();
  passedOver = 0;
  private serverIsHeld = false;
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly ground: Ground) {}

  inject(fault: Fault): void {
    const doing = this.doingOf(fault);
    if (doing === undefined) {
      this.passedOver++;
      return;
    }
    this.tally.set(fault.kind, (this.tally.get(fault.kind) ?? 0) + 1);
    const running = doing().finally(() => this.running.delete(running));
    this.running.add(running);
  }

  /** Invariant 2. */
  async heal(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  /** What is to be done; undefined: somebody else has it (invariant 1). */
  private doingOf(fault: Fault): (() => Promise<void>) | undefined {
    switch (fault.kind) {
      case 'process killed':
      case 'process stopped':
      case 'connection cut':
      case 'connection hangs':
      case 'agent upgraded': {
        const member = this.ground.fleet.named(fault.member);
        return member === undefined || member.held ? undefined : () => holding(member, fault);
      }
      case 'server killed':
        return this.serverIsHeld ? undefined : () => this.killServer(fault.forMs);
      case 'server stopped':
        return this.serverIsHeld ? undefined : () => this.stopServer(fault.forMs);
      case 'all connections cut':
        return () => this.cutAll(fault.forMs);
      case 'durable deleted':
        return this.serverIsHeld ? undefined : () => this.ground.deleteDurable(fault.agent);
    }
  }

  private async killServer(forMs: number): Promise<void> {
    this.serverIsHeld = true;
    await this.ground.server.kill();
    await delay(forMs);
    await this.ground.server.start();
    this.serverIsHeld = false;
  }

  private async stopServer(forMs: number): Promise<void> {
    this.serverIsHeld = true;
    this.ground.server.signal('SIGSTOP');
    await delay(forMs);
    this.ground.server.signal('SIGCONT');
    this.serverIsHeld = false;
  }

  private async cutAll(forMs: number): Promise<void> {
    const free = this.ground.fleet.members.filter(({ held }) => !held);
    await Promise.all(free.map((member) => holding(member, { kind: 'connection cut', member: member.name, forMs })));
  }
}

type OnMember = Extract<Fault, { readonly member: string }>;

const holding = async (member: Member, fault: OnMember): Promise<void> => {
  member.held = true;
  await onMember(member, fault);
  member.letGo();
};

const onMember = async (member: Member, fault: OnMember): Promise<void> => {
  switch (fault.kind) {
    case 'process killed':
      await member.end('SIGKILL');
      await delay(fault.forMs);
      return member.start();
    case 'process stopped':
      member.signal('SIGSTOP');
      await delay(fault.forMs);
      return member.signal('SIGCONT');
    case 'connection cut':
      member.link.cut();
      await delay(fault.forMs);
      return member.link.mend();
    case 'connection hangs':
      member.link.hang();
      await delay(fault.forMs);
      return member.link.mend();
    case 'agent upgraded':
      await member.end('SIGTERM');
      member.version++;
      return member.start();
  }
};
