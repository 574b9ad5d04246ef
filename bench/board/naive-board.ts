import {
  PRIORITIES,
  parseLane,
  type CardSpec,
  type CardState,
  type LaneCommit,
  type SquadEvent,
} from '@squados/contracts';

interface NaiveCard {
  readonly id: string;
  readonly agent: string;
  readonly priority: number;
  readonly arrival: number;
  state: CardState;
  attempt: number;
  retries: number;
  readonly cardRevision: number;
  decidedRevision: number;
  attemptRevision: number;
  digest?: string;
  manifestHash?: string;
  readonly waitingFor: Set<string>;
  readonly dependencies: readonly string[];
  readonly dependents: Set<string>;
}

/** What one writes first: a map of objects, and the ready cards found by looking at all of them. */
export class NaiveBoard {
  readonly cards = new Map<string, NaiveCard>();

  evolve(commit: LaneCommit): void {
    const at = parseLane(commit.lane);
    if (at?.kind === 'project')
      for (const event of commit.events) this.tellProject(`${at.project}`, event as SquadEvent);
    else if (at) {
      const card = this.cards.get(`${at.project}/${at.card}`);
      if (!card) return;
      if (at.kind === 'attempt') card.attemptRevision = commit.revision;
      else card.decidedRevision = commit.revision;
      for (const event of commit.events) this.tellCard(at.project, card, event as SquadEvent);
    }
  }

  /** The next ready cards of all agents, by looking at every card. */
  rescan(count: number): NaiveCard[] {
    const ready = [...this.cards.values()].filter((card) => card.state === 'TODO' && card.waitingFor.size === 0);
    return ready.sort((a, b) => a.priority - b.priority || a.arrival - b.arrival).slice(0, count);
  }

  private tellProject(project: string, event: SquadEvent): void {
    if (event.type === 'CardsAdded') for (const spec of event.data.cards) this.add(project, spec);
  }

  private add(project: string, spec: CardSpec): void {
    const card: NaiveCard = {
      id: spec.id,
      agent: spec.agent,
      priority: PRIORITIES.indexOf(spec.priority),
      arrival: this.cards.size,
      state: 'TODO',
      attempt: 0,
      retries: 0,
      cardRevision: 1,
      decidedRevision: 0,
      attemptRevision: 0,
      waitingFor: new Set(spec.dependencies),
      dependencies: spec.dependencies,
      dependents: new Set(),
    };
    this.cards.set(`${project}/${spec.id}`, card);
    for (const dep of spec.dependencies) this.cards.get(`${project}/${dep}`)?.dependents.add(spec.id);
  }

  private tellCard(project: string, card: NaiveCard, event: SquadEvent): void {
    if (event.type === 'CardEnqueued') {
      card.state = 'ENQUEUED';
      card.attempt = event.data.attempt;
      card.digest = event.data.inputs.digest;
    } else if (event.type === 'CardStarted') card.state = 'EXECUTING';
    else if (event.type === 'CardCompleted') {
      card.state = 'DONE';
      card.manifestHash = event.data.manifestHash;
      for (const id of card.dependents) this.cards.get(`${project}/${id}`)?.waitingFor.delete(card.id);
    }
  }
}
