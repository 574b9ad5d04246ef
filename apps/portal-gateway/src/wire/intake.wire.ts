export interface IntakeFile {
  readonly name: string;
  /** The file's bytes. */
  readonly base64: string;
}

/** What would be made of the documents; nothing is recorded yet. */
export interface IntakePreview {
  /** Names this very preview when it is confirmed. */
  readonly id: string;
  readonly kind: 'requirements' | 'backlog';
  readonly title: string;
  readonly cards: readonly { readonly id: string; readonly title: string; readonly agent: string }[];
  /** Cards that will be proposed once the work begins, as far as it can be told now. */
  readonly expectedCards: number;
  readonly requirements: readonly {
    readonly document: string;
    readonly id: string;
    readonly title: string;
    readonly line: number;
    readonly kind: string;
  }[];
  readonly warnings: readonly string[];
}
