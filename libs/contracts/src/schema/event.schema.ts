import { EVENT_VERSIONS, type EventType } from '../events.js';
import { LIMITS, TIME_PATTERN, TRACEPARENT_PATTERN, UUID_PATTERN } from '../limits.js';
import { EVENT_DATA_SCHEMAS } from './event-data.schema.js';
import { closed, DRAFT, filled, type JsonSchema } from './pieces.js';

/** Envelope (CloudEvents 1.0, structured JSON) and data of one event type in its current version. */
export const eventSchema = (type: EventType): JsonSchema => ({
  $schema: DRAFT,
  $id: `urn:squados:schema:event:${type}:${EVENT_VERSIONS[type]}`,
  title: type,
  ...closed(
    {
      specversion: { const: '1.0' },
      id: { type: 'string', pattern: UUID_PATTERN },
      source: filled(LIMITS.line),
      type: { const: type },
      version: { const: EVENT_VERSIONS[type] },
      subject: filled(LIMITS.line),
      time: { type: 'string', pattern: TIME_PATTERN },
      data: EVENT_DATA_SCHEMAS[type],
    },
    {
      traceparent: { type: 'string', pattern: TRACEPARENT_PATTERN },
      correlationid: filled(LIMITS.line),
      causationid: filled(LIMITS.line),
    },
  ),
});
