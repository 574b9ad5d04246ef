import type { AuthorSetup } from '../author/author-setup.js';
import type { DataFolder } from '../solo/data-folder.js';
import type { ProjectTarget } from './create-project.js';
import type { RunOptions } from './run-options.js';

export interface Session {
  readonly folder: DataFolder;
  readonly options: RunOptions;
  /** Remove the folder again when nothing could be recorded in it: it wasn't there before. */
  readonly cleanUp: boolean;
  /** Absent: the offline author. */
  readonly author?: AuthorSetup;
  /** Records the project once the log is open; absent: it stands already. */
  readonly onStarted?: (target: ProjectTarget) => Promise<void>;
}
