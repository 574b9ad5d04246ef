import type { InstallableName, PinnedSet } from '../pinned-set.js';
import type { ToolchainPlaces } from '../places.js';
import type { SystemRequest } from './system-packages.js';
import type { Step } from './run-step.js';

/** What a recipe may do: run steps in its folder and tell people about it. */
export interface Workshop extends SystemRequest {
  /** The install's own folder: empty, or holding what an interrupted install left. */
  readonly folder: string;
  readonly pinned: PinnedSet;
  readonly places: ToolchainPlaces;
  /** Runs one program; its title and time are shown. */
  run(step: Omit<Step, 'cwd'> & { readonly cwd?: string }): Promise<string>;
}

/** What an install came to; paths are absolute. */
export interface Installed {
  readonly version: string;
  readonly programs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  /** Folders of the machine that its programs need besides the install's own. */
  readonly alsoMounts: readonly string[];
  /** Files outside whose change makes the install useless. */
  readonly leansOn: readonly string[];
}

/** How one toolchain is installed. */
export interface Recipe {
  readonly name: InstallableName;
  /** Megabytes that must be free before anything is fetched. */
  readonly needsMb: number;
  /** What an interrupted install left is of use (and checked by whoever fetches); else the folder is emptied first. */
  readonly resumes: boolean;
  install(workshop: Workshop): Promise<Installed>;
}
