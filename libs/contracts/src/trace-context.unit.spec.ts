import { describe, expect, it } from '@jest/globals';
import { traceIdOf, traceparentOf } from './index.js';

const ID = '0af76519-16cd-43dd-8448-eb211c80319c';
const NEXT = 'b7ad6b71-6920-4331-9c3e-000000000001';

describe('trace context', () => {
  it('begins a trace with the event’s own id', () => {
    expect(traceparentOf(ID)).toBe('00-0af7651916cd43dd8448eb211c80319c-8448eb211c80319c-01');
  });
  it('goes on with the trace of what caused it, under a span of its own', () => {
    const traceparent = traceparentOf(NEXT, traceparentOf(ID));
    expect(traceparent).toBe('00-0af7651916cd43dd8448eb211c80319c-9c3e000000000001-01');
    expect(traceIdOf(traceparent)).toBe('0af7651916cd43dd8448eb211c80319c');
  });
  it('begins anew where the cause carries none, or something else', () => {
    expect(traceparentOf(NEXT, '00-xyz-01')).toBe(traceparentOf(NEXT));
    expect(traceIdOf('ff-0af7651916cd43dd8448eb211c80319c-8448eb211c80319c-01')).toBeUndefined();
  });
  it('carries none for an id that is no UUID', () => {
    expect(traceparentOf('event-1', traceparentOf(ID))).toBeUndefined();
  });
});
