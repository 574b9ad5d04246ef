export { createArchRole } from './create-arch-role.js';
export { createDerivation, type Derivation, type Derived } from './derive/derive-model.js';
export type { Contradiction, RequirementSource } from './derive/draft.js';
export { isDesignCard } from './task/design-cards.js';
export { writeOpenApi } from './write/openapi.js';
export { writeMigration, writeSchema } from './write/sql.js';
