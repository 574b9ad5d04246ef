import type { ArtifactStore } from '@squados/artifacts';
import type { Command } from '@squados/contracts';
import type { EventLog } from '@squados/event-log';
import type { FoldView, SubmitResult } from '@squados/orchestrator';
import type { IntakeFile, IntakePreview } from './wire/index.js';

/** What the gateway shows and passes commands to. It belongs to whoever made it; the gateway closes none of it. */
export interface GatewaySource {
  /** Followed by each client that reads the feed; only looked at. */
  readonly log: EventLog;
  readonly artifacts: ArtifactStore;
  readonly fold: FoldView;
  /** The same door as the command line's. */
  submit(command: Command): Promise<SubmitResult>;
  /** Absent: no document can be dropped here. */
  readonly intake?: Intake;
}

/** Reads documents and begins a project with them, by the same importers and checks as `squados run`. */
export interface Intake {
  /** Reads and checks; records nothing. @throws Refusal for what can't be read or isn't sound. */
  preview(files: readonly IntakeBytes[]): Promise<Intended>;
}

export interface IntakeBytes {
  readonly name: IntakeFile['name'];
  readonly bytes: Uint8Array;
}

export interface Intended {
  readonly preview: Omit<IntakePreview, 'id'>;
  /** Records what the preview showed. @throws Refusal when the folder can't take it any more. */
  begin(): Promise<void>;
}

/** Told to the person at the page; any error with these fields counts, wherever its class came from. */
export interface Refusal extends Error {
  readonly code: string;
  readonly details: readonly string[];
  readonly remedy: readonly string[];
}
