import {
  createAgentRuntime,
  type AgentRuntime,
  type Gate,
  type Role,
  type RoleResult,
  type TaskSource,
} from '@squados/agent-runtime';
import { attemptEvents, enqueue, eventually, fakeTasks } from '@squados/agent-runtime/testing';
import { memoryArtifactStore } from '@squados/artifacts';
import {
  agentName,
  sha256,
  START,
  type CardId,
  type CardSpec,
  type EventData,
  type RunPolicy,
  type SquadEvent,
} from '@squados/contracts';
import { openMemoryLog } from '@squados/event-log';
import { ClaudeRole, createAnthropicClient, ProviderGate, RecordedCalls, type ClaudeOptions } from '../claude/index.js';
import { ClaudeStub, type ClaudeStubOptions } from './claude-stub/index.js';

export const STUB_KEY = 'sk-ant-test-not-a-real-key-0123456789';
export const DRAFT = { 'produto/a.md': '# A\n', 'produto/b.md': '# B\n' };

/** Writes the same two files for every card. */
export const draftRole = (gates: readonly Gate[] = [], files: Readonly<Record<string, string>> = {}): Role => ({
  agent: agentName('product'),
  author: 'offline',
  gates,
  write: (): Promise<RoleResult> =>
    Promise.resolve({
      kind: 'written',
      files: new Map(Object.entries({ ...DRAFT, ...files })),
      proposals: [],
      assumptions: ['drafted'],
    }),
});

export interface HarnessOptions extends Partial<Omit<ClaudeStubOptions, 'script'>> {
  readonly script: ClaudeStubOptions['script'];
  readonly gates?: readonly Gate[];
  /** Of the draft, in place of the usual ones or beside them. */
  readonly files?: Readonly<Record<string, string>>;
  readonly claude?: Partial<ClaudeOptions>;
  /** The role over the Claude role: a judge. */
  readonly dress?: (role: ClaudeRole, options: ClaudeOptions) => Role;
  readonly patienceMs?: number;
  readonly policy?: Partial<RunPolicy>;
  /** What a card is like, beside its id. */
  readonly cardOf?: (id: CardId) => Partial<CardSpec>;
}

export const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** A Claude role in a real runtime on a memory log, with the SDK talking to the stub. */
export class ClaudeHarness {
  readonly artifacts = memoryArtifactStore();
  private readonly memory = openMemoryLog();
  private readonly runtimes: AgentRuntime[] = [];
  readonly recorded = new RecordedCalls(this.artifacts);

  private constructor(
    readonly stub: ClaudeStub,
    private readonly options: HarnessOptions,
  ) {}

  static async open(options: HarnessOptions): Promise<ClaudeHarness> {
    const stub = await ClaudeStub.start({ key: STUB_KEY, ...options });
    const harness = new ClaudeHarness(stub, options);
    await harness.memory.claims.provision(agentName('product'), START);
    return harness;
  }

  /** What a client needs to reach the stub. */
  get access(): { readonly apiKey: string; readonly baseUrl: string } {
    return { apiKey: STUB_KEY, baseUrl: this.stub.url };
  }

  get claudeOptions(): ClaudeOptions {
    const gate = new ProviderGate({ now: Date.now, sleep, patienceMs: this.options.patienceMs ?? 3_000 });
    return {
      client: createAnthropicClient(this.access),
      ...{ recorded: this.recorded, gate, now: Date.now, sleep, retryAfterMs: [1, 1] },
      ...{ choices: {}, scrub: (text: string) => text, prefixTtl: '1h' as const },
      ...this.options.claude,
    };
  }

  /** Starts a worker; every one has its own options. */
  work(more: Partial<ClaudeOptions> = {}): Promise<this> {
    return this.workWith({ ...this.claudeOptions, ...more });
  }

  /** A worker that only knows what is on record. */
  workFromRecord(options: Omit<ClaudeOptions, 'client'>): Promise<this> {
    return this.workWith(options);
  }

  private async workWith(options: ClaudeOptions): Promise<this> {
    const claude = new ClaudeRole(draftRole(this.options.gates, this.options.files), options);
    const role = this.options.dress ? this.options.dress(claude, options) : claude;
    const { log, claims } = this.memory;
    const worker = `w${this.runtimes.length}`;
    const parts = { role, log, claims, tasks: this.tasks(), artifacts: this.artifacts, worker };
    const runtime = createAgentRuntime({ ...parts, concurrency: 1, leaseMs: 30_000 });
    this.runtimes.push(runtime);
    await runtime.start();
    return this;
  }

  private tasks(): TaskSource {
    const { policy, cardOf = () => ({}) } = this.options;
    const tasks = fakeTasks(policy);
    return {
      load: async (request) => {
        const task = await tasks.load(request);
        return task && { ...task, card: { ...task.card, ...cardOf(request.card) } };
      },
    };
  }

  /** The record as the next process reads it. */
  read(): Promise<RecordedCalls> {
    return RecordedCalls.load(this.memory.log, this.artifacts);
  }

  /** Everything that was recorded: the log as text, and every artifact that it names. */
  async everything(): Promise<readonly string[]> {
    const events: SquadEvent[] = [];
    for await (const page of this.memory.log.read({ after: START }))
      events.push(...page.flatMap((commit) => commit.events).filter((e): e is SquadEvent => e.type !== 'Unknown'));
    const text = JSON.stringify(events);
    const hashes = new Set(text.match(/\b[0-9a-f]{64}\b/g));
    const texts = [text];
    for (const hash of hashes)
      if (await this.artifacts.has(sha256(hash)))
        texts.push(new TextDecoder().decode(await this.artifacts.get(sha256(hash))));
    return texts;
  }

  /** Runs an attempt to its end; all events of the card's attempt lane. */
  async attempt(
    card: string,
    attempt = 1,
    more: Partial<EventData['CardEnqueued']> = {},
  ): Promise<readonly SquadEvent[]> {
    await enqueue(this.memory.log, card, attempt, more);
    const ends = ['CardCompleted', 'CardFailed', 'CardReleased'];
    const events = async (): Promise<readonly SquadEvent[]> =>
      (await attemptEvents(this.memory.log, card)).filter((e): e is SquadEvent => e.type !== 'Unknown');
    const isOver = async (): Promise<boolean> =>
      (await events()).some((e) => ends.includes(e.type) && 'attempt' in e.data && e.data.attempt === attempt);
    await eventually(`the end of attempt ${attempt} of ${card}`, isOver, 20_000);
    return events();
  }

  async close(): Promise<void> {
    await Promise.all(this.runtimes.map((runtime) => runtime.stop({ graceMs: 0 })));
    await this.stub.close();
  }
}

export const called = (events: readonly SquadEvent[]): EventData['ModelCalled'][] =>
  events.flatMap((e) => (e.type === 'ModelCalled' ? [e.data] : []));
export const begun = (events: readonly SquadEvent[]): EventData['ModelCallBegun'][] =>
  events.flatMap((e) => (e.type === 'ModelCallBegun' ? [e.data] : []));
export const lastOf = (events: readonly SquadEvent[]): SquadEvent => {
  const last = events.at(-1);
  if (!last) throw new Error('no events');
  return last;
};
