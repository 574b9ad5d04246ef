import { describe, expect, it } from '@jest/globals';
import { parseAckSubject } from './ack-subject.js';
import { parseNatsUrl } from './nats-access.js';

describe('the address of a server', () => {
  it.each([
    ['nats://127.0.0.1:4222', { servers: ['127.0.0.1:4222'], tls: false }],
    ['nats.example', { servers: ['nats.example:4222'], tls: false }],
    ['tls://a:1', { servers: ['a:1'], tls: true }],
    [' nats://a , nats://b:5 ', { servers: ['a:4222', 'b:5'], tls: false }],
    ['nats://us%40er:p%3Aw@a', { servers: ['a:4222'], tls: false, user: 'us@er', password: 'p:w' }],
    ['nats://s3cret@a', { servers: ['a:4222'], tls: false, token: 's3cret' }],
    ['nats://[::1]:4222', { servers: ['[::1]:4222'], tls: false }],
  ])('%s', (text, access) => {
    expect(parseNatsUrl(text)).toEqual({ kind: 'access', access });
  });

  it.each([
    [''],
    [','],
    ['http://a'],
    ['nats://'],
    ['nats://a/path'],
    ['nats://a:99999'],
    ['nats://a?x=1'],
    ['nats://u:p w@'],
  ])('%p is none, and what is wrong is said without repeating it', (text) => {
    const result = parseNatsUrl(text);
    expect(result).toMatchObject({ kind: 'invalid', reason: expect.stringContaining('nats://127.0.0.1:4222') });
    expect(JSON.stringify(result)).not.toContain('p w');
  });
});

describe('what the server says of a delivery', () => {
  const numbers = { delivery: 2, sequence: 17, consumerSequence: 5, pending: 3 };
  it.each([
    ['the short form', '$JS.ACK.SQUAD_LOG.work-qa.2.17.5.1700000000000000000.3'],
    ['the long form', '$JS.ACK.hub.ACCOUNT.SQUAD_LOG.work-qa.2.17.5.1700000000000000000.3.token'],
    ['the long form without a token', '$JS.ACK._.ACCOUNT.SQUAD_LOG.work-qa.2.17.5.1700000000000000000.3'],
  ])('is read from %s', (_, subject) => {
    expect(parseAckSubject(subject)).toEqual(numbers);
  });
  it.each([['_INBOX.x'], ['$JS.ACK.a.b.c'], ['$JS.ACK.S.c.one.17.5.1.3'], ['']])('%p says nothing', (subject) => {
    expect(parseAckSubject(subject)).toBeUndefined();
  });
});
