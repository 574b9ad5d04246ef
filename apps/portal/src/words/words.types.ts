import type { FeedRow } from '@squados/portal-gateway/wire';
import type { en } from './en.js';

export type Language = 'en' | 'pt';
/** Every text of the page; the second language must have each of them. */
export type Words = typeof en;
export type Facts = FeedRow['facts'];
