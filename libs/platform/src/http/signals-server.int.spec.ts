import { afterEach, describe, expect, it } from '@jest/globals';
import { HealthState } from '../health/health-state.js';
import { startSignalsServer, type SignalsServer } from './signals-server.js';

let server: SignalsServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const ask = async (path: string, init: RequestInit = {}) => {
  server ??= await startSignalsServer({
    ...{ host: '127.0.0.1', port: 0, health: new HealthState() },
    metrics: { contentType: 'text/plain', text: () => Promise.resolve('m 1\n') },
  });
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, init);
  return { status: response.status, headers: response.headers, body: await response.text() };
};

describe('health and metrics over HTTP', () => {
  it('are answered to GET and HEAD alone, kept by nobody', async () => {
    const { status, headers, body } = await ask('/metrics?x=1');
    expect([status, headers.get('content-type'), headers.get('cache-control'), body]).toEqual([
      ...[200, 'text/plain', 'no-store', 'm 1\n'],
    ]);
    expect(await ask('/metrics', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
    expect(await ask('/health/live', { method: 'POST', body: '{}' })).toMatchObject({ status: 405 });
  });
  it('name the paths there are for any other', async () => {
    for (const path of ['/', '/health', '/constructor', '/__proto__', '/health/../etc']) {
      const { status, body } = await ask(path);
      expect([status, JSON.parse(body)]).toMatchObject([404, { paths: expect.arrayContaining(['/health/ready']) }]);
    }
  });
  it('go on when metrics cannot be read', async () => {
    server = await startSignalsServer({
      ...{ host: '127.0.0.1', port: 0, health: new HealthState() },
      metrics: { contentType: 'text/plain', text: () => Promise.reject(new Error('torn')) },
    });
    expect(await ask('/metrics')).toMatchObject({ status: 500, body: expect.stringContaining('torn') });
    expect(await ask('/health/live')).toMatchObject({ status: 200 });
    const closing = server.close();
    expect(server.close()).toBe(closing);
    await closing;
  });
});
