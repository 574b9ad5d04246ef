export * from './given-plan.js';
export { looksLikeContract, type ContractRefusal } from './open-contract.js';
export { planContract, type PlannedContract } from './plan-contract.js';
export { componentSchemas, schema2020 } from './schema-2020.js';
export { isObjectSchema, itemsOf, keyword, shapeOf, typesOf, type Shape } from './shape.js';
export { createSchemaChecker, type SchemaChecker } from './schema-checker.js';
export { sampleValue } from './sample-value.js';
