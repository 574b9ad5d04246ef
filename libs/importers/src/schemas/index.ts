export * from './given-schema.js';
export { leftLines, leftWords } from './left-words.js';
export { planSchema, type SchemaFile } from './plan-schema.js';
