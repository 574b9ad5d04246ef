type Phase = 'prepare' | 'begin' | 'go' | 'end' | 'stop';

/** What the harness tells with `prepare` and `go`. */
export interface Told {
  /** Name of the run of cards, unique in the process's life. */
  readonly name: string;
  /** Graph as JSON, with `prepare`. */
  readonly file: string;
}

type Handler = (told: Told) => Promise<object | void> | object | void;

export declare const participate: (phases: Partial<Record<Phase, Handler>>) => void;
