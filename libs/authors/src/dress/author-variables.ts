import { ownerOf } from '@squados/contracts';
import { KNOWN_MODELS, type ModelChoices } from '../claude/index.js';

/** For a service's configuration: who writes. None of it is needed where the offline author does. */
export const authorVariables = {
  author: {
    env: 'SQUADOS_AUTHOR',
    meaning: 'who writes: without it, Claude where there is a key',
    accepts: 'claude, offline',
    fallback: undefined as 'claude' | 'offline' | undefined,
    parse: (text: string) => (['claude', 'offline'] as const).find((name) => name === text.trim().toLowerCase()),
  },
  apiKey: {
    env: 'ANTHROPIC_API_KEY',
    meaning: 'the key that Claude is asked with',
    accepts: 'a key without blanks',
    isSecret: true,
    fallback: undefined as string | undefined,
    parse: (text: string) => (/^\s*$/.test(text) ? '' : /^\s*(\S+)\s*$/.exec(text)?.[1]),
  },
  baseUrl: {
    env: 'ANTHROPIC_BASE_URL',
    meaning: 'where Claude is asked, when not at its own address',
    accepts: 'an address that begins with http:// or https://',
    isSecret: true,
    fallback: undefined as string | undefined,
    parse: (text: string) =>
      /^https?:\/\/\S+$/.test(text.trim()) && URL.canParse(text.trim()) ? text.trim() : undefined,
  },
  models: {
    env: 'SQUADOS_MODELS',
    meaning: 'another model for an agent or a card',
    accepts: `name=model, several separated by commas; models: ${KNOWN_MODELS.join(', ')}`,
    fallback: {} as ModelChoices,
    parse: (text: string) => choicesIn(text),
  },
} as const;

const CHOICE = /^\s*([\w-]{1,100})=([a-z0-9.-]{1,80})\s*$/;

/** Besides the owners, any word of small letters alone: no id of a card is one. */
const isAgent = (name: string): boolean => ownerOf(name) !== undefined || /^[a-z]+$/.test(name);

/** Undefined for what is not understood. */
const choicesIn = (text: string): ModelChoices | undefined => {
  const choices = { agents: {} as Record<string, string>, cards: {} as Record<string, string> };
  for (const pair of text.split(',')) {
    const [, name = '', model = ''] = CHOICE.exec(pair) ?? [];
    if (!KNOWN_MODELS.includes(model)) return undefined;
    (isAgent(name) ? choices.agents : choices.cards)[name] = model;
  }
  return choices;
};
