import type { JobMap, JobName } from './job.js';

/** One kind of job: `prepare` loads what it needs (not counted in its deadline), `run` judges the input. */
export interface JobHandler<N extends JobName> {
  prepare(): Promise<(input: JobMap[N]['input']) => Promise<JobMap[N]['output']> | JobMap[N]['output']>;
}

/** Modules are loaded on first use, so that a worker which only ever parses diagrams holds no database. */
export const handlers: { readonly [N in JobName]: JobHandler<N> } = {
  'openapi-valid': { prepare: async () => (await import('../openapi/check-openapi.js')).prepareOpenApiCheck() },
  'openapi-lint': { prepare: async () => (await import('../openapi/lint-openapi.js')).prepareOpenApiLint() },
  database: { prepare: async () => (await import('../sql/check-database.js')).prepareDatabaseCheck() },
  mermaid: { prepare: async () => (await import('../mermaid/check-mermaid.js')).prepareMermaidCheck() },
  consistency: { prepare: async () => (await import('../consistency/check-consistency.js')).prepareConsistencyCheck() },
  deployment: { prepare: async () => (await import('../infra/check-deployment.js')).checkDeployment },
  'design-documents': {
    prepare: async () => (await import('../markdown/check-design-documents.js')).checkDesignDocuments,
  },
};

export const isJobName = (name: string): name is JobName => Object.hasOwn(handlers, name);

/** Runs one job where we stand. `started` is told once its tools are loaded. */
export const runJob = async <N extends JobName>(
  name: N,
  input: JobMap[N]['input'],
  started: () => void,
): Promise<JobMap[N]['output']> => {
  const run = await handlers[name].prepare();
  started();
  return run(input);
};
