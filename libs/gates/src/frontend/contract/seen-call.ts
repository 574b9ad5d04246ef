/** A type as the checker sees it: which kinds of value it allows, and what is inside. */
export interface SeenShape {
  /** `string`, `number`, `boolean`, `null`, `undefined`, `object`. */
  readonly kinds: readonly string[];
  /** When only these strings are allowed. */
  readonly literals?: readonly string[];
  readonly items?: SeenShape;
  readonly properties?: Readonly<Record<string, SeenProperty>>;
}

export interface SeenProperty extends SeenShape {
  readonly optional: boolean;
}

/** A call of the API as it stands in the code. Lines count from 1. */
export interface SeenCall {
  readonly file: string;
  readonly line: number;
  /** Method or path are no plain texts, so nobody can say what is called. */
  readonly unreadable?: boolean;
  readonly method?: string;
  readonly path?: string;
  readonly parts?: Readonly<Record<string, SeenShape>>;
  readonly answer?: SeenShape;
}

export interface SeenCalls {
  readonly calls: readonly SeenCall[];
  /** Places that reach the network in another way. */
  readonly others: readonly { readonly file: string; readonly line: number }[];
}
