import {
  BaseResolver,
  createConfig,
  getLineColLocation,
  lintFromString,
  logger,
  ResolveError,
  type Config,
} from '@redocly/openapi-core';
import type { Finding } from '@squados/contracts';
import type { CheckReport, TextFile } from '../pool/job.js';
import { count, reportOf } from '../pool/report.js';
import { operationsOf } from './operations.js';
import { isParsed, parseDocument } from './parsed-document.js';

/** Neither disk nor network, whatever a reference says. */
class ClosedResolver extends BaseResolver {
  override loadExternalRef(absoluteRef: string): Promise<never> {
    return Promise.reject(new ResolveError(new Error(`external reference ${absoluteRef} is never fetched`)));
  }
}

type Problem = Awaited<ReturnType<typeof lintFromString>>[number];

const findingOf = (path: string, problem: Problem): Finding => {
  const at = problem.location[0];
  return {
    path,
    ...(at ? { line: getLineColLocation(at).start.line } : {}),
    rule: problem.ruleId,
    severity: problem.severity === 'error' ? 'error' : 'warning',
    message: problem.message.replace(/\s+/g, ' ').trim(),
  };
};

const silent = (): boolean => false;

/** The `recommended` rules, no configuration file, no ignore file. */
const recommended = async (): Promise<Config> => {
  logger.info = silent;
  logger.warn = silent;
  return createConfig({ extends: ['recommended'] }, { externalRefResolver: new ClosedResolver() });
};

const lint = async (config: Config, { path, text }: TextFile): Promise<CheckReport> => {
  const parsed = parseDocument({ path, text });
  if (!isParsed(parsed)) return reportOf('OpenAPI lint', [parsed]);
  const problems = await lintFromString({
    source: text,
    absoluteRef: '/openapi.yaml',
    config,
    externalRefResolver: new ClosedResolver(),
  });
  return reportOf(
    `OpenAPI lint, recommended rules, ${count(operationsOf(parsed.root).length, 'operation')}`,
    problems.filter((p) => !p.ignored).map((p) => findingOf(path, p)),
  );
};

/** Lints one document: any rule of severity `error` fails it, warnings are told. */
export const prepareOpenApiLint = async (): Promise<(file: TextFile) => Promise<CheckReport>> => {
  const config = await recommended();
  return (file) => lint(config, file);
};
