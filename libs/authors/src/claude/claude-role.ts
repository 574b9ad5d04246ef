import type { Rejected, Role, RoleResult, RoleTools, Task } from '@squados/agent-runtime';
import { ownerOf, prefixOf, type Verdict } from '@squados/contracts';
import { AUTHOR_TOOLS } from './author-tools.js';
import { AuthorSession, Refused, REPORT_FORMAT, Unfinished } from './author-session.js';
import { CallDesk, type DeskParts } from './call-desk.js';
import { resultOf } from './call-outcome.js';
import { Conversation } from './conversation.js';
import { blamedPaths, diagnose, diagnosisText, type Diagnosis } from './debug-failure.js';
import { cardText, projectText } from './describe-task.js';
import { modelFor, type ModelChoices } from './model-catalog.js';
import { COMMON_RULES, standardsOf } from './prompts.js';

export interface ClaudeOptions extends DeskParts {
  readonly choices: ModelChoices;
  /** Takes secrets out of everything that goes into a prompt. */
  readonly scrub: (text: string) => string;
  /** How long the stable part of a prompt is kept by the provider: an hour where a run takes longer than a few minutes. */
  readonly prefixTtl: '5m' | '1h';
  /** Answers that one go of the author may take; default: 60. */
  readonly mostAnswers?: number;
  /** A card that nobody set money aside for is left to the offline author. */
  readonly needsAllowance?: true;
}

type Written = Extract<RoleResult, { readonly kind: 'written' }>;

/** What one attempt has going, from its first call to its last repair. */
export interface Work {
  readonly session: AuthorSession;
  readonly desk: CallDesk;
  /** Who writes. */
  readonly model: string;
  readonly rounds: (readonly Verdict[])[];
  diagnosis?: Diagnosis;
  fallenBack?: true;
}

const MAX_TOKENS = 16_000;
const MOST_ANSWERS = 60;
const REPAIRS = 3;
const MAX_EXCERPT = 3_500;

/** Machine-read files that the offline author derives and the next owners parse. */
const PROTECTED: Readonly<Record<string, RegExp>> = {
  product: /\.json$/,
  arch: /\.json$/,
  backend: /(?:^|\/)(?:go\.sum|[^/]+\.lock|[^/]*-lock\.json)$/,
  frontend: /(?:^|\/)package-lock\.json$/,
};

/** Reports of what was measured, and of what was started: nobody writes these anew. */
const isMeasured = ({ card }: Task): boolean => card.agent === 'qa' || prefixOf(card.id) === 'DEPLOY';

/**
 * An agent owner whose files Claude writes. What the offline author makes is the version that it begins with; what it writes is put
 * through the same gates; what it can't mend is replaced, file by file, by the offline author's version, and if that doesn't help
 * the card becomes a dead letter with everything that was found out.
 */
export class ClaudeRole implements Role {
  readonly author = 'claude';
  private readonly work = new WeakMap<Task, Work>();

  constructor(
    private readonly offline: Role,
    private readonly options: ClaudeOptions,
  ) {}

  get agent(): Role['agent'] {
    return this.offline.agent;
  }

  get gates(): Role['gates'] {
    return this.offline.gates;
  }

  /** The desk of an attempt under way, for whoever else asks on its account. */
  workOf(task: Task): Work | undefined {
    return this.work.get(task);
  }

  async write(task: Task, tools: RoleTools): Promise<RoleResult> {
    const draft = await this.offline.write(task, tools);
    if (draft.kind !== 'written') return draft;
    if (draft.files.size === 0 || isMeasured(task)) return { ...draft, author: this.offline.author };
    if (this.options.needsAllowance && !tools.ledger?.allowance) return unasked(draft, this.offline.author);
    return this.ended(async () => {
      const work = await this.begin(task, tools, draft);
      this.work.set(task, work);
      return work.session.work('author');
    });
  }

  async revise(task: Task, _tools: RoleTools, rejected: Rejected): Promise<RoleResult | undefined> {
    const work = this.work.get(task);
    if (!work) return undefined;
    work.rounds.push(rejected.verdicts);
    return this.ended(() => this.mended(task, work, rejected.verdicts));
  }

  /** Three repairs, one more on the debugging agent's word, then the draft's files where the model's fail, then the end. */
  private async mended(task: Task, work: Work, verdicts: readonly Verdict[]): Promise<RoleResult> {
    const { session, desk, rounds } = work;
    if (rounds.length <= REPAIRS) return session.mend(verdicts);
    if (!work.diagnosis && !work.fallenBack) {
      const found = await diagnose(desk, { task, session, rounds, scrub: this.options.scrub });
      if (found) {
        work.diagnosis = found;
        return session.mend(verdicts, diagnosisText(found));
      }
    }
    return this.fallBack(work, verdicts) ?? exhausted(work, verdicts);
  }

  private fallBack(work: Work, verdicts: readonly Verdict[]): Written | undefined {
    const { session } = work;
    const named = work.fallenBack ? session.ownPaths : blamedPaths(verdicts, session.ownPaths);
    work.fallenBack = true;
    return session.giveUp(named.length > 0 ? named : session.ownPaths);
  }

  private async begin(task: Task, tools: RoleTools, draft: Written): Promise<Work> {
    const { options } = this;
    if (!tools.ledger) throw new Error('the runtime gives no ledger: calls to a model could not be accounted for');
    const attempt = { project: task.project.id, attempt: task.attempt, ledger: tools.ledger, signal: tools.signal };
    const desk = new CallDesk(options, attempt);
    const ttl = options.prefixTtl;
    const model = modelFor(this.agent, task.card.id, options.choices);
    const conversation = new Conversation(
      {
        model,
        maxTokens: MAX_TOKENS,
        system: [{ text: COMMON_RULES }, { text: standardsOf(this.agent), cache: ttl }],
        tools: AUTHOR_TOOLS,
        format: REPORT_FORMAT,
      },
      options.scrub,
    ).user(
      { type: 'text', text: await projectText(task, tools), cache: ttl },
      { type: 'text', text: cardText(task, draft.files) },
    );
    const session = new AuthorSession(draft, this.bench(task, tools, draft), { desk, conversation });
    return { session, desk, model, rounds: [] };
  }

  private bench(task: Task, tools: RoleTools, draft: Written): AuthorSession['bench'] {
    const folder = ownerOf(this.agent)?.folder ?? this.agent;
    const isProtected = (path: string): boolean => PROTECTED[this.agent]?.test(path) ?? false;
    const { mostAnswers = MOST_ANSWERS } = this.options;
    const files = { draft: draft.files, written: new Map<string, string>() };
    return { task, tools, folder, ...files, isProtected, maxTokens: MAX_TOKENS, mostAnswers };
  }

  private async ended(work: () => Promise<RoleResult>): Promise<RoleResult> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Refused)
        return {
          kind: 'failed',
          retryable: false,
          code: 'model-refused',
          message: `the model refused: ${error.message}`,
        };
      if (error instanceof Unfinished)
        return {
          kind: 'failed',
          retryable: false,
          code: 'model-unfinished',
          message: `${error.message}: split the card`,
        };
      const result = resultOf(error, this.options.now());
      if (result) return result;
      throw error;
    }
  }
}

const UNASKED = 'no budget is set for this project, so that no model was asked: the offline author wrote this';

const unasked = (draft: Written, author: string): Written => ({
  ...draft,
  author,
  assumptions: [...draft.assumptions, UNASKED],
});

const exhausted = ({ diagnosis, rounds }: Work, verdicts: readonly Verdict[]): RoleResult => {
  const failing = verdicts.filter(({ outcome, required }) => required && outcome === 'fail');
  const what = failing.map(({ gate, summary }) => `${gate}: ${summary}`).join('; ');
  return {
    kind: 'failed',
    retryable: false,
    code: 'repair-exhausted',
    message: `after ${rounds.length - 1} repairs and the debugging agent the checks still fail: ${what}`,
    ...(diagnosis && { excerpt: diagnosisText(diagnosis).slice(0, MAX_EXCERPT) }),
  };
};
