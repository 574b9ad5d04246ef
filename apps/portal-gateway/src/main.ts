import 'reflect-metadata';
import { Module, type DynamicModule } from '@nestjs/common';
import { processHost, runService } from '@squados/platform';
import { fileURLToPath } from 'node:url';
import { hostname } from 'node:os';
import { natsVariable } from '@squados/event-log/jetstream';
import { followFolder } from './follow-folder.js';
import { followNats } from './follow-nats.js';
import { gatewayVariables } from './gateway-variables.js';
import { startGateway } from './start-gateway.js';

@Module({})
class PortalGatewayService {}

const host = processHost();
const BUILT_PAGE = fileURLToPath(new URL('../../portal/dist/', import.meta.url));
const module: DynamicModule = { module: PortalGatewayService };

await runService({
  name: 'portal-gateway',
  variables: { ...gatewayVariables, nats: natsVariable },
  host,
  open: async ({ nats, data, assets = BUILT_PAGE, port, user }, logger) => {
    const name = `portal-gateway ${hostname()}-${process.pid}`;
    const folder = await (nats === undefined ? followFolder(data) : followNats({ access: nats, name }));
    folder.failed.catch((error: unknown) => {
      logger.error({ err: String(error) }, 'the log cannot be read any more');
      process.kill(process.pid, 'SIGTERM');
    });
    const actor = { kind: 'person', name: user } as const;
    const gateway = await startGateway({ ...folder, actor, assets, port, logger });
    host.write(`the page (opens once): ${gateway.link()}\n`);
    const close = async (): Promise<void> => {
      await gateway.close();
      await folder.close();
    };
    return { module, close };
  },
});
