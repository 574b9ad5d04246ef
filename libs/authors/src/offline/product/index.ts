export { createProductRole, type ProductRoleOptions } from './create-product-role.js';
export { cardFileName, specPath } from './card-path.js';
export { kindOf, type CardKind } from './card-kind.js';
export { EFFORT_RULE } from './effort.js';
