import type { Actor } from '@squados/contracts';
import {
  gatewayObserver,
  startGateway,
  type Gateway,
  type GatewayObserver,
  type GatewaySource,
} from '@squados/portal-gateway';
import type { Logger } from '@squados/platform';
import { fileURLToPath } from 'node:url';

/** The live page of a run: who sits at it, where it listens, what takes its documents. */
export interface PageOptions {
  readonly port?: number;
  readonly actor: Actor;
  readonly intake: (target: Omit<GatewaySource, 'intake'>) => NonNullable<GatewaySource['intake']>;
}

export interface PageParts {
  readonly options: PageOptions;
  readonly source: Omit<GatewaySource, 'intake'>;
  readonly observer: GatewayObserver;
  readonly logger: Logger;
}

export const pageObserver = gatewayObserver;

/** The built page lies beside the bundled app. */
const ASSETS = fileURLToPath(new URL('../../portal/dist/', import.meta.url));

export const openPage = ({ options, source, observer, logger }: PageParts): Promise<Gateway> =>
  startGateway({
    source: { ...source, intake: options.intake(source) },
    observer,
    actor: options.actor,
    assets: ASSETS,
    ...(options.port === undefined ? {} : { port: options.port }),
    logger,
  });
