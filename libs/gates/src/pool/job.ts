import type { Finding } from '@squados/contracts';
import type { DeploymentInput } from '../infra/check-deployment.js';
import type { Catalog } from '../sql/catalog.js';

/** A file as a job sees it: path under `app-artefacts/` and its text. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** What a check saw of its input; a job never decides `refer`: that is for whoever could not start it. */
export interface CheckReport {
  readonly outcome: 'pass' | 'fail';
  /** One line with counts. */
  readonly summary: string;
  readonly findings: readonly Finding[];
  readonly excerpt?: string;
}

export interface Migration {
  readonly name: string;
  readonly up: TextFile;
  readonly down?: TextFile;
}

export interface DatabaseInput {
  readonly schema?: TextFile;
  /** In the order in which they are applied. */
  readonly migrations: readonly Migration[];
}

export interface DatabaseReport {
  readonly load?: CheckReport;
  readonly migrations?: CheckReport;
  /** What `schema.sql` made, when it loaded without error. */
  readonly catalog?: Catalog;
}

export interface ConsistencyInput {
  readonly model: TextFile;
  readonly openapi: TextFile;
  readonly schemaPath: string;
  readonly catalog: Catalog;
}

/** `part`: its structure alone, or its examples alone; absent: both. */
export interface OpenApiInput extends TextFile {
  readonly part?: 'structure' | 'examples';
}

export interface DocumentsInput {
  readonly files: readonly TextFile[];
  /** Every path that a link may lead to. */
  readonly known: readonly string[];
  /** Folders of other cards (`arquitetura/ARCH-002/`): what lies there is theirs to check. */
  readonly foreign: readonly string[];
  readonly criteria: readonly string[];
}

/** Every job of the worker: pure data in, pure data out (JSON both ways). */
export interface JobMap {
  readonly 'openapi-valid': { readonly input: OpenApiInput; readonly output: CheckReport };
  readonly 'openapi-lint': { readonly input: TextFile; readonly output: CheckReport };
  readonly database: { readonly input: DatabaseInput; readonly output: DatabaseReport };
  readonly mermaid: { readonly input: { readonly files: readonly TextFile[] }; readonly output: CheckReport };
  readonly consistency: { readonly input: ConsistencyInput; readonly output: CheckReport };
  readonly deployment: { readonly input: DeploymentInput; readonly output: CheckReport };
  readonly 'design-documents': { readonly input: DocumentsInput; readonly output: CheckReport };
}

export type JobName = keyof JobMap;

/**
 * How a job ended. `crashed` and `timeout` are the input's doing (the worker had started and died or hung on it);
 * `missing` and `unavailable` are the place's: a package or a process that is not there.
 */
export type JobOutcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'crashed'; readonly message: string }
  | { readonly kind: 'timeout'; readonly afterMs: number }
  | { readonly kind: 'missing'; readonly what: string }
  | { readonly kind: 'unavailable'; readonly message: string }
  | { readonly kind: 'aborted' };

export type ToWorker = { readonly id: number; readonly name: string; readonly input: unknown };

export type FromWorker =
  | { readonly kind: 'running'; readonly id: number }
  | { readonly kind: 'done'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'threw'; readonly id: number; readonly message: string }
  | { readonly kind: 'missing'; readonly id: number; readonly what: string };
