import type { EntityModel } from '@squados/contracts';
import type { WireView } from '../given/wire-view.js';

/** How a field is entered, shown and checked. */
export type FieldKind =
  | 'string'
  | 'text'
  | 'integer'
  | 'decimal'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'time'
  | 'uuid'
  | 'email'
  | 'url'
  | 'json'
  | 'enum'
  | 'relation';

/** A property of the contract, with what the model knows of it. */
export interface FieldView {
  readonly name: string;
  readonly label: string;
  readonly kind: FieldKind;
  /** It may be left out (of an answer, of a request). */
  readonly isOptional: boolean;
  readonly isNullable: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly isUnique: boolean;
  readonly default?: string | number | boolean;
  /** For `enum`: its values, the constant that lists them and the type made of that. */
  readonly choice?: ChoiceView;
  /** For `relation`: the entity it points at. */
  readonly target?: string;
}

export interface ChoiceView {
  readonly values: readonly string[];
  readonly constant: string;
  readonly type: string;
}

export interface FilterView {
  readonly name: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly field?: FieldView;
}

export interface ActionView {
  /** As in the path: `mark-as-ready`. */
  readonly name: string;
  readonly label: string;
  readonly call: CallView;
  /** States that allow it; absent: any does. */
  readonly from?: readonly string[];
}

/** One operation of the contract as the client calls it. */
export interface CallView {
  readonly fn: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The contract's template: `/books/{id}`. */
  readonly path: string;
  /** The name of the path's one parameter; absent for the collection. */
  readonly idParam?: string;
  readonly needsIfMatch: boolean;
}

export interface CallsView {
  readonly list?: CallView;
  readonly create?: CallView;
  readonly get?: CallView;
  readonly update?: CallView;
  readonly remove?: CallView;
}

/** An entity as the application shows it: what the contract offers, in the model's words. */
export interface EntityView {
  readonly model: EntityModel;
  /** Type of a row; `value` is the same for variables, `file` for files. */
  readonly type: string;
  readonly value: string;
  readonly constant: string;
  readonly file: string;
  readonly resource: string;
  readonly label: string;
  readonly labelPlural: string;
  /** Everything that a row holds, in the contract's order; `id`, `version` and the two times included. */
  readonly rowFields: readonly RowField[];
  /** What people can see: without id, version and times. */
  readonly fields: readonly FieldView[];
  /** What people can write. */
  readonly inputs: readonly FieldView[];
  readonly choices: readonly FieldView[];
  readonly sorts: readonly string[];
  readonly sortsConstant: string;
  readonly defaultSort?: string;
  readonly hasPaging: boolean;
  readonly filters: readonly FilterView[];
  readonly calls: CallsView;
  readonly actions: readonly ActionView[];
  /** For a given contract: how it writes what is shown here; absent: rows come as they are. */
  readonly wire?: WireView;
  /** The list asks for something before it has anything to show, so it can't be counted. */
  readonly isAsked?: boolean;
  /** A form of its own about rows of another name. */
  readonly row?: { readonly type: string; readonly value: string };
}

/** `system`: one of id, version, created_at, updated_at. */
export type RowField = FieldView & { readonly system: boolean };

export interface AppModel {
  readonly product: string;
  readonly language: 'pt' | 'en';
  readonly entities: readonly EntityView[];
  /** What the contract offers and no page reaches, and what had to be decided. */
  readonly notes: readonly string[];
  /** The contract was given: it has no rows and pages of ours. */
  readonly isGiven?: boolean;
}
