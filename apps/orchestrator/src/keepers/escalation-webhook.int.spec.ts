import { afterEach, describe, expect, it } from '@jest/globals';
import { cardId, projectId } from '@squados/contracts';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addressForPeople, WebhookEscalation, type DeadLetter } from './escalation-webhook.js';

const LETTER: DeadLetter = {
  project: projectId('demo'),
  card: cardId('PROD-1'),
  title: 'Opening hours',
  agent: 'product',
  attempt: 3,
  reason: 'retries-exhausted',
  message: 'it broke',
};

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const serve = async (answer: RequestListener): Promise<URL> => {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?token=secret`);
};

const never = new AbortController().signal;

describe('the webhook', () => {
  it('posts the letter as JSON and records the address without its credentials', async () => {
    let body = '';
    let headers: Record<string, unknown> = {};
    const url = await serve((request, response) => {
      headers = { method: request.method, type: request.headers['content-type'] };
      request.on('data', (chunk: Buffer) => (body += chunk.toString())).on('end', () => response.end('thanks'));
    });
    const told = await new WebhookEscalation(url).tell(LETTER, never);
    expect(told).toEqual({ to: `http://${url.host}/hook`, outcome: 'delivered', message: 'answered 200' });
    expect(headers).toEqual({ method: 'POST', type: 'application/json' });
    expect(JSON.parse(body)).toEqual({ kind: 'card-dead-lettered', ...LETTER });
  });

  it.each([500, 404])('an answer of %i is a failure that says so', async (status) => {
    const url = await serve((_request, response) => void response.writeHead(status).end());
    expect(await new WebhookEscalation(url).tell(LETTER, never)).toMatchObject({
      outcome: 'failed',
      message: `answered ${status}`,
    });
  });

  it('follows no redirect: the letter goes only where it was told to go', async () => {
    const url = await serve((_request, response) => void response.writeHead(302, { location: '/other' }).end());
    expect(await new WebhookEscalation(url).tell(LETTER, never)).toMatchObject({ outcome: 'failed' });
  });

  it('gives up on a receiver that never answers', async () => {
    const url = await serve(() => undefined);
    expect(await new WebhookEscalation(url, 50).tell(LETTER, never)).toMatchObject({
      outcome: 'failed',
      message: 'no answer in time',
    });
  });

  it('a receiver that is not there is a failure with the system’s own word', async () => {
    const url = await serve(() => undefined);
    await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
    const told = await new WebhookEscalation(url).tell(LETTER, never);
    expect(told.outcome).toBe('failed');
    expect(told.message).toContain('ECONNREFUSED');
  });

  it('user and password of an address never reach the log', () => {
    expect(addressForPeople(new URL('https://user:pass@chat.example.org/hooks/a?key=1#x'))).toBe(
      'https://chat.example.org/hooks/a',
    );
  });
});
