import {
  attemptLane,
  cardId,
  parseLane,
  projectId,
  type Blame,
  type CardAddress,
  type CardId,
  type CardSpec,
  type Command,
  type DraftEvent,
  type LaneCommit,
  type Priority,
  type ProjectId,
  type Revision,
  type RunPolicy,
} from '@squados/contracts';
import type { Board } from '../board.types.js';
import { decide } from '../decide/decide.js';
import { emptyBoard, evolve } from '../evolve.js';
import { escalations } from '../plan/escalations.js';
import { plan } from '../plan/plan.js';
import { card, cards, projects } from '../views.js';
import {
  addCards,
  ARCH,
  completed,
  failed,
  person,
  policy,
  PRODUCT,
  spec,
  startProject,
  started,
  verdict,
} from './builders.js';
import { LaneSim } from './lane-sim.js';

/** Uniform in [0, 1), the same sequence for the same seed (mulberry32). */
export const seeded = (seed: number): (() => number) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

interface Job {
  readonly at: CardAddress;
  readonly attempt: number;
  readonly after: Revision;
}

/** A worker with an attempt in its hands: the lane revision that its next append expects. */
interface Hold extends Job {
  readonly expects: Revision;
  readonly delivery: number;
}

const PRIORITIES: readonly Priority[] = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];

const APPROVALS: NonNullable<RunPolicy['approvals']> = [
  { target: 'staging', roles: ['tech-lead'] },
  { target: 'production', roles: ['product-owner', 'tech-lead'] },
];

/** Cards in layers; each depends on up to three cards of lower numbers. */
export const randomCards = (draw: () => number, count: number, prefix = 'C'): CardSpec[] =>
  Array.from({ length: count }, (_, i) => {
    const dependencies = new Set<string>();
    for (let d = Math.floor(draw() * 4); d > 0 && i > 0; d--) dependencies.add(`${prefix}-${Math.floor(draw() * i)}`);
    const imported = draw() < 0.05 ? { importedAs: draw() < 0.5 ? ('done' as const) : ('skipped' as const) } : {};
    return spec(`${prefix}-${i}`, {
      dependencies: [...dependencies],
      agent: draw() < 0.5 ? PRODUCT : ARCH,
      priority: PRIORITIES[Math.floor(draw() * 4)] as Priority,
      ...(draw() < 0.2 ? { type: 'deploy', extra: { target: draw() < 0.5 ? 'staging' : 'production' } } : {}),
      ...imported,
    });
  });

/**
 * A whole system by chance: two orchestrators that fold at their own pace, three workers that crash, lag and lose leases, and
 * people who meddle, over one log. Everything goes through `decide`, `plan` and the lanes' fence.
 */
export class World {
  readonly log = new LaneSim();
  readonly window = 3;
  now = 1_000;
  private readonly boards: { board: Board; folded: number }[] = [0, 1, 2].map(() => ({
    board: emptyBoard(),
    folded: 0,
  }));
  private readonly holds: (Hold | undefined)[] = [undefined, undefined, undefined];
  private jobs: Job[] = [];
  private jobsRead = 0;

  constructor(
    private readonly draw: () => number,
    setup: { readonly projects: number; readonly cards: number },
  ) {
    for (let i = 0; i < setup.projects; i++) {
      const id = projectId(`p.${i}`);
      const waiveRefer = this.chance(0.5) ? { waiveRefer: 'let-pass' } : {};
      const approvals = this.chance(0.5) ? { approvals: APPROVALS } : {};
      const rules = policy({ maxRetries: 2, maxDeliveries: 3, ...waiveRefer, ...approvals });
      this.command(startProject({ project: id, policy: rules }));
      this.command(addCards(randomCards(this.draw, setup.cards), id));
    }
  }

  run(steps: number): this {
    for (let i = 0; i < steps; i++) this.step();
    return this;
  }

  private step(): void {
    const roll = this.draw();
    this.now += Math.floor(this.draw() * 500);
    if (roll < 0.35) this.orchestrate(this.chance(0.5) ? 0 : 1);
    else if (roll < 0.92) this.work(Math.floor(this.draw() * 3));
    else this.meddle();
  }

  private chance(p: number): boolean {
    return this.draw() < p;
  }

  private pick<T>(from: readonly T[]): T | undefined {
    return from[Math.floor(this.draw() * from.length)];
  }

  /** Folds some or all of what is new. */
  private boardOf(actor: number): Board {
    const own = this.boards[actor] as { board: Board; folded: number };
    const to = this.chance(0.7)
      ? this.log.commits.length
      : own.folded + Math.ceil((this.log.commits.length - own.folded) * this.draw());
    for (; own.folded < to; own.folded++) own.board = evolve(own.board, this.log.commits[own.folded] as LaneCommit);
    return own.board;
  }

  private orchestrate(actor: number): void {
    const board = this.boardOf(actor);
    const options = {
      now: this.now,
      draw: this.draw,
      window: () => this.window,
      limit: 1 + Math.floor(this.draw() * 6),
    };
    for (const append of plan(board, options)) if (this.chance(0.95)) this.log.append(append);
    for (const { lane, expected, attempt } of escalations(board))
      if (this.chance(0.5))
        this.log.append({
          lane,
          expected,
          events: [{ type: 'CardEscalated', data: { attempt, to: 'lead', outcome: 'delivered', message: 'told' } }],
        });
  }

  private work(worker: number): void {
    const hold = this.holds[worker];
    if (!hold) this.holds[worker] = this.claim(worker);
    else if (this.chance(0.1))
      this.holds[worker] = undefined; // crash, or a lease that ran out
    else this.goOn(worker, hold);
  }

  /** DESIGN §4: CardStarted expecting `after`; on conflict take over while the lane's last event is this attempt and open. */
  private claim(worker: number): Hold | undefined {
    this.readJobs();
    const job = this.pick(this.jobs);
    if (!job) return undefined;
    const lane = attemptLane(job.at);
    const last = this.log.last(lane);
    const held = openDelivery(last, job.attempt);
    const expected = held === undefined ? job.after : (last as LaneCommit).revision;
    const delivery = (held ?? 0) + 1;
    const events = [started(job.attempt, delivery, `w${worker}`)];
    if (this.log.append({ lane, expected, events }) === 'appended')
      return { ...job, expects: this.log.revision(lane), delivery };
    this.jobs = this.jobs.filter((other) => other !== job);
    return undefined;
  }

  private readJobs(): void {
    for (; this.jobsRead < this.log.commits.length; this.jobsRead++) {
      const commit = this.log.commits[this.jobsRead] as LaneCommit;
      const at = parseLane(commit.lane);
      for (const event of commit.events)
        if (event.type === 'CardEnqueued' && at?.kind === 'decided')
          this.jobs.push({ at, attempt: event.data.attempt, after: event.data.after });
    }
  }

  private goOn(worker: number, hold: Hold): void {
    const lane = attemptLane(hold.at);
    const events = this.words(hold);
    const result = this.log.append({ lane, expected: hold.expects, events });
    const isOver = result === 'conflict' || events.some((event) => /Completed|Failed|Released/.test(event.type));
    this.holds[worker] = isOver ? undefined : { ...hold, expects: this.log.revision(lane) };
  }

  private words({ attempt, at }: Hold): DraftEvent[] {
    const roll = this.draw();
    if (roll < 0.2) return [{ type: 'CardStepped', data: { attempt, step: 'verifying' } }];
    if (roll < 0.27)
      return [
        failed(attempt, {
          message: `broke ${this.chance(0.5) ? 'here' : 'there'}`,
          kind: this.chance(0.8) ? 'retryable' : 'terminal',
        }),
      ];
    if (roll < 0.36) return [failed(attempt, { kind: 'terminal', code: 'rejected', blames: this.blames(at) })];
    if (roll < 0.42)
      return [
        {
          type: 'CardReleased',
          data: {
            attempt,
            reason: 'provider-outage',
            by: person,
            ...(this.chance(0.5) ? { notBefore: this.now + 300 } : {}),
          },
        },
      ];
    const gate = this.pick(['pass', 'pass', 'pass', 'refer', 'fail'] as const) ?? 'pass';
    return [
      verdict(attempt, { outcome: gate }),
      completed(attempt, {
        output: `${at.card}/${Math.floor(this.draw() * 2)}`,
        proposals: this.proposals(at),
        closing: this.closing(at),
      }),
    ];
  }

  /** Mostly of low numbers, which others build on; sometimes of nobody, or of itself. */
  private blames(at: CardAddress): Blame[] {
    const of = (): Blame => ({ card: cardId(`C-${Math.floor(this.draw() * 5)}`), feedback: 'do it again' });
    return this.chance(0.1) ? [{ card: at.card, feedback: 'mine' }] : [of(), of()];
  }

  private proposals(at: CardAddress): CardSpec[] {
    if (!this.chance(0.15)) return [];
    const id = `N-${Math.floor(this.draw() * 40)}`;
    return [
      spec(id, { dependencies: [at.card] }),
      spec(`${id}.x`, { dependencies: this.chance(0.5) ? [id] : ['nowhere'], agent: ARCH }),
    ];
  }

  private closing(at: CardAddress): CardSpec[] {
    if (!this.chance(0.1)) return [];
    return [spec(`Z-${Math.floor(this.draw() * 4)}`, { dependencies: this.chance(0.7) ? [at.card] : ['nowhere'] })];
  }

  private command(command: Command): void {
    const decision = decide(this.boardOf(2), command);
    if (decision.kind === 'accepted') for (const append of decision.appends) this.log.append(append);
  }

  private meddle(): void {
    const board = this.boardOf(2);
    const project = this.pick(projects(board));
    const id = project && this.pick([...cards(board, project)]);
    if (project && id) this.command(this.wish(project, id));
  }

  private approval(project: ProjectId, id: CardId): Command | undefined {
    const seen = card(this.boardOf(2), project, id);
    const role = this.pick(seen?.approval?.missing ?? []);
    if (seen?.approval === undefined || role === undefined) return undefined;
    const { attempt, approval } = seen;
    const { manifestHash } = approval;
    const decision = this.chance(0.8) ? 'approved' : 'refused';
    return {
      type: 'ApproveCard',
      project,
      card: id,
      attempt,
      role,
      decision,
      by: person,
      reason: 'seen',
      manifestHash,
    };
  }

  private wish(project: ProjectId, card: CardId): Command {
    const by = person;
    const reason = 'because';
    const approval = this.approval(project, card);
    if (approval && this.chance(0.8)) return approval;
    const roll = this.draw();
    if (roll < 0.25) return { type: 'SkipCard', project, card, by, reason };
    if (roll < 0.5) return { type: 'RetryCard', project, card, by, reason };
    if (roll < 0.65) return { type: 'RollBack', project, card, by, reason };
    if (roll < 0.75) return { type: 'PauseProject', project, by, reason, now: this.chance(0.5) };
    if (roll < 0.9) return { type: 'ResumeProject', project, by, reason };
    if (roll < 0.95) return { type: 'WaiveGate', project, card, attempt: 1, gate: 'schema', by, reason };
    return { type: 'ChangeCard', project, spec: spec(card, { priority: this.pick(PRIORITIES) ?? 'LOW' }), by, reason };
  }
}

/** Delivery number of the lane's open attempt if it is this one, else undefined. */
const openDelivery = (last: LaneCommit | undefined, attempt: number): number | undefined => {
  const event = last?.events.at(-1);
  if (!event || event.type === 'Unknown' || !('attempt' in event.data) || event.data.attempt !== attempt)
    return undefined;
  if (/Completed|Failed|Released/.test(event.type)) return undefined;
  return event.type === 'CardStarted' ? event.data.delivery : 1;
};
