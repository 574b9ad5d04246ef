import { join } from 'node:path';
import { findTargets } from '../cluster/metrics-targets.js';
import type { Check } from './check.js';

/** Where health and metrics are answered. */
export const signalsCheck = (root: string, cwd: string): Check => {
  const fleet = findTargets([root, join(root, 'cluster'), join(cwd, '.squados', 'cluster')]);
  const says =
    fleet === undefined
      ? 'no fleet here; a service answers /metrics and /health/ready on HTTP_PORT, and says the port when it is up'
      : `${fleet.count} processes answer /metrics and /health/ready: their addresses are in ${fleet.file}`;
  return { name: 'metrics', state: 'ok', says };
};
