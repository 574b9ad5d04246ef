import type { DomainModel } from '@squados/contracts';

/** What all files of the infrastructure owner are written from. */
export interface InfraPlan {
  /** DNS label (RFC 1123) of at most 40 characters: `neighbourhood-library`. */
  readonly name: string;
  readonly title: string;
  readonly language: 'pt' | 'en';
  readonly backend: 'python' | 'go';
  /** `/api/v1`: what the contract's server says. */
  readonly apiBase: string;
}

export const HEALTH = { live: '/health/live', ready: '/health/ready' } as const;
export const PORTS = { backend: 8080, frontend: 8081, store: 5432 } as const;

const MAX_NAME = 40;

/** Letters and digits of a title as a DNS label; never empty. */
export const dnsLabel = (text: string): string => {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_NAME)
    .replace(/^-+|-+$/g, '');
  return /^[a-z]/.test(plain) ? plain : `product${plain === '' ? '' : `-${plain}`}`.slice(0, MAX_NAME);
};

export const planFor = (model: DomainModel, backend: InfraPlan['backend'], apiBase: string): InfraPlan => ({
  name: dnsLabel(model.product),
  title: model.product.replace(/\s+/g, ' ').trim(),
  language: model.language,
  backend,
  apiBase,
});
