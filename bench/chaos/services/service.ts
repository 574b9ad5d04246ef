/** The services of the fleet: put together as those of `apps/*`, but that the agents' author is ours and every append has a witness. */
import { openAgentPlace } from '@squados/agent-runtime/alone';
import { agentService } from '@squados/agent-runtime';
import { agentName } from '@squados/contracts';
import { observeLog } from '@squados/event-log';
import { natsVariable } from '@squados/event-log/jetstream';
import { agentMicroservice } from '@squados/nest-transport';
import { OrchestratorModule } from '@squados/orchestrator';
import { agentVariables, orchestratorVariables, processHost, runService, serviceProviders } from '@squados/platform';
import { followNats, startGateway } from '@squados/portal-gateway';
import { openOrchestratorOnNats } from '../../../apps/orchestrator/src/open-on-nats.js';
import { linkTeller } from '../../../apps/portal-gateway/src/gateway-signals.js';
import { gatewayVariables } from '../../../apps/portal-gateway/src/gateway-variables.js';
import { brokenPlace, isBreakage } from './broken-log.js';
import { chaosRole } from './chaos-role.js';
import { observerOf, overhear, Witness } from './witness.js';

const setting = (name: string): string => process.env[name] ?? '';
const witness = (): Witness => new Witness(setting('CHAOS_WITNESS'));
const myself = (): string => setting('SQUADOS_WORKER');

const orchestrator = (): Promise<void> =>
  runService({
    name: 'orchestrator',
    variables: { ...orchestratorVariables, nats: natsVariable },
    host: processHost(),
    open: async ({ nats, window }, logger, signals) => {
      if (nats === undefined) throw new Error('NATS_URL is not set');
      overhear(signals.metrics.cards, witness());
      const onFailure = (): void => void process.kill(process.pid, 'SIGTERM');
      const place = await openOrchestratorOnNats({
        ...{ window, logger, signals, onFailure, access: nats, name: myself() },
        ackWaitMs: Number(setting('CHAOS_ACK_WAIT_MS')),
      });
      return { module: OrchestratorModule.register(place.engine), close: () => place.close() };
    },
  });

const AGENT = Symbol('the agent');
class ChaosAgent {}

const agent = (): Promise<void> =>
  runService({
    name: `agent-${setting('CHAOS_AGENT')}`,
    variables: { ...agentVariables, nats: natsVariable },
    host: processHost(),
    open: async ({ nats, concurrency, leaseMs, graceMs }, logger, signals) => {
      const mine = agentName(setting('CHAOS_AGENT'));
      const worker = myself();
      const opened = await openAgentPlace({ nats, data: '', worker, logger, signals, agent: mine });
      const breakage = setting('CHAOS_BROKEN');
      const { claims, ...place } = isBreakage(breakage) ? brokenPlace(opened, breakage) : opened;
      const log = observeLog(place.log, observerOf(witness()));
      const [version, workMs] = [Number(setting('CHAOS_VERSION')), Number(setting('CHAOS_WORK_MS'))];
      const slots = { worker, concurrency, leaseMs, graceMs, logger };
      const role = chaosRole({ agent: mine, version, workMs });
      const create = () => agentService(role, { ...place, log, ...slots });
      const providers = serviceProviders({ token: AGENT, create });
      const module = { module: ChaosAgent, providers, exports: [AGENT] };
      const transport = { claims, agent: mine, ...slots };
      return { ...agentMicroservice({ module, handler: AGENT, transport }), close: () => place.close() };
    },
  });

class ChaosGateway {}

const gateway = (): Promise<void> =>
  runService({
    name: 'portal-gateway',
    variables: { ...gatewayVariables, nats: natsVariable },
    host: processHost(),
    open: async ({ nats, port, host, user }, logger, signals) => {
      if (nats === undefined) throw new Error('NATS_URL is not set');
      overhear(signals.metrics.cards, witness());
      signals.health.expect('log', 'fold', 'page');
      const observer = linkTeller(logger, signals);
      const folder = await followNats({ access: nats, name: myself(), signals, observer });
      signals.health.report('fold', true);
      folder.failed.catch((error: unknown) => {
        logger.error({ err: String(error) }, 'the log cannot be read any more');
        process.kill(process.pid, 'SIGTERM');
      });
      const actor = { kind: 'person', name: user } as const;
      const page = await startGateway({ ...folder, actor, assets: '', port, host, logger });
      signals.health.report('page', true);
      logger.info({}, `the page (opens once): ${page.link()}`);
      const close = async (): Promise<void> => {
        await page.close();
        await folder.close();
      };
      return { module: { module: ChaosGateway }, close };
    },
  });

const SERVICES = { orchestrator, agent, gateway };
export type ServiceKind = keyof typeof SERVICES;

export const isServiceKind = (text: string | undefined): text is ServiceKind =>
  text !== undefined && Object.hasOwn(SERVICES, text);

/** This process as one of the fleet; it does not outlive whoever started it. */
export const runChaosService = (kind: ServiceKind): Promise<void> => {
  process.once('disconnect', () => process.exit(1));
  process.channel?.unref();
  return SERVICES[kind]();
};
