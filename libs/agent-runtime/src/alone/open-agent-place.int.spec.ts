import { describe, expect, it } from '@jest/globals';
import { agentName } from '@squados/contracts';
import { openJetStreamLog } from '@squados/event-log/jetstream';
import { anyNatsServer, startNatsServer, until, WITHOUT_NATS } from '@squados/event-log/testing';
import { silentLogger } from '../index.js';
import { openAgentPlace } from './index.js';
import { silentSignals } from './place-signals.js';

const program = anyNatsServer();
const itHere = program === undefined ? it.skip : it;

describe(`what an agent tells of its place${program === undefined ? WITHOUT_NATS : ''}`, () => {
  itHere(
    'is that the log is not reached yet, there, away, and there again',
    async () => {
      const told: string[] = [];
      const health = {
        expect: (...names: readonly string[]) => void told.push(`expects ${names.join()}`),
        report: (name: string, ready: boolean) => void told.push(`${name} ${ready ? 'ready' : 'missing'}`),
      };
      const server = await startNatsServer(program!);
      const nats = server.access();
      const opening = openAgentPlace({
        ...{ nats, data: '', agent: agentName('product'), worker: 'w', logger: silentLogger },
        signals: { ...silentSignals, health },
      });
      expect(told).toEqual(['expects log,catalog']);
      const orchestrator = await openJetStreamLog({ access: nats, name: 'orchestrator', stream: { kind: 'make' } });
      const place = await opening;
      await until('the catalog is at the head', () => told.includes('catalog ready'), 30_000);
      await server.kill();
      await until('it is away', () => told.includes('log missing'), 30_000);
      await server.start();
      await until('it is there again', () => told.at(-1) === 'log ready', 30_000);
      expect(told).toEqual(['expects log,catalog', 'log ready', 'catalog ready', 'log missing', 'log ready']);
      await place.close();
      await orchestrator.close();
      await server.dispose();
    },
    120_000,
  );

  itHere(
    'is that its log is another one than before, and then it stops: nothing could be worked on any more',
    async () => {
      const server = await startNatsServer(program!);
      const nats = server.access();
      const maker = await openJetStreamLog({ access: nats, name: 'orchestrator', stream: { kind: 'make' } });
      let stops = 0;
      const missing: string[] = [];
      const health = {
        expect: () => undefined,
        report: (name: string, ready: boolean, detail = '') => void (ready || missing.push(`${name}: ${detail}`)),
      };
      const place = await openAgentPlace({
        ...{ nats, data: '', agent: agentName('product'), worker: 'w', logger: silentLogger },
        ...{ signals: { ...silentSignals, health }, onFailure: () => (stops += 1) },
      });
      await maker.connection.request('$JS.API.STREAM.DELETE.SQUAD_LOG', '');
      await until('it is told to stop', () => stops === 1, 30_000);
      expect(missing.join()).toContain('catalog: there is no stream SQUAD_LOG');
      await Promise.all([place.close(), maker.close()]);
      await server.dispose();
    },
    120_000,
  );
});
