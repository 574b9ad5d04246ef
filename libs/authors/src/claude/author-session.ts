import type { Files, RoleResult } from '@squados/agent-runtime';
import type { CallPurpose, Verdict } from '@squados/contracts';
import { answerCall, type Workbench } from './author-tools.js';
import type { CallDesk } from './call-desk.js';
import type { Conversation } from './conversation.js';
import { fenced } from './fence.js';
import type { ModelReply } from './model-client.port.js';
import { verdictText } from './verdict-text.js';

type Written = Extract<RoleResult, { readonly kind: 'written' }>;

/** What ends a turn of the author: data, by schema. */
export const REPORT_FORMAT = {
  type: 'object',
  properties: {
    summary: { type: 'string', description: 'what was changed, in one or two sentences' },
    assumptions: { type: 'array', items: { type: 'string' }, description: 'decisions where the documents are silent' },
  },
  required: ['summary', 'assumptions'],
  additionalProperties: false,
} as const;

const MOST_CUTS = 4;
const MOST_ASSUMPTIONS = 40;

const MOST_SILENCES = 2;

const SAY_SO =
  'Your answer was empty. If something is left to write, write it; when you are done, end with the JSON object.';

const GO_ON =
  'Your answer was cut off because it became too long, and a tool call that it ended in is lost. Go on from there: one file a call, and a large file in smaller ones.';

/** The model would not; nothing that we can do changes that. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** It went round in circles, or its context is full. */
export class Unfinished extends Error {
  override readonly name = 'Unfinished';
}

/**
 * One attempt's author at work: a conversation over a draft, from the first answer through every repair. What it has written lies
 * over the draft; the conversation only grows.
 */
export class AuthorSession {
  private assumptions: readonly string[] = [];
  /** Files of the model that were given up for the draft's. */
  private readonly givenUp = new Set<string>();

  constructor(
    private readonly draft: Written,
    readonly bench: Workbench,
    private readonly talk: { readonly desk: CallDesk; readonly conversation: Conversation },
  ) {}

  /** Lets the model work until it says that it is done. @throws Refused, Unfinished, and what the desk throws */
  async work(purpose: CallPurpose): Promise<Written> {
    const { desk, conversation } = this.talk;
    const { maxTokens, mostAnswers } = this.bench;
    let cuts = 0;
    let silences = 0;
    for (let step = 0; step < mostAnswers; step++) {
      const reply = await desk.ask(purpose, conversation.request(maxTokens * 2 ** cuts));
      conversation.assistant(reply.parts);
      if (reply.stop === 'cut' && ++cuts > MOST_CUTS) throw new Unfinished('the answer was cut off again and again');
      if (isSilent(reply) && silences++ < MOST_SILENCES) conversation.user({ type: 'text', text: SAY_SO });
      else if (await this.isDone(reply)) return this.result();
    }
    if (this.bench.written.size > 0) return this.result(); // the checks say what it is worth
    throw new Unfinished(`the model had written nothing after ${mostAnswers} answers`);
  }

  /** Tells it what the checks said; `advice` is somebody else's analysis. */
  async mend(verdicts: readonly Verdict[], advice?: string): Promise<Written> {
    const text = [
      'The checks rejected this version. What they said:',
      fenced('checks', verdictText(verdicts)),
      ...(advice === undefined
        ? []
        : ['An analysis of the cause by somebody who looked at it afresh:', fenced('analysis', advice)]),
      'Mend it: write the files that have to change, then end with the JSON object.',
    ].join('\n\n');
    this.talk.conversation.user({ type: 'text', text });
    return this.work('repair');
  }

  /** Takes back the model's version of files; undefined when none of them is its own. */
  giveUp(paths: Iterable<string>): Written | undefined {
    const own = [...paths].filter((path) => this.bench.written.has(path));
    if (own.length === 0) return undefined;
    for (const path of own) {
      this.bench.written.delete(path);
      this.givenUp.add(path);
    }
    return this.result();
  }

  get ownPaths(): readonly string[] {
    return [...this.bench.written.keys()];
  }

  get files(): Files {
    return new Map([...this.draft.files, ...this.bench.written]);
  }

  private async isDone(reply: ModelReply): Promise<boolean> {
    const { conversation } = this.talk;
    const calls = reply.parts.filter((part) => part.type === 'call');
    if (reply.stop === 'refused') throw new Refused(reply.refusal || 'no reason was given');
    if (reply.stop === 'context-full')
      throw new Unfinished('the conversation has become longer than the model can read');
    const results = [];
    for (const call of calls) results.push(await answerCall(this.bench, call));
    if (reply.stop === 'cut') conversation.user(...results, { type: 'text', text: GO_ON });
    else if (results.length > 0) conversation.user(...results);
    else if (reply.stop === 'paused') conversation.user({ type: 'text', text: 'Go on.' });
    else return this.takeReport(reply);
    return false;
  }

  /** A report that doesn't parse costs its assumptions, not the files. */
  private takeReport(reply: ModelReply): true {
    const text = reply.parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
    this.assumptions = [...this.assumptions, ...assumptionsIn(text)].slice(0, MOST_ASSUMPTIONS);
    return true;
  }

  private result(): Written {
    const { written } = this.bench;
    const own = written.size;
    const assumptions = [...this.draft.assumptions, ...new Set(this.assumptions), ...this.provenance()];
    const author = own === 0 ? 'offline' : own === this.files.size ? 'claude' : 'claude+offline';
    const metrics = { ...this.draft.metrics, filesByModel: own, filesGivenUp: this.givenUp.size };
    return { ...this.draft, files: this.files, assumptions, author, metrics };
  }

  /** Nothing offline is passed off as a model's work, nor the other way round. */
  private provenance(): readonly string[] {
    const { written } = this.bench;
    const lines = [
      `${written.size} of ${this.files.size} files were written by the model, the rest by the offline author`,
    ];
    if (this.givenUp.size > 0)
      lines.push(
        `the offline author's version stands for what failed its checks: ${[...this.givenUp].sort().join(', ')}`,
      );
    return lines;
  }
}

/** Models sometimes end their turn without a word, above all after the result of a tool. */
const isSilent = ({ stop, parts }: ModelReply): boolean =>
  stop === 'done' && parts.every(({ type }) => type === 'thinking');

const assumptionsIn = (text: string): readonly string[] => {
  try {
    const report = JSON.parse(text) as { readonly assumptions?: unknown };
    const list = Array.isArray(report.assumptions) ? (report.assumptions as readonly unknown[]) : [];
    return list.filter((line): line is string => typeof line === 'string');
  } catch {
    return [];
  }
};
