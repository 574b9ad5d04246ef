import type { ChainType } from './effort.js';
import type { Feature } from './plan.js';
import { article, lowerFirst, say, withoutFullStop, type Language } from './wording.js';

const GENERIC_ACTOR = { en: 'user of the system', pt: 'usuário do sistema' };

const compose = (
  language: Language,
  parts: { readonly actor: string; readonly want: string; readonly benefit: string },
): string =>
  language === 'pt'
    ? `Como ${parts.actor}, quero ${parts.want}, para que ${parts.benefit}.`
    : `As ${article(parts.actor)} ${parts.actor}, I want ${parts.want}, so that ${parts.benefit}.`;

const HAS_BENEFIT = /\b(?:so that|in order to|para que|para|a fim de)\b/i;

const benefitOf = (language: Language, title: string): string =>
  say(language)(
    `“${title}” gives me the result that the requirement states`,
    `“${title}” me dê o resultado que o requisito descreve`,
  );

/** The text's own story, completed where it does not say what for. */
const stated = (story: string, feature: Feature, language: Language): string => {
  const words = withoutFullStop(story);
  const whole = HAS_BENEFIT.test(words)
    ? words
    : `${words}, ${say(language)('so that', 'para que')} ${benefitOf(language, feature.title)}`;
  return `${whole.charAt(0).toUpperCase()}${whole.slice(1)}.`;
};

const STORY = {
  en: /^As an? .+, I (?:want|need|would like) .+/i,
  pt: /^Como .+, (?:eu )?(?:quero|preciso|gostaria|desejo) .+/i,
};

const looksWhole = (story: string, language: Language): boolean => STORY[language].test(story);

const PERSONS = {
  design: { en: 'tech lead', pt: 'líder técnico' },
  backend: { en: 'backend developer', pt: 'pessoa desenvolvedora de backend' },
};

const forEngineers = (type: 'design' | 'backend', feature: Feature, language: Language): string => {
  const t = say(language);
  const want =
    type === 'design'
      ? t(`the technical design of “${feature.title}”`, `o desenho técnico de “${feature.title}”`)
      : t(`to implement “${feature.title}” on the server`, `implementar “${feature.title}” no servidor`);
  const benefit =
    type === 'design'
      ? t('backend and frontend build against one contract', 'backend e frontend sigam um único contrato')
      : t('its rules hold for every client', 'as suas regras valham para qualquer cliente');
  return compose(language, { actor: PERSONS[type][language], want, benefit });
};

const WANT_VERB = { en: /^(?:to )?[a-z]+\b/, pt: /^\p{Ll}+(?:ar|er|ir|or)\b/u };

const wantOf = (title: string, language: Language): string => {
  const words = lowerFirst(title);
  if (language === 'pt') return WANT_VERB.pt.test(words) ? words : `usar “${title}”`;
  return `to use “${title}”`;
};

/** The user story of one card of a requirement: `As a …, I want …, so that …` / `Como …, quero …, para que …`. */
export const userStoryOf = (type: ChainType, feature: Feature, language: Language): string => {
  if (type !== 'frontend') return forEngineers(type, feature, language);
  if (feature.story !== undefined && looksWhole(feature.story, language))
    return stated(feature.story, feature, language);
  const actor = lowerFirst(feature.actor ?? GENERIC_ACTOR[language]);
  return compose(language, {
    actor,
    want: wantOf(feature.title, language),
    benefit: benefitOf(language, feature.title),
  });
};
