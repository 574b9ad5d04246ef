import type { RoleResult, RoleTools, Task } from '@squados/agent-runtime';
import { GIVEN_PLAN_FILE, readDomainModel, type DomainModel, type EntityModel, type Sha256 } from '@squados/contracts';

/** What an ARCH card handed over, as the cards behind it read it. Texts are as designed; nothing is reinterpreted. */
export interface Design {
  /** The ARCH card that it comes from. */
  readonly card: string;
  readonly model: DomainModel;
  /** OpenAPI 3.1 as YAML: what the backend serves and the frontend calls. */
  readonly openapi: string;
  /** PostgreSQL. */
  readonly schemaSql: string;
  /** In order; `0001_PROD-001` → its two scripts. */
  readonly migrations: readonly { readonly name: string; readonly up: string; readonly down: string }[];
  /** Entities that this card's requirements introduced, changed or rule; all of them when the card names no requirement. */
  readonly touched: readonly EntityModel[];
  /** The contract was given, not designed: it need not look like ours. */
  readonly isGiven?: true;
}

export type DesignLookup = { readonly kind: 'found'; readonly design: Design } | RoleResult;

const FOLDER = 'arquitetura/';
const MODEL = `${FOLDER}modelo-de-dominio.json`;
const CONTRACT = `${FOLDER}openapi.yaml`;
const SCHEMA = `${FOLDER}schema.sql`;
const MIGRATION = /^arquitetura\/migrations\/(.+)\.up\.sql$/;

/**
 * The design that a card builds on: of its dependencies, the naturally last one that delivered a domain model (later ARCH cards
 * hold all that earlier ones do). A design that is missing, assumed or unreadable fails the card for good with what to do about it.
 */
export const readDesign = async (task: Task, tools: RoleTools): Promise<DesignLookup> => {
  const source = task.dependencies.filter((d) => MODEL in d.manifest).at(-1);
  if (!source) return missing(task, assumed(task) ?? 'none of its dependencies delivered a design');
  const at: TextOf = async (path) => textAt(source.manifest[path], tools);
  const [json, openapi, schemaSql] = await Promise.all([at(MODEL), at(CONTRACT), at(SCHEMA)]);
  if (openapi === undefined || schemaSql === undefined || json === undefined)
    return missing(task, `${source.card.id} delivered no ${openapi === undefined ? CONTRACT : SCHEMA}`);
  const read = readDomainModel(json);
  if (!read.ok) return missing(task, `${source.card.id}: ${MODEL} is not a domain model: ${read.problem}`);
  const migrations = await migrationsIn(Object.keys(source.manifest), at);
  const touched = touchedBy(read.model, task.card.requirementIds);
  const { model } = read;
  return {
    kind: 'found',
    design: { card: source.card.id, model, openapi, schemaSql, migrations, touched, ...givenMark(source.manifest) },
  };
};

const givenMark = (manifest: object): Pick<Design, 'isGiven'> => (GIVEN_PLAN_FILE in manifest ? { isGiven: true } : {});

type TextOf = (path: string) => Promise<string | undefined>;

/** In the order in which they are applied. */
const migrationsIn = (paths: readonly string[], at: TextOf): Promise<Design['migrations']> =>
  Promise.all(
    paths
      .flatMap((path) => MIGRATION.exec(path)?.[1] ?? [])
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .map(async (name) => ({
        name,
        up: (await at(`${FOLDER}migrations/${name}.up.sql`)) ?? '',
        down: (await at(`${FOLDER}migrations/${name}.down.sql`)) ?? '',
      })),
  );

const textAt = async (hash: Sha256 | undefined, tools: RoleTools): Promise<string | undefined> =>
  hash === undefined ? undefined : new TextDecoder().decode(await tools.readArtifact(hash));

const assumed = (task: Task): string | undefined => {
  const skipped = task.dependencies.find((d) => d.assumed && d.card.agent === 'arch');
  return skipped && `${skipped.card.id} was skipped, so there is no design`;
};

const missing = (task: Task, reason: string): RoleResult => ({
  kind: 'failed',
  retryable: false,
  code: 'input-missing',
  message: `${task.card.id} has no design to build from: ${reason}. Let it depend on an ARCH card that is done, then retry it.`,
  place: task.card.id,
});

const touchedBy = (model: DomainModel, requirements: readonly string[]): readonly EntityModel[] => {
  const ids = new Set(requirements);
  const ruled = new Set(model.rules.filter((r) => ids.has(r.requirement)).map((r) => r.entity));
  const mine = model.entities.filter(
    (e) =>
      ruled.has(e.name) ||
      e.requirements.some((r) => ids.has(r)) ||
      e.operations.some((o) => ids.has(o.requirement)) ||
      e.fields.some((f) => ids.has(f.source)),
  );
  return mine.length > 0 ? mine : model.entities;
};
