import { createScrub, type Role } from '@squados/agent-runtime';
import { setTimeout as wait } from 'node:timers/promises';
import {
  ClaudeRole,
  createAnthropicClient,
  ProviderGate,
  type ClaudeOptions,
  type ModelChoices,
  type RecordedCalls,
} from '../claude/index.js';
import { JudgedRole } from '../judge/index.js';

/** Puts an author over an offline role. */
export type Dress = (role: Role) => Role;

export interface ClaudeDress {
  /** Absent: nothing is asked; answers come from the record, and from nowhere else. */
  readonly live?: { readonly apiKey: string; readonly baseUrl?: string };
  readonly recorded: RecordedCalls;
  readonly choices: ModelChoices;
  /** Its secrets are taken out of everything that is said to a model. */
  readonly env: NodeJS.ProcessEnv;
  /** A card without an allowance is left to the offline author: nobody said what may be spent on it. */
  readonly needsAllowance?: true;
}

const PATIENCE_MS = 15_000;
const RETRY_AFTER_MS = [1_000, 4_000];

const sleep = async (ms: number, signal: AbortSignal): Promise<void> => {
  try {
    await wait(ms, undefined, { signal });
  } catch {
    return; // whoever waits looks at the signal
  }
};

/** Claude and the judge over roles of this process, which share one gate to the provider and one record. */
export const claudeDress = ({ live, recorded, choices, env, needsAllowance }: ClaudeDress): Dress => {
  const options: ClaudeOptions = {
    gate: new ProviderGate({ now: Date.now, sleep, patienceMs: PATIENCE_MS }),
    ...{ recorded, now: Date.now, sleep, retryAfterMs: RETRY_AFTER_MS, prefixTtl: '1h', scrub: createScrub(env) },
    ...(live && { client: createAnthropicClient(live) }),
    ...(needsAllowance && { needsAllowance }),
    /** Looked up for each card: another process may have begun it in the meantime. */
    get choices() {
      return recorded.choicesWith(choices);
    },
  };
  return (role) => new JudgedRole(new ClaudeRole(role, options), options.scrub);
};
