import { detectLanguage } from '../requirements/index.js';
import type { JsonObject } from './given-plan.js';
import { objectOf, textOf } from './document.js';

const MAX = 20_000;

/** The language of what the contract says to people. */
export const languageOf = (root: JsonObject): 'pt' | 'en' => {
  const info = objectOf(root['info']);
  const told = Object.values(objectOf(root['paths'])).flatMap((item) =>
    Object.values(objectOf(item)).flatMap((operation) => [
      textOf(objectOf(operation)['summary']),
      textOf(objectOf(operation)['description']),
    ]),
  );
  return detectLanguage([textOf(info['title']), textOf(info['description']), ...told].join('\n').slice(0, MAX));
};
