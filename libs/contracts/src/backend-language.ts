import type { CardSpec } from './card.js';
import type { RunPolicy } from './run-policy.js';

export const BACKEND_LANGUAGES = ['python', 'go'] as const;
export type BackendLanguage = (typeof BACKEND_LANGUAGES)[number];

export interface BackendChoice {
  readonly language: BackendLanguage;
  /** `policy`: the run asks for it; `cards`: more of its backend cards do; `default`: neither does. */
  readonly by: 'policy' | 'cards' | 'default';
  /** Backend cards, and those that clearly name each language. */
  readonly cards: number;
  readonly mentions: Readonly<Record<BackendLanguage, number>>;
}

/** Clear mentions only: "go" alone is a verb, "gin" alone a drink. */
const MENTIONS: Readonly<Record<BackendLanguage, readonly RegExp[]>> = {
  go: [
    /\b(?:golang|gin[ -]gonic|gin framework|framework gin|pgx)\b/iu,
    /\bGo\s*(?:[/+(]|with|com|and|e)\s*Gin\b/u,
    /\b(?:[Ii]n|[Ee]m|[Ll]inguagem|[Ll]anguage:?|[Bb]ackend:?) Go\b|\bGo 1\.\d+/u,
  ],
  python: [/\b(?:python|fastapi|pydantic|sqlalchemy)\b/iu],
};

const textOf = (card: CardSpec): string =>
  [card.title, card.description, ...card.acceptanceCriteria, ...card.deliverables].join('\n');

const naming = (texts: readonly string[], language: BackendLanguage): number =>
  texts.filter((text) => MENTIONS[language].some((mention) => mention.test(text))).length;

/**
 * One language for a project, because it is one service: the policy's; else what more of its backend cards clearly name; else
 * Python. Only the cards as specified decide, never their order or what is done, so author and gates of every card agree.
 */
export const chooseBackendLanguage = (
  policy: Pick<RunPolicy, 'backend'>,
  cards: readonly CardSpec[],
): BackendChoice => {
  const texts = cards.filter((card) => card.agent === 'backend' || card.type === 'backend').map(textOf);
  const mentions = { go: naming(texts, 'go'), python: naming(texts, 'python') };
  const counted = { cards: texts.length, mentions };
  if (policy.backend !== undefined) return { language: policy.backend, by: 'policy', ...counted };
  if (mentions.go === mentions.python) return { language: 'python', by: 'default', ...counted };
  return { language: mentions.go > mentions.python ? 'go' : 'python', by: 'cards', ...counted };
};
