import type { CardSpec, EntityModel, FieldModel, RelationModel } from '@squados/contracts';
import type { Design } from '../../design-input/index.js';
import type { LimitPlan, RuleCheck } from './enforcement.js';

/**
 * Everything that a service is written from, whatever its language: the design's model joined with the contract it is held to. All
 * names have been checked to be code (`readDomainModel`); labels, descriptions, enum values, titles and criteria are outside text.
 * Writers look at nothing else: the same plan gives the same bytes.
 */
export interface ServicePlan {
  /** As people wrote it. */
  readonly product: string;
  /** ASCII kebab-case, never empty: names packages, modules and images. */
  readonly slug: string;
  readonly language: 'pt' | 'en';
  /** Path that the contract's servers name, without a slash at its end: `/api/v1`. */
  readonly basePath: string;
  /** What an entity refers to comes before it; in a circle of references the model's order holds. */
  readonly entities: readonly EntityPlan[];
  /** Those that the card introduced, changed or rules, in the same order. */
  readonly touched: readonly EntityPlan[];
  readonly card: CardSpec;
  /** The ARCH card whose design this is. */
  readonly designedBy: string;
  readonly migrations: Design['migrations'];
  /** The contract as designed (YAML), and the same document as data. */
  readonly openapi: string;
  readonly contract: JsonObject;
  /** Status → title of its problem, as the contract's examples give them; the same for all operations. */
  readonly problems: ReadonlyMap<number, string>;
  readonly rules: readonly RuleCheck[];
  /** Why this language was taken, in one sentence. */
  readonly languageReason: string;
}

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

export interface EntityPlan {
  readonly model: EntityModel;
  /** snake_case of the entity's name, ASCII: `ordem_de_servico`. Unique; may be a keyword of the language. */
  readonly module: string;
  /** Names of the contract's schemas: what is read, what is written, a page. */
  readonly schemas: { readonly read: string; readonly input: string; readonly page: string };
  /** In the contract's order: list, create, get, update, delete, then actions. */
  readonly operations: readonly OperationPlan[];
  /** What a client may write: relations and all fields but the one that holds the state. */
  readonly writable: { readonly relations: readonly RelationModel[]; readonly fields: readonly FieldModel[] };
  /** Query parameters of the list that keep only rows with an equal value. */
  readonly filters: readonly FilterPlan[];
  /** Values that `sort` takes, in order: `title`, `-title`; and the one without a parameter. */
  readonly sort: { readonly values: readonly string[]; readonly byDefault: string };
  /** At most so many rows share a reference. Counted once a row is written; one too many is a 409 that names the reference. */
  readonly limits: readonly LimitPlan[];
  /** Relations that point here: a row that they use is not deleted (restrict), or takes them with it. */
  readonly usedBy: readonly { readonly entity: string; readonly relation: RelationModel }[];
}

export interface OperationPlan {
  readonly kind: 'list' | 'create' | 'read' | 'update' | 'delete' | 'action';
  /** `listBook`: unique in the contract. */
  readonly operationId: string;
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** Below `basePath`: `/books/{id}/lend`. */
  readonly path: string;
  readonly summary: string;
  /** Every status that the contract knows for it, ascending. */
  readonly statuses: readonly number[];
  /** For actions: kebab-case verb, and the moves it may make; none when the design derived no change of state. */
  readonly action?: string;
  readonly moves: readonly { readonly from: string; readonly to: string }[];
}

/** One filter: which column, and whether a relation or a field gives its type. */
export type FilterPlan =
  | { readonly name: string; readonly of: 'relation'; readonly relation: RelationModel }
  | { readonly name: string; readonly of: 'field'; readonly field: FieldModel };
