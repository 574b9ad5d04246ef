/** A file that is the same in every application: what all features stand on. */
export interface KitFile {
  /** Below `engenharia/frontend/`. */
  readonly path: string;
  readonly text: string;
}
