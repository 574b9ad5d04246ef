/** Stands for the path of the service's module in the files below; the writer puts the real one there. */
export const MODULE = 'module.invalid';

/** A file of the service that no entity changes. */
export interface PlatformFile {
  /** Below the service's folder. */
  readonly path: string;
  readonly source: string;
}
