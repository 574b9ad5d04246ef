/** What a run is asked to do, and what it found. */
import type { CardState } from '@squados/contracts';
import type { Choice, FaultKind } from './faults.js';
import type { Counts } from './judge.js';
import type { Breakage } from './services/broken-log.js';

export interface ChaosPlan {
  readonly seed: number;
  /** How long faults fall, in ms. */
  readonly forMs: number;
  readonly agents: readonly string[];
  readonly copies: number;
  readonly choices: readonly Choice[];
  /** Between two faults, on the average. */
  readonly paceMs: number;
  readonly workMs: number;
  /** Cards that are handed out at a time. */
  readonly slice: number;
  /** How long the server waits for a sign of life of a worker. */
  readonly ackWaitMs: number;
  readonly program: string;
  readonly breakage?: Breakage;
}

export interface ChaosReport {
  readonly faults: ReadonlyMap<FaultKind, number>;
  readonly passedOver: number;
  /** Processes that ended though nobody had killed them, with how. */
  readonly endedAlone: readonly string[];
  readonly cards: number;
  readonly states: ReadonlyMap<CardState, number>;
  readonly counts: Counts;
  readonly acknowledged: number;
  readonly feedLines: number;
  readonly feedConnections: number;
  readonly commands: number;
  /** From the last fault mended to the last card settled. */
  readonly settledMs: number;
  readonly verifier: string;
  /** Empty: sound. */
  readonly violations: readonly string[];
}
