/** What is running, as people and checks reach it; all of it on this machine. */
export interface RunningProduct {
  /** SHA-256 over the files that run. */
  readonly release: string;
  readonly addresses: { readonly product: string; readonly api: string; readonly health: string };
  /** What keeps the data, in words. */
  readonly store: string;
  /** It ran already: the same files are never started twice. */
  readonly adopted: boolean;
  /** What went otherwise than people may expect, in sentences. */
  readonly notes?: readonly string[];
}

export type DeployAnswer =
  | { readonly kind: 'up'; readonly product: RunningProduct }
  | { readonly kind: 'failed'; readonly process: string; readonly message: string; readonly excerpt: string }
  /** This machine can't run it; `remedy` is what to type. */
  | { readonly kind: 'unavailable'; readonly reason: string; readonly remedy: string }
  | { readonly kind: 'aborted' };

/** Files under `app-artefacts/` that make a product. */
export interface ProductFiles {
  readonly backend: ReadonlyMap<string, string>;
  readonly frontend: ReadonlyMap<string, string>;
}

/** The outside effect of a DEPLOY card. Idempotent: the same files a second time adopt what runs. */
export interface ProductDeployer {
  deploy(
    request: ProductFiles & { readonly key: string; readonly title: string },
    signal: AbortSignal,
  ): Promise<DeployAnswer>;
}
