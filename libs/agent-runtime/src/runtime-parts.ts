import type { ArtifactStore } from '@squados/artifacts';
import type { CardAddress } from '@squados/contracts';
import type { EventLog } from '@squados/event-log';
import type { Clock } from './clock.port.js';
import type { Scrub } from './describe-error.js';
import type { Role } from './role.js';
import type { RuntimeLogger } from './runtime-logger.port.js';
import type { TaskSource } from './task-source.port.js';

/** What an author says while it works; may be lost. */
export interface AttemptNote {
  readonly address: CardAddress;
  readonly attempt: number;
  readonly text: string;
}

/** What every run of one runtime shares. */
export interface RuntimeParts {
  readonly role: Role;
  /** The role's folder under `app-artefacts/`. */
  readonly folder: string;
  readonly log: EventLog;
  readonly tasks: TaskSource;
  readonly artifacts: ArtifactStore;
  readonly worker: string;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly logger: RuntimeLogger;
  readonly scrub: Scrub;
  readonly stepEvents: boolean;
  readonly announce: 'started-first' | 'with-end';
  readonly note: (note: AttemptNote) => void;
}
