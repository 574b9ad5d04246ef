import { Validator } from '@seriousme/openapi-schema-validator';
import type { Finding } from '@squados/contracts';
import type { CheckReport, OpenApiInput } from '../pool/job.js';
import { count, reportOf } from '../pool/report.js';
import { checkExamples, type ExamplesReport } from './examples.js';
import { checkOperations, operationsOf } from './operations.js';
import { isObject } from './json-tree.js';
import { isParsed, parseDocument, type ParsedDocument } from './parsed-document.js';
import { checkReferences, withoutDataReferences } from './references.js';

interface SchemaError {
  readonly instancePath: string;
  readonly message?: string;
  readonly keyword?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

const NAMING = ['additionalProperty', 'unevaluatedProperty', 'missingProperty', 'allowedValue'];

const detail = ({ params = {} }: SchemaError): string => {
  const named = NAMING.map((key) => params[key]).find((value) => typeof value === 'string');
  return typeof named === 'string' ? ` ("${named}")` : '';
};

const schemaFinding = (document: ParsedDocument, error: SchemaError): Finding => ({
  path: document.path,
  line: document.lineOf(error.instancePath),
  rule: `schema-${error.keyword ?? 'invalid'}`,
  severity: 'error',
  message: `${error.instancePath || 'the document'} ${error.message ?? 'is invalid'}${detail(error)}`,
});

/** Compiling OpenAPI's own schema takes longer than holding a document to it; nothing of a document stays in it. */
const validator = new Validator();

const checkSchema = async (document: ParsedDocument): Promise<readonly Finding[]> => {
  const { valid, errors } = await validator.validate(withoutDataReferences(document.root) as never);
  if (valid || errors === undefined) return [];
  if (Array.isArray(errors)) return (errors as SchemaError[]).map((error) => schemaFinding(document, error));
  return [{ path: document.path, line: 1, rule: 'schema-invalid', severity: 'error', message: String(errors) }];
};

const tally = (document: ParsedDocument, examples: ExamplesReport): string => {
  const { root } = document;
  const paths = isObject(root['paths']) ? Object.keys(root['paths']).length : 0;
  const schemas =
    isObject(root['components']) && isObject(root['components']['schemas'])
      ? Object.keys(root['components']['schemas']).length
      : 0;
  const version = `OpenAPI ${typeof root['openapi'] === 'string' ? root['openapi'] : 'without a version'}`;
  const left = examples.left > 0 ? `, ${examples.left} more not looked at` : '';
  return `${version}, ${count(paths, 'path')}, ${count(operationsOf(root).length, 'operation')}, ${count(schemas, 'schema')}, ${count(examples.checked, 'example')}${left}`;
};

const NO_EXAMPLES: ExamplesReport = { checked: 0, left: 0, findings: [] };

/** Document against OpenAPI's own schema; references, ids and path parameters, which that schema cannot see. */
const checkStructure = async (document: ParsedDocument): Promise<readonly Finding[]> => {
  const references = checkReferences(document);
  const schema = await checkSchema(document);
  // A reference to nothing is reported once, by us, with its line; the validator only names the first.
  const other = references.length > 0 ? schema.filter((f) => f.rule !== 'schema-invalid') : schema;
  return [...other, ...references, ...checkOperations(document)];
};

/** Whether a document is a valid description, and whether its examples fit their schemas; or one of both. */
export const checkOpenApi = async ({ part, ...file }: OpenApiInput): Promise<CheckReport> => {
  const document = parseDocument(file);
  if (!isParsed(document)) return reportOf('OpenAPI', [document]);
  const structure = part === 'examples' ? [] : await checkStructure(document);
  const examples = part === 'structure' ? NO_EXAMPLES : await checkExamples(document);
  return reportOf(tally(document, examples), [...structure, ...examples.findings]);
};

export const prepareOpenApiCheck = (): typeof checkOpenApi => checkOpenApi;
