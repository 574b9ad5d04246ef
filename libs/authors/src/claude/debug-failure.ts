import type { Task } from '@squados/agent-runtime';
import type { Verdict } from '@squados/contracts';
import type { AuthorSession } from './author-session.js';
import type { CallDesk } from './call-desk.js';
import { fenced } from './fence.js';
import { Conversation } from './conversation.js';
import { modelOf } from './model-catalog.js';
import { COMMON_RULES, DEBUGGER_RULES } from './prompts.js';
import { verdictText } from './verdict-text.js';

/** What the debugging agent found. */
export interface Diagnosis {
  readonly hypotheses: readonly { readonly claim: string; readonly evidence: string }[];
  readonly rootCause: string;
  readonly fix: string;
}

const text = { type: 'string' } as const;
const FORMAT = {
  type: 'object',
  properties: {
    hypotheses: {
      type: 'array',
      items: {
        type: 'object',
        properties: { claim: text, evidence: text },
        required: ['claim', 'evidence'],
        additionalProperties: false,
      },
    },
    rootCause: text,
    fix: text,
  },
  required: ['hypotheses', 'rootCause', 'fix'],
  additionalProperties: false,
} as const;

const MOST_FILES = 8;
const MAX_TOKENS = 8_000;

export interface Failing {
  readonly task: Task;
  readonly session: AuthorSession;
  /** Verdicts of each round, the oldest first. */
  readonly rounds: readonly (readonly Verdict[])[];
  readonly scrub: (text: string) => string;
}

/** Asks once, in a conversation of its own; undefined when the answer is none. @throws what the desk throws */
export const diagnose = async (desk: CallDesk, failing: Failing): Promise<Diagnosis | undefined> => {
  const { task, session, rounds, scrub } = failing;
  const system = [{ text: COMMON_RULES }, { text: DEBUGGER_RULES }];
  const opening = { model: modelOf('debugging'), maxTokens: MAX_TOKENS, system, tools: [], format: FORMAT };
  const conversation = new Conversation(opening, scrub);
  const said = rounds.map((verdicts, at) => fenced(`checks of round ${at + 1}`, verdictText(verdicts)));
  const files = namedFiles(rounds.flat(), session).map(([path, content]) => fenced(path, content));
  const parts = [
    `The card: ${fenced('card', `${task.card.id}: ${task.card.title}`)}`,
    ...said,
    'The files that they name:',
    ...files,
  ];
  const reply = await desk.ask('debugger', conversation.user({ type: 'text', text: parts.join('\n\n') }).once());
  return reply.stop === 'done'
    ? parsed(reply.parts.map((part) => (part.type === 'text' ? part.text : '')).join(''))
    : undefined;
};

const namedFiles = (verdicts: readonly Verdict[], session: AuthorSession): readonly (readonly [string, string])[] => {
  const files = session.files;
  return blamedPaths(verdicts, [...files.keys()])
    .slice(0, MOST_FILES)
    .map((path) => [path, files.get(path) ?? ''] as const);
};

/** Files that failed gates name; gates may name them from a folder further in. */
export const blamedPaths = (verdicts: readonly Verdict[], paths: readonly string[]): readonly string[] => {
  const named = verdicts
    .filter(({ outcome, required }) => required && outcome === 'fail')
    .flatMap(({ findings = [], excerpt = '' }) => [
      ...findings.map(({ path = '' }) => path),
      ...(excerpt.match(/[\w@./-]+\.\w+/g) ?? []),
    ])
    .filter((name) => name.includes('.'));
  const wanted = new Set(named.map((name) => name.replace(/^\.\//, '')));
  return paths.filter((path) => [...wanted].some((name) => path === name || path.endsWith(`/${name}`)));
};

const parsed = (json: string): Diagnosis | undefined => {
  try {
    const value = JSON.parse(json) as Partial<Diagnosis>;
    if (typeof value.rootCause !== 'string' || typeof value.fix !== 'string') return undefined;
    return {
      hypotheses: Array.isArray(value.hypotheses) ? value.hypotheses : [],
      rootCause: value.rootCause,
      fix: value.fix,
    };
  } catch {
    return undefined;
  }
};

export const diagnosisText = ({ hypotheses, rootCause, fix }: Diagnosis): string =>
  [
    ...hypotheses.map(({ claim, evidence }) => `hypothesis: ${claim}\nevidence: ${evidence}`),
    `root cause: ${rootCause}`,
    `fix: ${fix}`,
  ].join('\n');
