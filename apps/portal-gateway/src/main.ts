import 'reflect-metadata';
import { Module, type DynamicModule } from '@nestjs/common';
import { processHost, runService } from '@squados/platform';
import { fileURLToPath } from 'node:url';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { natsVariable } from '@squados/event-log/jetstream';
import { followFolder } from './follow-folder.js';
import { followNats } from './follow-nats.js';
import { linkTeller } from './gateway-signals.js';
import { gatewayVariables } from './gateway-variables.js';
import { sessionFile } from './security/session-file.js';
import { startGateway } from './start-gateway.js';

@Module({})
class PortalGatewayService {}

const BUILT_PAGE = fileURLToPath(new URL('../../portal/dist/', import.meta.url));
const SESSIONS = 'page-sessions.json';
const module: DynamicModule = { module: PortalGatewayService };

await runService({
  name: 'portal-gateway',
  variables: { ...gatewayVariables, nats: natsVariable },
  host: processHost(),
  open: async ({ nats, data, assets = BUILT_PAGE, port, host, user }, logger, signals) => {
    signals.health.expect('log', 'fold', 'page');
    const name = `portal-gateway ${hostname()}-${process.pid}`;
    const folder = await (nats === undefined
      ? followFolder(data, signals)
      : followNats({ access: nats, name, signals, observer: linkTeller(logger, signals) }));
    signals.health.report('fold', true);
    folder.failed.catch((error: unknown) => {
      logger.error({ err: String(error) }, 'the log cannot be read any more');
      process.kill(process.pid, 'SIGTERM');
    });
    const actor = { kind: 'person', name: user } as const;
    // On a folder the log is another process's, and so is what lies beside it.
    const sessions = nats === undefined ? {} : { sessions: sessionFile(join(data, SESSIONS), logger) };
    const gateway = await startGateway({ ...folder, ...sessions, actor, assets, port, host, logger });
    signals.health.report('page', true);
    logger.info({}, `the page (opens once): ${gateway.link()}`);
    const close = async (): Promise<void> => {
      await gateway.close();
      await folder.close();
    };
    return { module, close };
  },
});
