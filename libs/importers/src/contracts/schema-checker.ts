import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Json, JsonObject } from './given-plan.js';
import { isObject } from './document.js';
import { componentSchemas, schema2020 } from './schema-2020.js';

/** Says whether a value fits a schema of the contract. A schema that can't be read fits nothing. */
export type SchemaChecker = (schema: Json, value: Json) => boolean;

export const createSchemaChecker = (root: JsonObject): SchemaChecker => {
  const is30 = String(root['openapi']).startsWith('3.0');
  const components = componentSchemas(root);
  const ajv = new Ajv2020({ strict: false, logger: false, allErrors: false, validateSchema: false });
  (addFormats as unknown as { default: (a: Ajv2020) => void }).default(ajv);
  ajv.addSchema({ $id: CONTRACT, ...components });
  return (schema, value) => {
    try {
      return ajv.compile(absolute(schema2020(schema, is30)) as object)(value);
    } catch {
      return false;
    }
  };
};

const CONTRACT = 'https://contract.invalid/';

/** References into the contract, as they are read from outside of it. */
const absolute = (node: Json): Json => {
  if (Array.isArray(node)) return (node as readonly Json[]).map(absolute);
  if (!isObject(node)) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string' && value.startsWith('#') ? `${CONTRACT}${value}` : absolute(value),
    ]),
  );
};
