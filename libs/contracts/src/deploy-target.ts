import { prefixOf } from './agents.js';
import type { CardSpec } from './card.js';

export type DeployTarget = 'local' | 'staging' | 'production';

/** A card that starts a product somewhere, rather than describing how. */
export const isDeployCard = (card: CardSpec): boolean =>
  prefixOf(card.id) === 'DEPLOY' || /^(?:deploy(?:ment)?|implanta[cç][aã]o)$/i.test(card.type ?? '');

/** Where a DEPLOY card goes: what its fields say, else its title's words, else this machine. */
export const deployTarget = (card: CardSpec): DeployTarget => {
  const stated = card.extra?.['target'] ?? card.extra?.['environment'];
  return named(typeof stated === 'string' ? stated : '') ?? named(card.title) ?? 'local';
};

const named = (text: string): DeployTarget | undefined => {
  if (/\b(?:production|produ[cç][aã]o|prod)\b/iu.test(text.normalize('NFC'))) return 'production';
  if (/\b(?:staging|homologa[cç][aã]o|hml)\b/iu.test(text.normalize('NFC'))) return 'staging';
  return /\blocal\b/iu.test(text) ? 'local' : undefined;
};
