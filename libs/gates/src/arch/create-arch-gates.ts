import type { Gate, GateInput, Task } from '@squados/agent-runtime';
import { encodeToken, isGivenContract } from '@squados/contracts';
import type { GatePool } from '../pool/gate-pool.port.js';
import type { CheckReport, DatabaseReport, JobOutcome, TextFile } from '../pool/job.js';
import { reportOf } from '../pool/report.js';
import { unsoundFiles } from '../pool/soundness.js';
import { failEarly, verdictOf, type GateVerdict } from '../pool/verdict-of.js';
import * as found from './arch-files.js';
import { createGivenContractGate } from './given-contract.gate.js';

export interface ArchGateOptions {
  readonly pool: GatePool;
}

type Check = JobOutcome<CheckReport | undefined>;

interface Plan {
  readonly name: string;
  readonly command: string;
  /** What it is for a contract that was given: that follows no model of ours, and its style is its owner's. */
  readonly ofGiven?: 'none' | 'advisory';
  /** What it is for our own designs, if not required: another gate holds them to it. */
  readonly ofOurs?: 'none';
  /** The files it looks at, or what is missing. */
  files(input: GateInput): readonly TextFile[] | string;
  run(pool: GatePool, input: GateInput, files: readonly TextFile[]): Promise<Check>;
}

const some = (files: readonly TextFile[], missing: string): readonly TextFile[] | string =>
  files.length > 0 ? files : missing;
const only = (file: TextFile | undefined, missing: string): readonly TextFile[] | string => (file ? [file] : missing);

const absent = (missing: string): CheckReport =>
  reportOf('files looked for', [{ path: found.FOLDER, rule: 'missing', severity: 'error', message: missing }]);

const appliesTo = ({ ofGiven, ofOurs }: Plan, task: Task): 'required' | 'advisory' | 'none' => {
  const special = isGivenContract(task.card) ? ofGiven : ofOurs;
  return task.card.agent === 'arch' ? (special ?? 'required') : 'none';
};

/** Says what is wrong with the files before any process sees them, else asks the worker. */
const gateOf = (plan: Plan, pool: GatePool): Gate => ({
  name: plan.name,
  applies: (task) => appliesTo(plan, task),
  async run(input): Promise<GateVerdict> {
    const told = { command: plan.command, isolation: pool.isolation };
    const files = plan.files(input);
    if (typeof files === 'string') return failEarly(told, absent(files));
    const unsound = unsoundFiles(files);
    if (unsound.length > 0) return failEarly(told, reportOf('files read', unsound));
    return verdictOf(told, await plan.run(pool, input, files));
  },
});

/** One database session serves three verdicts of an attempt: whoever asks first starts it. Keyed by the attempt's own files. */
class DatabaseRuns {
  readonly #runs = new WeakMap<GateInput['files'], Promise<JobOutcome<DatabaseReport>>>();

  of(pool: GatePool, input: GateInput): Promise<JobOutcome<DatabaseReport>> {
    const known = this.#runs.get(input.files);
    if (known) return known;
    const run = pool.run('database', found.databaseInput(input.files), { signal: input.tools.signal });
    this.#runs.set(input.files, run);
    return run;
  }
}

const part = (outcome: JobOutcome<DatabaseReport>, pick: (report: DatabaseReport) => CheckReport | undefined): Check =>
  outcome.kind === 'done' ? { kind: 'done', value: pick(outcome.value) } : outcome;

const NO_OPENAPI = 'no arquitetura/openapi.yaml among the files: write the API description';
const NO_SCHEMA = `no ${found.SCHEMA_SQL} among the files: write the DDL`;
const NO_MODEL = `no ${found.MODEL_JSON} among the files: write the domain model`;
const NO_MIGRATIONS = `no ${found.MIGRATIONS}*.up.sql among the files: write at least one migration with its way back`;

const VALIDATED =
  'validate-api <openapi file> (@seriousme/openapi-schema-validator), then references, examples, operation ids and path parameters';

const lintRun: Plan['run'] = async (pool, input, [file]) =>
  file ? pool.run('openapi-lint', file, { signal: input.tools.signal }) : { kind: 'aborted' };

/** Of a contract that was given the structure alone is held to be valid; ours have to be whole, examples and all. */
const validRun: Plan['run'] = async (pool, input, [file]) => {
  const part = isGivenContract(input.task.card) ? { part: 'structure' as const } : {};
  return file ? pool.run('openapi-valid', { ...file, ...part }, { signal: input.tools.signal }) : { kind: 'aborted' };
};

const examplesRun: Plan['run'] = async (pool, input, [file]) =>
  file ? pool.run('openapi-valid', { ...file, part: 'examples' }, { signal: input.tools.signal }) : { kind: 'aborted' };

const openApiFiles: Plan['files'] = (input) => only(found.openApiFile(input.files), NO_OPENAPI);

const openApiPlans: readonly Plan[] = [
  { name: 'openapi-valid', command: VALIDATED, files: openApiFiles, run: validRun },
  {
    name: 'openapi-examples',
    ofGiven: 'advisory',
    ofOurs: 'none',
    command: 'every example and default of the contract against its own schema (ajv, JSON Schema 2020-12)',
    files: openApiFiles,
    run: examplesRun,
  },
  {
    name: 'openapi-lint',
    ofGiven: 'advisory',
    command:
      'redocly lint <openapi file> --extends recommended (@redocly/openapi-core, no configuration file, no network)',
    files: openApiFiles,
    run: lintRun,
  },
];

const databasePlans = (runs: DatabaseRuns): readonly Plan[] => [
  {
    name: 'ddl-loads',
    command: `psql -v ON_ERROR_STOP=0 -f ${found.SCHEMA_SQL} in an empty PostgreSQL (@electric-sql/pglite)`,
    files: (input) =>
      input.files.has(found.SCHEMA_SQL) ? found.databaseFiles(found.databaseInput(input.files)) : NO_SCHEMA,
    run: async (pool, input) => part(await runs.of(pool, input), (report) => report.load),
  },
  {
    name: 'migrations-up-down-up',
    command:
      'psql -f each *.up.sql in order, each *.down.sql backwards, each *.up.sql again (@electric-sql/pglite); catalogs compared, also with schema.sql',
    files: (input) => {
      const database = found.databaseInput(input.files);
      return database.migrations.length > 0 ? found.databaseFiles(database) : NO_MIGRATIONS;
    },
    run: async (pool, input) => part(await runs.of(pool, input), (report) => report.migrations),
  },
];

const diagrams: Plan = {
  name: 'mermaid-parses',
  command: 'mermaid.parse on every .mmd file and every ```mermaid block of every .md file',
  files: (input) =>
    some(found.diagramFiles(input.files), 'no .mmd or .md file among the files: draw the C4 and ER diagrams'),
  run: (pool, input, files) => pool.run('mermaid', { files }, { signal: input.tools.signal }),
};

/** Designs of other cards are linked before they exist. */
const foldersOfOthers = ({ cards, card }: Task): readonly string[] =>
  cards
    .filter((other) => other.agent === card.agent && other.id !== card.id)
    .map((other) => `${found.FOLDER}${encodeToken(other.id)}/`);

const documents: Plan = {
  name: 'design-documents',
  command:
    'read every .md file: required sections, placeholders, hedging, criteria of the card, links to files that exist',
  files: (input) => some(found.markdownFiles(input.files), 'no .md file among the files: write the design document'),
  run: (pool, input, files) =>
    pool.run(
      'design-documents',
      {
        files,
        known: [...input.files.keys()],
        foreign: foldersOfOthers(input.task),
        criteria: input.task.card.acceptanceCriteria,
      },
      { signal: input.tools.signal },
    ),
};

const UNLOADED: CheckReport = reportOf('OpenAPI, DDL and domain model', [
  {
    path: found.SCHEMA_SQL,
    rule: 'ddl-not-loaded',
    severity: 'error',
    message: 'the DDL does not load, so there is nothing to compare: mend it first (gate ddl-loads)',
  },
]);

const consistency = (runs: DatabaseRuns): Plan => ({
  name: 'consistency',
  ofGiven: 'none',
  command:
    'compare modelo-de-dominio.json with the OpenAPI schemas and paths and with the catalog of the loaded schema.sql',
  files: ({ files }) => {
    const parts = [
      found.fileAt(files, found.MODEL_JSON) ?? NO_MODEL,
      found.openApiFile(files) ?? NO_OPENAPI,
      found.fileAt(files, found.SCHEMA_SQL) ?? NO_SCHEMA,
    ];
    const missing = parts.find((it) => typeof it === 'string');
    return typeof missing === 'string' ? missing : parts.filter((it) => typeof it !== 'string');
  },
  run: async (pool, input, [model, openapi]) => {
    const database = await runs.of(pool, input);
    if (database.kind !== 'done') return database;
    const { catalog } = database.value;
    if (!catalog) return { kind: 'done', value: UNLOADED };
    if (!model || !openapi) return { kind: 'aborted' };
    return pool.run(
      'consistency',
      { model, openapi, schemaPath: found.SCHEMA_SQL, catalog },
      { signal: input.tools.signal },
    );
  },
});

/** The gates of the architecture owner, in the order in which their findings help most. Each answers for itself. */
export const createArchGates = ({ pool }: ArchGateOptions): readonly Gate[] => {
  const runs = new DatabaseRuns();
  const plans = [...openApiPlans, ...databasePlans(runs), diagrams, consistency(runs), documents];
  return [...plans.map((plan) => gateOf(plan, pool)), createGivenContractGate()];
};
