import { createHash } from 'node:crypto';

import { encodeToken } from '@squados/contracts';

const LONGEST = 120;

/**
 * A folder or file name for a card id, whatever the id holds: no dot, slash or space survives, two ids never share a name
 * (upper and lower case count as different), and none is longer than 120 characters.
 */
export const cardFileName = (id: string): string => {
  const token = encodeToken(id);
  if (token.length <= LONGEST) return token;
  return `${token.slice(0, LONGEST - 18)}=x${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;
};

export const specPath = (id: string): string => `produto/specs/${cardFileName(id)}/spec.md`;

/** A readable file name for a heading: ASCII, lower case, at most 60 characters. */
export const slug = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-|-$/g, '') || 'area';
