/** JSON Schemas (draft 2020-12) of everything that others exchange with SquadOS, as data. The files in `schema/` are written from here. */
import { EVENT_VERSIONS } from '../events.js';
import { isEventType } from '../parse-event.js';
import { BACKLOG_MASTER_SCHEMA } from './backlog-master.schema.js';
import { eventSchema } from './event.schema.js';
import type { JsonSchema } from './pieces.js';

export { BACKLOG_MASTER_SCHEMA } from './backlog-master.schema.js';
export { eventSchema } from './event.schema.js';
export type { JsonSchema } from './pieces.js';

const events = Object.keys(EVENT_VERSIONS)
  .filter(isEventType)
  .map((type): readonly [string, JsonSchema] => [`event.${type}.v${EVENT_VERSIONS[type]}.json`, eventSchema(type)]);

/** File name → schema. */
export const SCHEMA_FILES: Readonly<Record<string, JsonSchema>> = {
  'backlog_master.json': BACKLOG_MASTER_SCHEMA,
  ...Object.fromEntries(events),
};

/** The text of a schema's file. */
export const schemaText = (schema: JsonSchema): string => `${JSON.stringify(schema, null, 2)}\n`;
