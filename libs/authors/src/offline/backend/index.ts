export { createBackendRole, type BackendRoleOptions } from './create-backend-role.js';
export { FOLDER, type BackendWriter } from './shared/backend-writer.port.js';
export { planService, type Planned } from './shared/plan-service.js';
export type { EntityPlan, FilterPlan, OperationPlan, ServicePlan } from './shared/service-plan.js';
