import { prefixOf } from './agents.js';
import type { CardSpec } from './card.js';

export type DeployTarget = 'local' | 'staging' | 'production';

/** A card that starts a product somewhere, rather than describing how. */
export const isDeployCard = (card: CardSpec): boolean =>
  prefixOf(card.id) === 'DEPLOY' || /^(?:deploy(?:ment)?|implanta[cç][aã]o)$/i.test(card.type ?? '');

const TARGETS: Readonly<Record<Exclude<DeployTarget, 'local'>, RegExp>> = {
  production: /^(?:production|produ[cç][aã]o|prod)\b/iu,
  staging: /^(?:staging|homologa[cç][aã]o|hml)\b/iu,
};
/** Only "deploy to X" counts: a product may be about production. */
const HEADED =
  /\b(?:deploy(?:ment)?|release|implanta(?:r|[cç][aã]o)|publica(?:r|[cç][aã]o))\s+(?:to|in|on|em|para|de)\s+(?:the\s+|a\s+|o\s+)?/iu;

const named = (text: string): DeployTarget | undefined => {
  const word = text.normalize('NFC').trim();
  if (TARGETS.production.test(word)) return 'production';
  return TARGETS.staging.test(word) ? 'staging' : undefined;
};

const afterDeployTo = (title: string): string => {
  const head = HEADED.exec(title);
  return head ? title.slice(head.index + head[0].length) : '';
};

/** Where a DEPLOY card goes: what its fields say, else its title's words, else this machine. */
export const deployTarget = (card: CardSpec): DeployTarget => {
  const stated = card.extra?.['target'] ?? card.extra?.['environment'];
  return named(typeof stated === 'string' ? stated : '') ?? named(afterDeployTo(card.title)) ?? 'local';
};
