/**
 * Who hands out the cards, and looks at the board: beside the fleet, over a way of its own that no fault falls on. Owns: a fold of the
 * log and a connection.
 */
import { agentName, type CardState, type Command } from '@squados/contracts';
import type { NatsAccess } from '@squados/event-log/jetstream';
import type { Board } from '@squados/board';
import { followNats, type FollowedFolder } from '@squados/portal-gateway';
import type { ChaosPlan } from './chaos-plan.js';
import { isSettled, statesOf, unsettled } from './judge.js';
import { layeredGraph, POLICY, PROJECT, Work, WRITER } from './work.js';

const GRAPH = '../shared/bench/dags/layered.json';

export class Writer {
  private readonly work: Work;

  private constructor(
    private readonly plan: ChaosPlan,
    private readonly followed: FollowedFolder,
  ) {
    this.work = new Work(layeredGraph(GRAPH, plan.seed), plan.agents);
  }

  /** Waits for the log, and begins the project with its first cards. */
  static async begin(plan: ChaosPlan, access: NatsAccess, connectMs: number): Promise<Writer> {
    const writer = new Writer(plan, await followNats({ access, name: 'writer', connectMs }));
    const agents = plan.agents.map(agentName);
    await writer.submit({ type: 'StartProject', project: PROJECT, title: 'Chaos', agents, policy: POLICY });
    await writer.addCards();
    return writer;
  }

  get board(): Board {
    return this.followed.source.fold.board;
  }

  get states(): ReadonlyMap<CardState, number> {
    return statesOf(this.board, PROJECT);
  }

  /** Cards that are not at their end. */
  get open(): readonly string[] {
    return unsettled(this.board, PROJECT);
  }

  get isSettled(): boolean {
    return isSettled(this.board, PROJECT);
  }

  /** The next slice of the graph, while there is one. */
  async addCards(): Promise<void> {
    const cards = this.work.slice(this.plan.slice);
    if (cards.length > 0) await this.submit({ type: 'AddCards', project: PROJECT, cards, by: WRITER, kind: 'import' });
  }

  /** Whoever paused it last: it goes on. */
  async resume(): Promise<void> {
    await this.followed.source.submit({ type: 'ResumeProject', project: PROJECT, by: WRITER, reason: 'the end' }); // or it runs already
  }

  close(): Promise<void> {
    return this.followed.close();
  }

  private async submit(command: Command): Promise<void> {
    const result = await this.followed.source.submit(command);
    if (result.kind === 'rejected') throw new Error(`${command.type} was refused: ${result.message}`);
  }
}
