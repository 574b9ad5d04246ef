import type { ProductAddresses, ProductStatus } from './product-plan.js';

/** A product as the owners made it: paths under `app-artefacts/` → text. */
export interface Release {
  /** `<project>/<card>/<attempt>`, for people and logs; what is adopted is decided by the files alone. */
  readonly key: string;
  readonly title: string;
  readonly backend: ReadonlyMap<string, string>;
  readonly frontend: ReadonlyMap<string, string>;
}

export type DeployOutcome =
  /**
   * Every process is ready and the page is served. `adopted`: the same product was running already. `notes`: what went otherwise than
   * people may expect, in sentences.
   */
  | {
      readonly kind: 'up';
      readonly status: ProductStatus;
      readonly adopted: boolean;
      readonly notes?: readonly string[];
    }
  | { readonly kind: 'failed'; readonly process: string; readonly message: string; readonly excerpt: string }
  /** This machine can't run it; `remedy` is what to type. */
  | { readonly kind: 'unavailable'; readonly reason: string; readonly remedy: string }
  | { readonly kind: 'aborted' };

/**
 * Puts a product on its legs on this machine. The same files are never started twice: a running product with the same release is
 * adopted, another one is stopped first. Its data stays from release to release. What runs stops when this process ends, however it
 * ends. One call at a time is carried out; `down` doesn't wait for the others but ends them (`aborted`).
 */
export interface Deployer {
  deploy(release: Release, signal: AbortSignal): Promise<DeployOutcome>;
  /** Starts what ran here last again, without building anything; undefined: nothing was ever deployed here. */
  resume(signal: AbortSignal): Promise<DeployOutcome | undefined>;
  /** Undefined: nothing runs. */
  status(): Promise<ProductStatus | undefined>;
  /** Stops what runs, if anything does; true when something did. */
  down(): Promise<boolean>;
}

export type { ProductAddresses, ProductStatus };
