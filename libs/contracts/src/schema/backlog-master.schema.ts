import { LIMITS } from '../limits.js';
import { DRAFT, id, list, type JsonSchema } from './pieces.js';

const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] });
const ids = orNull(list(id, LIMITS.dependencies));
const texts = orNull({ type: 'array', items: { type: 'string' }, maxItems: LIMITS.items });
const words = orNull({ type: 'string' });

/** A card of the file in any of its variants: `id` or `card_id`; dependencies under one or more of three names; foreign fields welcome. */
const card: JsonSchema = {
  type: 'object',
  anyOf: [
    { properties: { id }, required: ['id'] },
    { properties: { card_id: id }, required: ['card_id'] },
  ],
  properties: {
    id,
    card_id: id,
    title: words,
    description: words,
    type: words,
    status: words,
    priority: orNull({ type: ['string', 'integer'] }),
    dependencies: ids,
    depends_on: ids,
    blocked_by: ids,
    blocks: ids,
    acceptance_criteria: texts,
    requirement_ids: texts,
    deliverables: texts,
    effort: orNull({ type: ['string', 'number'] }),
    effort_estimate: orNull({ type: ['string', 'number'] }),
    user_story: words,
    business_value: words,
    parent_card: words,
    agent: words,
    squad: words,
    assigned_to: words,
  },
};

/** `backlog_master.json` as found in the wild. The importer holds what a schema can't say: unique ids, known targets, no cycle. */
export const BACKLOG_MASTER_SCHEMA: JsonSchema = {
  $schema: DRAFT,
  $id: 'urn:squados:schema:backlog-master:1',
  title: 'backlog_master.json',
  type: 'object',
  required: ['cards'],
  properties: {
    project: words,
    project_name: words,
    cards: list(card, LIMITS.cards),
    journal: { type: 'array' },
    metadata: { type: 'object' },
    statistics: { type: 'object' },
  },
};
