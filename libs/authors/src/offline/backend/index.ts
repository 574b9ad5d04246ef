import { goWriter } from './go/index.js';
import { createPythonWriter } from './python/index.js';
import type { BackendWriter } from './shared/backend-writer.port.js';

export { createBackendRole, type BackendRoleOptions } from './create-backend-role.js';
export { FOLDER, type BackendWriter } from './shared/backend-writer.port.js';
export { planService, type Planned } from './shared/plan-service.js';
export type { EntityPlan, FilterPlan, OperationPlan, ServicePlan } from './shared/service-plan.js';

/** One for each language that a backend can be written in. */
export const BACKEND_WRITERS: readonly BackendWriter[] = [createPythonWriter(), goWriter];
