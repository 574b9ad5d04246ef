/** How one supervised process is started and how it shows that it is up. */
export interface ProcessPlan {
  /** `store`, `backend`. */
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  /** The whole environment: nothing of ours is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly ready: ReadyCheck;
  /** Milliseconds from SIGTERM to SIGKILL. */
  readonly graceMs: number;
  /** Signal that asks it to stop; PostgreSQL wants SIGINT for a fast shutdown. */
  readonly stopSignal: 'SIGTERM' | 'SIGINT';
}

export type ReadyCheck =
  | { readonly kind: 'http'; readonly url: string }
  /** A TCP connection on loopback is taken. */
  | { readonly kind: 'tcp'; readonly port: number };

/** Work between two processes, such as migrations: runs to its end, exit code 0 or the start fails. */
export interface StepPlan {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

export type StartPlan =
  ({ readonly kind: 'process' } & ProcessPlan) | ({ readonly kind: 'step'; readonly timeoutMs: number } & StepPlan);

/** Where people find the product; all on loopback. */
export interface ProductAddresses {
  readonly product: string;
  readonly api: string;
  readonly health: string;
}

/** Everything that the supervisor needs; written as `product.json` in the product's folder before it is started. */
export interface ProductPlan {
  readonly version: 1;
  /** `<project>/<card>/<attempt>`: the outside effect's idempotency key. */
  readonly key: string;
  /** SHA-256 over the files that are deployed: the same product is adopted, never started twice. */
  readonly release: string;
  readonly title: string;
  /** What keeps the data, in words. */
  readonly store: string;
  readonly starts: readonly StartPlan[];
  /** Static files and the proxy in front of the backend. */
  readonly front: {
    readonly port: number;
    /** JSON: path → base64 of the built page's files. */
    readonly bundle: string;
    readonly backendPort: number;
    /** Paths that go to the backend: `/api/`, `/health/`. */
    readonly proxied: readonly string[];
    /** Served as `config.json`. */
    readonly config: Readonly<Record<string, string>>;
  };
  readonly addresses: ProductAddresses;
  readonly logs: string;
}

export type ProductState =
  | { readonly kind: 'starting'; readonly step: string }
  | { readonly kind: 'up' }
  | { readonly kind: 'failed'; readonly process: string; readonly message: string; readonly excerpt: string }
  | { readonly kind: 'stopping' };

/** What the supervisor answers to `status`. */
export interface ProductStatus {
  readonly pid: number;
  readonly key: string;
  readonly release: string;
  readonly title: string;
  readonly store: string;
  readonly state: ProductState;
  readonly addresses: ProductAddresses;
  readonly processes: readonly { readonly name: string; readonly pid: number; readonly restarts: number }[];
}

/** What may be asked of a running supervisor. `settled` answers once the start came to an end, either way. */
export type SupervisorRequest = { readonly kind: 'status' } | { readonly kind: 'settled' } | { readonly kind: 'stop' };
