/**
 * The architecture owner's model of a product: the one source that DDL, OpenAPI, diagrams, and later code, labels and tests follow.
 * Written as `arquitetura/modelo-de-dominio.json`. Names are for code (ASCII), labels are for people (the document's language).
 */
export interface DomainModel {
  readonly version: 1;
  readonly product: string;
  readonly language: 'pt' | 'en';
  /** In the order in which the requirements introduced them. */
  readonly entities: readonly EntityModel[];
  readonly rules: readonly RuleModel[];
  /** What the document left open and how it was decided. */
  readonly assumptions: readonly string[];
}

export interface EntityModel {
  /** PascalCase, ASCII, singular: `Formulario`. Unique in the model. */
  readonly name: string;
  /** As the document writes it: `Formulário`. */
  readonly label: string;
  readonly labelPlural: string;
  /** snake_case plural, never a reserved word of PostgreSQL: `formularios`. */
  readonly table: string;
  /** kebab-case plural, the path segment: `formularios`. */
  readonly resource: string;
  readonly description: string;
  /** Without id, created_at, updated_at, version: every entity has those. */
  readonly fields: readonly FieldModel[];
  readonly relations: readonly RelationModel[];
  readonly states?: StateModel;
  readonly operations: readonly OperationModel[];
  readonly requirements: readonly string[];
}

export const FIELD_TYPES = [
  'string',
  'text',
  'integer',
  'decimal',
  'boolean',
  'date',
  'datetime',
  'time',
  'uuid',
  'email',
  'url',
  'json',
  'enum',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

export interface FieldModel {
  /** snake_case, ASCII, unique in its entity. */
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly required: boolean;
  readonly unique?: boolean;
  /** Characters for text, value for numbers. */
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  /** For `enum`, in the document's order. */
  readonly values?: readonly string[];
  readonly default?: string | number | boolean;
  readonly description?: string;
  /** Requirement that introduced it, or `assumption`. */
  readonly source: string;
}

export interface RelationModel {
  /** The column: `cliente_id`. */
  readonly field: string;
  readonly label: string;
  readonly target: string;
  readonly required: boolean;
  readonly onDelete: 'restrict' | 'cascade' | 'set-null';
}

export interface StateModel {
  /** Name of the enum field that holds it. */
  readonly field: string;
  readonly initial: string;
  readonly states: readonly string[];
  readonly transitions: readonly {
    readonly action: string;
    readonly from: string;
    readonly to: string;
    readonly requirement: string;
  }[];
}

export interface OperationModel {
  readonly kind: 'create' | 'read' | 'update' | 'delete' | 'list' | 'action';
  /** For `action`: kebab-case verb, `publicar`. */
  readonly action?: string;
  readonly requirement: string;
}

export interface RuleModel {
  readonly id: string;
  readonly text: string;
  readonly kind: 'validation' | 'uniqueness' | 'transition' | 'limit' | 'permission' | 'other';
  readonly entity?: string;
  readonly field?: string;
  readonly requirement: string;
  /** The same as data; only where every word of the text is accounted for. */
  readonly data?: RuleData;
}

/** What of a rule an author writes code and tests from. Names are those of the model; whoever reads it looks them up there. */
export type RuleData =
  /** At most `most` rows of `entity` share a value of its relation `per`; with `states`, only rows in one of these count. */
  | {
      readonly kind: 'at-most';
      readonly entity: string;
      readonly per: string;
      readonly most: number;
      readonly states?: readonly string[];
    }
  /** Only from the states `from` does a transition lead into one of `to`. */
  | {
      readonly kind: 'moves';
      readonly entity: string;
      readonly from: readonly string[];
      readonly to: readonly string[];
    }
  /** No two rows share a value of any of these fields. */
  | { readonly kind: 'unique'; readonly entity: string; readonly fields: readonly string[] }
  /** A row stays while a row of `by` refers to it, itself or through others. */
  | { readonly kind: 'kept'; readonly entity: string; readonly by: string };
