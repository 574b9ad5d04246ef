/** What a database holds, as PostgreSQL itself tells it: normalised words, so that equal meaning is equal text. */
export interface Catalog {
  readonly tables: readonly TableInfo[];
  readonly enums: readonly { readonly name: string; readonly labels: readonly string[] }[];
  /** Views, functions, triggers, sequences, domains, extensions: kind and name → definition. */
  readonly others: readonly { readonly kind: string; readonly name: string; readonly definition: string }[];
}

export interface TableInfo {
  readonly name: string;
  readonly columns: readonly ColumnInfo[];
  readonly constraints: readonly ConstraintInfo[];
  readonly indexes: readonly IndexInfo[];
}

export interface ColumnInfo {
  readonly name: string;
  /** As format_type prints it: `character varying(120)`, `numeric(12,2)`, `timestamp with time zone`. */
  readonly type: string;
  readonly nullable: boolean;
  readonly default: string | null;
}

export interface ConstraintInfo {
  readonly name: string;
  readonly kind: 'primary key' | 'unique' | 'foreign key' | 'check' | 'exclusion' | 'trigger';
  readonly columns: readonly string[];
  readonly definition: string;
  /** Foreign keys only. */
  readonly references?: { readonly table: string; readonly columns: readonly string[]; readonly onDelete: string };
}

/** An index that no constraint owns. */
export interface IndexInfo {
  readonly name: string;
  /** Without a WHERE: it covers every row. */
  readonly unique: boolean;
  /** Plain columns only; an expression has none. */
  readonly columns: readonly string[];
  readonly definition: string;
}
