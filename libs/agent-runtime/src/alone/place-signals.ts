import { observeClaims, observeLog, type EventLog, type LogObserver, type WorkClaim } from '@squados/event-log';
import { followCatalog, type CatalogFollower } from '../catalog-follower.js';
import { catalogTaskSource } from '../catalog-task-source.js';
import { messageOf } from '../describe-error.js';
import type { AgentFolder } from './open-agent-folder.js';

/** Where a place tells of its condition: `log` is there, `catalog` has reached the head. */
export interface PlaceSignals {
  readonly health: {
    expect(...names: readonly string[]): void;
    report(name: string, ready: boolean, detail?: string): void;
  };
  readonly metrics: { readonly cards: LogObserver };
}

const nothing = (): void => undefined;
export const silentSignals: PlaceSignals = {
  health: { expect: nothing, report: nothing },
  metrics: { cards: { appended: nothing, conflicted: nothing, delivered: nothing, folded: nothing, taken: nothing } },
};

export interface OpenedLog {
  readonly log: EventLog;
  readonly claims: WorkClaim;
  readonly signals: PlaceSignals;
}

/** A log with its catalog, both telling of themselves. The follower belongs to the caller. */
export const watchedPlace = ({
  log: opened,
  claims,
  signals: { health, metrics },
}: OpenedLog): Pick<AgentFolder, 'log' | 'claims' | 'tasks' | 'watch'> & { readonly catalog: CatalogFollower } => {
  health.report('log', true);
  const log = observeLog(opened, metrics.cards);
  const catalog = followCatalog(log);
  catalog.caughtUp().then(
    () => health.report('catalog', true),
    (error: unknown) => health.report('catalog', false, messageOf(error)),
  );
  catalog.failed.catch((error: unknown) => health.report('catalog', false, messageOf(error)));
  const tasks = catalogTaskSource(() => catalog.catalog(), catalog.waitForPosition);
  return { log, claims: observeClaims(claims, metrics.cards), tasks, watch: catalog.watch, catalog };
};
