import type { FieldType } from '@squados/contracts';

/** Why a part of a schema has no place in the design. */
export type LeftWhy =
  | 'rows'
  | 'program'
  | 'view'
  | 'index'
  | 'rights'
  | 'unread'
  | 'key'
  | 'composite-unique'
  | 'composite-reference'
  | 'lost-reference'
  | 'check'
  | 'default'
  | 'computed'
  | 'binary'
  | 'type'
  | 'twice'
  | 'partition'
  | 'circle'
  | 'unique-link'
  | 'on-delete'
  | 'no-column'
  | 'unclosed';

/** A part of the script that the design does not take over as it is, and where it stands. */
export interface LeftOut {
  /** Name of the file, where there are several. */
  readonly file?: string;
  readonly line: number;
  /** As the script calls it: `CREATE VIEW sales`, `orders.total`. */
  readonly what: string;
  readonly why: LeftWhy;
}

export interface GivenColumn {
  /** As the script writes it. */
  readonly name: string;
  readonly line: number;
  readonly type: FieldType;
  readonly required: boolean;
  readonly unique?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly values?: readonly string[];
  readonly default?: string | number | boolean;
  readonly comment?: string;
}

/** A column that names a row of another table. */
export interface GivenLink {
  readonly column: string;
  readonly line: number;
  /** Name of the table, as in `GivenTable.name`. */
  readonly target: string;
  readonly required: boolean;
  readonly onDelete: 'restrict' | 'cascade' | 'set-null';
  readonly comment?: string;
}

export interface GivenTable {
  /** As the script writes it, without its schema. */
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly comment?: string;
  /** The column that the design's own id takes the place of. */
  readonly key?: string;
  readonly columns: readonly GivenColumn[];
  readonly links: readonly GivenLink[];
}

/** What of a given database schema becomes the design: every table with its columns, and all that is left out. */
export interface SchemaPlan {
  readonly title: string;
  readonly language: 'pt' | 'en';
  readonly tables: readonly GivenTable[];
  readonly left: readonly LeftOut[];
}

export interface SchemaRefusal {
  readonly kind: 'refused';
  readonly code: string;
  /** Names the file and the place. */
  readonly message: string;
  readonly remedy: string;
}

export interface PlannedSchema {
  readonly kind: 'planned';
  readonly plan: SchemaPlan;
}
