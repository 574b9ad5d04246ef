import type { Files } from '@squados/agent-runtime';
import type { Criterion } from './rubric.js';

/** What a judge said of one criterion; quotes are parts of the files. */
export interface Score {
  readonly criterion: string;
  readonly score: number;
  readonly reason: string;
  readonly quotes: readonly { readonly path: string; readonly text: string }[];
}

export type Judgement =
  | { readonly kind: 'sound'; readonly scores: readonly Score[] }
  /** It can't be leant on: what it says of the work isn't so. */
  | { readonly kind: 'void'; readonly why: string };

const text = { type: 'string' } as const;

/** JSON Schema of a judge's answer; ranges are checked here, since the schema can't hold them. */
export const judgementFormat = (rubric: readonly Criterion[]): Readonly<Record<string, unknown>> => ({
  type: 'object',
  properties: {
    scores: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          criterion: { type: 'string', enum: rubric.map(({ criterion }) => criterion) },
          score: { type: 'number', description: '1 (unusable) to 10 (nothing to improve)' },
          reason: { type: 'string', description: 'what decided, and what to change to reach 10' },
          quotes: {
            type: 'array',
            description: 'one to three places that show it, each copied from the file character by character',
            items: {
              type: 'object',
              properties: { path: text, text },
              required: ['path', 'text'],
              additionalProperties: false,
            },
          },
        },
        required: ['criterion', 'score', 'reason', 'quotes'],
        additionalProperties: false,
      },
    },
  },
  required: ['scores'],
  additionalProperties: false,
});

const LOWEST = 1;
const HIGHEST = 10;
const SHORTEST_QUOTE = 8;

/** Reads a judge's answer: every criterion of the rubric once (others don't count), scores in range, and every quote really in the file that it names. */
export const readJudgement = (json: string, rubric: readonly Criterion[], files: Files): Judgement => {
  const scores = scoresIn(json);
  if (!scores) return { kind: 'void', why: 'the answer is not the JSON that was asked for' };
  for (const { criterion } of rubric) {
    const given = scores.filter((score) => score.criterion === criterion);
    const [one] = given;
    if (!one || given.length > 1) return { kind: 'void', why: `${criterion} was scored ${given.length} times` };
    const fault = faultOf(one, files);
    if (fault) return { kind: 'void', why: `${criterion}: ${fault}` };
  }
  const counts = ({ criterion }: Score): boolean => rubric.some((one) => one.criterion === criterion);
  return { kind: 'sound', scores: scores.filter(counts) };
};

const faultOf = ({ score, quotes }: Score, files: Files): string | undefined => {
  if (!(score >= LOWEST && score <= HIGHEST)) return `a score of ${score} is not between ${LOWEST} and ${HIGHEST}`;
  if (quotes.length === 0) return 'nothing is quoted';
  const invented = quotes.find(({ path, text: quote }) => !isIn(quote, files.get(plainPath(path))));
  return invented && `${JSON.stringify(invented.text.slice(0, 80))} does not stand in ${invented.path}`;
};

/** A place may be named from a folder further out, or with its line. */
const plainPath = (path: string): string => path.replace(/^(?:\.\/)?(?:app-artefacts\/)?/, '').replace(/:\d+$/, '');

/** Line breaks and indentation may differ; a quote of a few characters shows nothing. */
const isIn = (quote: string, file: string | undefined): boolean => {
  const plain = squeezed(quote);
  return file !== undefined && plain.length >= SHORTEST_QUOTE && squeezed(file).includes(plain);
};

const squeezed = (of: string): string => of.replaceAll(/\s+/g, ' ').trim();

const scoresIn = (json: string): readonly Score[] | undefined => {
  try {
    const { scores } = JSON.parse(json) as { readonly scores?: unknown };
    return Array.isArray(scores) && scores.every(isScore) ? scores : undefined;
  } catch {
    return undefined;
  }
};

const isScore = (value: unknown): value is Score => {
  const { criterion, score, reason, quotes } = (value ?? {}) as Partial<Score>;
  const areQuotes = Array.isArray(quotes) && quotes.every(isQuote);
  return typeof criterion === 'string' && typeof score === 'number' && typeof reason === 'string' && areQuotes;
};

const isQuote = (value: unknown): boolean => {
  const { path, text: quote } = (value ?? {}) as { readonly path?: unknown; readonly text?: unknown };
  return typeof path === 'string' && typeof quote === 'string';
};
