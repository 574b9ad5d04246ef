/**
 * Kills the orchestrator that leads, again and again, while another stands by on the same NATS server, and measures from the kill
 * until a card that is added at that moment is enqueued: nobody but a leader does that.
 *
 * node tools/bundle.mjs apps/orchestrator && node tools/bench-bundle.mjs bench/failover/kills.ts --kills 20 [--out FILE]
 */
import { writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { decidedLane, START } from '@squados/contracts';
import type { EventLog } from '@squados/event-log';
import { openJetStreamLog } from '@squados/event-log/jetstream';
import { Appender, FoldProgress, LogFold, submitCommand } from '@squados/orchestrator';
import {
  addCards,
  PRODUCT,
  PROJECT,
  spec,
  START_PROJECT,
} from '../../apps/orchestrator/src/testing/project-fixture.js';
import { findNatsServers } from '../../libs/event-log/src/testing/find-nats-servers.js';
import { startNatsServer } from '../../libs/event-log/src/testing/nats-server.js';
import { startService, type ServiceProcess } from '../../apps/orchestrator/src/testing/service-process.js';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '20' }, out: { type: 'string', default: '' } },
});
const kills = Number(values.kills);
process.env['SQUADOS_TOOLCHAINS'] ||= resolve('.squados-toolchains');
const found = findNatsServers().find(({ program }) => program !== undefined);
if (found?.program === undefined) throw new Error('there is no nats-server here: squados setup nats');
const server = await startNatsServer(found.program);
const bundle = resolve('apps/orchestrator/dist/main.js');
const start = (): ServiceProcess =>
  startService(bundle, { NATS_URL: `nats://u0:p0@127.0.0.1:${server.port}`, SQUADOS_WINDOW: '100000' });

const waitFor = async (what: string, condition: () => boolean | Promise<boolean>): Promise<void> => {
  const end = performance.now() + 60_000;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`not within a minute: ${what}`);
    await delay(5);
  }
};
const leads = (service: ServiceProcess): boolean => service.lines('"msg":"leads"').length > 0;
const isUp = (service: ServiceProcess): boolean => service.lines('"msg":"up"').length > 0;

/** A writer beside the orchestrators, as a gateway is. */
const writer = (log: EventLog) => {
  const fold = new LogFold();
  const progress = new FoldProgress();
  const stop = new AbortController();
  const folding = (async () => {
    for await (const batch of log.follow({ after: START, signal: stop.signal })) {
      for (const commit of batch.commits) fold.apply(commit);
      fold.passed(batch.position);
      progress.reached(batch.position);
    }
  })();
  const appender = new Appender({ log, newId: randomUUID, source: 'gateway', now: () => Date.now() });
  const submit = async (command: Parameters<typeof submitCommand>[1]): Promise<void> => {
    const result = await submitCommand({ fold, progress, appender }, command);
    if (result.kind !== 'accepted') throw new Error(result.message);
  };
  return { submit, stop: async () => (stop.abort(), await folding) };
};

let [leader, standby] = [start(), start()];
const log = await openJetStreamLog({ access: server.access(), name: 'bench', stream: 'await', connectMs: 60_000 });
const gateway = writer(log);
await gateway.submit(START_PROJECT);
const times: number[] = [];
try {
  for (let i = 0; i < kills; i++) {
    await waitFor('both are up and one leads', () => [leader, standby].every(isUp) && [leader, standby].some(leads));
    if (!leads(leader)) [leader, standby] = [standby, leader];
    const card = spec(`PROD-${i}`);
    const killedAt = performance.now();
    await leader.end('SIGKILL');
    await gateway.submit(addCards([card]));
    const lane = decidedLane({ project: PROJECT, agent: PRODUCT, card: card.id });
    await waitFor('the card is enqueued', async () => (await log.last(lane)) !== undefined);
    times.push(performance.now() - killedAt);
    [leader, standby] = [standby, start()];
  }
} finally {
  await Promise.all([leader.end(), standby.end()]);
  await gateway.stop();
  await log.close();
  await server.dispose();
}

const sorted = [...times].sort((a, b) => a - b);
const at = (share: number): string =>
  `${((sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0) / 1000).toFixed(2)} s`;
const text = `# Fail-over of the orchestrator

\`node tools/bench-bundle.mjs bench/failover/kills.ts --kills ${kills}\`, on ${found.name}.

The leader is killed with SIGKILL while another stands by; measured from the kill until a card that is added at that moment is enqueued.

| kills | shortest | median | p95 | longest |
| ----- | -------- | ------ | --- | ------- |
| ${times.length} | ${at(0)} | ${at(0.5)} | ${at(0.95)} | ${at(1)} |
`;
process.stdout.write(text);
if (values.out !== '') writeFileSync(values.out, text);
