import type { BaseFolder, RunFolder } from '../base-folder.js';
import type { CheckedRequest } from '../checked-request.js';
import type { Host } from '../host.js';
import type { SystemEntry } from '../system-folders.js';

/** The filter of system calls, where we know this processor's. */
export interface SystemCallFilter {
  readonly file: string;
  /** Program and arguments that put the filter from descriptor 5 on what follows them; undefined: nothing here can. */
  readonly applier: readonly string[] | undefined;
}

/** What is made once per process and shared by all runs. */
export interface Ground {
  readonly host: Host;
  readonly base: BaseFolder;
  readonly system: readonly SystemEntry[];
  /** Devices below `<base>/dev`. */
  readonly devices: readonly string[];
  readonly filter: SystemCallFilter | undefined;
  /** A user without rights may make a user namespace. */
  readonly userNamespaces: boolean;
  /** We may give each run a user of its own. */
  readonly ownUsers: boolean;
}

/** One run, as a driver sees it. */
export interface Cell {
  readonly ground: Ground;
  readonly folder: RunFolder;
  /** The user of this run alone; undefined: the run has ours. */
  readonly uid: number | undefined;
  /** File that a process writes itself into to enter the run's control group; empty: there is none. */
  readonly groupFile: string;
  readonly request: CheckedRequest;
}

export interface Launch {
  readonly argv: readonly [string, ...string[]];
  /** Of the launching scripts only; the program's own is built by `begin`. */
  readonly env: Readonly<Record<string, string>>;
  /** To be opened as descriptor 5. */
  readonly filterFile?: string;
}

/** Paths of one run. Those of the host hold once the script said `ready` as process `pid`. */
export interface Places {
  /** The private directory and the temporary one, as we reach them from outside. */
  readonly work: string;
  readonly temporary: string;
  /** The same as the program sees them. */
  readonly innerWork: string;
  readonly innerTemporary: string;
}

export interface Driver {
  readonly name: 'bubblewrap' | 'unshare' | 'plain';
  readonly level: 1 | 2;
  /** Why this machine can't even try; undefined: try it. */
  cannot(host: Host): string | undefined;
  /** Why this one request can't be served; undefined: it can. */
  refuses(cell: Cell): string | undefined;
  launch(cell: Cell): Launch;
  places(cell: Cell, pid: number): Places;
  /** Between `ready` and `go`: mount points, links. */
  prepare(cell: Cell, places: Places): void;
}
