import type { ArtifactStore } from '@squados/artifacts';
import { START, type EventData, type LaneCommit, type ProjectId, type Sha256 } from '@squados/contracts';
import { parseLane } from '@squados/contracts';
import type { EventLog, LaneFilter } from '@squados/event-log';
import type { ModelChoices } from './model-catalog.js';
import type { ModelReply } from './model-client.port.js';

type Called = EventData['ModelCalled'];

/** Answers that are on record, by project and request. The log is the cassette. */
export class RecordedCalls {
  private readonly projects = new Map<string, Map<Sha256, Called>>();
  /** By card: its agent, and the model that wrote it last. */
  private readonly authors = new Map<string, { readonly agent: string; readonly model: string }>();

  constructor(private readonly store: Pick<ArtifactStore, 'get'>) {}

  /** Everything that a log holds. @throws EventLogError */
  static async load(log: EventLog, store: Pick<ArtifactStore, 'get'>): Promise<RecordedCalls> {
    const calls = new RecordedCalls(store);
    await calls.read(log);
    return calls;
  }

  /** Takes what a log holds in the lanes that a filter names. @throws EventLogError */
  async read(log: EventLog, filter: LaneFilter = {}): Promise<void> {
    for await (const page of log.read({ after: START, filter })) for (const commit of page) this.take(commit);
  }

  add(project: ProjectId, called: Called): void {
    if (called.response === undefined) return;
    const known = this.projects.get(project) ?? new Map<Sha256, Called>();
    this.projects.set(project, known);
    if (known.get(called.request)?.stopReason !== 'refused' && known.has(called.request)) return;
    known.set(called.request, called);
  }

  /** A card goes on with the model that began it, where nobody chooses otherwise for it or for its agent. */
  choicesWith({ agents = {}, cards = {} }: ModelChoices): ModelChoices {
    const known = [...this.authors].filter(([, { agent }]) => !Object.hasOwn(agents, agent));
    return { agents, cards: { ...Object.fromEntries(known.map(([card, { model }]) => [card, model])), ...cards } };
  }

  find(project: ProjectId, request: Sha256): Called | undefined {
    return this.projects.get(project)?.get(request);
  }

  /** Requests of a project in the order of recording. */
  requests(project: ProjectId): readonly Called[] {
    return [...(this.projects.get(project)?.values() ?? [])];
  }

  /** @throws ArtifactError when the store has lost it */
  async reply({ response }: Called): Promise<ModelReply> {
    if (response === undefined) throw new Error('the call has no response');
    return JSON.parse(await this.text(response)) as ModelReply;
  }

  async text(hash: Sha256): Promise<string> {
    return new TextDecoder().decode(await this.store.get(hash));
  }

  /** Calls that a commit tells of; taking them twice is the same as once. */
  take({ lane, events }: LaneCommit): void {
    const address = parseLane(lane);
    if (address?.kind !== 'attempt') return;
    for (const event of events) {
      if (event.type !== 'ModelCalled') continue;
      this.add(address.project, event.data);
      const { purpose, model } = event.data;
      if (purpose === 'author') this.authors.set(address.card, { agent: address.agent, model });
    }
  }
}
