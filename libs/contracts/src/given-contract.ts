import type { CardSpec } from './card.js';

/** Type of the card whose attached OpenAPI document is taken as the design, as it is. */
export const GIVEN_CONTRACT = 'given-contract';
/** What of a given contract is served, how, and what is not and why: handed over beside the contract. */
export const GIVEN_PLAN_FILE = 'arquitetura/contrato-dado.json';

/** A card that hands a given contract over as the design. */
export const isGivenContract = (card: Pick<CardSpec, 'type'>): boolean => card.type === GIVEN_CONTRACT;

/** Whether a project was begun from a given contract: its design is the contract, not ours. */
export const hasGivenDesign = (cards: readonly Pick<CardSpec, 'type'>[]): boolean => cards.some(isGivenContract);

/** Type of the card whose attached SQL scripts are the schema that its design is made from. */
export const GIVEN_SCHEMA = 'given-schema';

/** A card that makes the design out of a given database schema. */
export const isGivenSchema = (card: Pick<CardSpec, 'type'>): boolean => card.type === GIVEN_SCHEMA;
