import type { FieldView } from '../app-model/app-model.js';
import type { WireMember } from './member-fields.js';

/** How a given contract writes what an entity's pages show: what its API client maps from and to. */
export interface WireView {
  /** Parameters of the path that together name a row: those of its parents first, its own key last. Empty: there is one row. */
  readonly idParts: readonly IdPart[];
  readonly list?: WireList;
  readonly get?: WireRead;
  readonly create?: WireSend;
  readonly update?: WireSend;
  readonly remove?: WireCall;
  /** Every choice of rows, filters and forms, each constant once. */
  readonly choices: readonly FieldView[];
}

export interface IdPart {
  /** As the path calls it. */
  readonly parameter: string;
  /** The same for the pages. */
  readonly name: string;
  readonly label: string;
  /** The record's member that holds it; absent: only the path tells it. */
  readonly member?: string;
  /** How a form asks for it, where clients choose it. */
  readonly field: FieldView;
}

export interface WireCall {
  readonly path: string;
  readonly method: string;
  /** Success has no body. */
  readonly answersNothing: boolean;
}

/** What an operation answers: one record, as these members. */
export interface WireShape {
  /** `PetWire`; `petOf` maps it to a row. */
  readonly type: string;
  readonly mapper: string;
  readonly members: readonly WireMember[];
  /** The same shape was named before, so its type stands there already. */
  readonly isKnown: boolean;
}

export interface WireRead extends WireCall {
  readonly shape: WireShape;
}

/** Where the records of a list stand in its answer, and how many there are. Empty `at`: the answer is the list. */
export interface WireList extends WireCall {
  readonly kind: 'list';
  readonly shape: WireShape;
  readonly at: readonly WirePlace[];
  readonly total?: { readonly at: readonly WirePlace[]; readonly from: 'total' | 'pages' | 'more' };
  readonly page?: { readonly name: string; readonly first: number };
  readonly offset?: string;
  readonly size?: { readonly name: string; readonly max: number };
  readonly asked: readonly WireFilter[];
}

/** One step into an answer. */
export interface WirePlace {
  readonly name: string;
  readonly isRequired: boolean;
}

/** A parameter of the query that narrows the list. */
export interface WireFilter {
  readonly wire: string;
  readonly name: string;
  readonly isRequired: boolean;
  readonly field: FieldView;
}

/** A request with a body, from what a form holds. */
export interface WireSend extends WireCall {
  readonly type: string;
  readonly members: readonly WireMember[];
  /** Members that may be sent as `null` to empty them: a merge patch. */
  readonly isPatch: boolean;
  /** What the form asks for beside the body: names of the path's parts. */
  readonly pathInputs: readonly IdPart[];
  /** What of the answer tells the row's key. */
  readonly answer: SentAnswer;
}

export type SentAnswer =
  /** No body: what the request named is the row's, if it named it. */
  { readonly kind: 'nothing' } | { readonly kind: 'record'; readonly key: WireMember } | { readonly kind: 'other' };
