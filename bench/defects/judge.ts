import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  createScrub,
  systemClock,
  writeCard,
  type CardEvidence,
  type Gate,
  type Role,
  type Task,
} from '@squados/agent-runtime';
import { createQaRole } from '@squados/authors/qa';
import {
  agentName,
  manifestHash,
  ownerOf,
  type CardId,
  type DraftEvent,
  type Sha256,
  type Verdict,
} from '@squados/contracts';
import { createGatePool, type GatePool } from '@squados/gates';
import { createArchGates } from '@squados/gates/arch';
import { createBackendGates } from '@squados/gates/backend';
import { createFrontendGates } from '@squados/gates/frontend';
import { createInfraGates } from '@squados/gates/infra';
import { createProductGates } from '@squados/gates/product';
import { createQaChecks, createQaGates } from '@squados/gates/qa';
import { createSandbox } from '@squados/gates/sandbox';
import { createLooseEndsGate } from '@squados/gates/sources';
import { createToolchains } from '@squados/gates/toolchains';
import { benchCard, benchTask, type Authored, type AuthoredProject, type Part } from '../authored/authored-project.js';
import type { Work } from './planted/defect.js';

/** What became of one card: all verdicts, and the words with which it was stopped. */
export interface Stage {
  readonly card: string;
  readonly verdicts: readonly Verdict[];
  readonly stopped?: { readonly code: string; readonly message: string };
  readonly manifest: Readonly<Record<string, Sha256>>;
}

const WORKER = resolve('apps/cli/dist/worker-gates.js');

const pool = (): GatePool => {
  if (!existsSync(WORKER)) throw new Error('the gate worker is not built: run "node tools/bundle.mjs apps/cli"');
  return createGatePool({ workerFile: WORKER, size: 1 });
};

/** The gates that the six agents run in production, over the files that it is given. */
export class Judge {
  readonly #pool = pool();
  readonly #tools = { sandbox: createSandbox(), toolchains: createToolchains() };
  readonly #checks = createQaChecks(this.#tools);
  readonly #gates: Readonly<Record<string, readonly Gate[]>> = {
    product: createProductGates(),
    arch: createArchGates({ pool: this.#pool }),
    backend: [...createBackendGates(this.#tools), createLooseEndsGate()],
    frontend: [...createFrontendGates(this.#tools), createLooseEndsGate()],
    infra: createInfraGates({ pool: this.#pool }),
  };
  #attempt = 0;

  constructor(readonly project: AuthoredProject) {}

  /** The card that the work belongs to, and for code QA's card after it, unless the first is stopped. */
  async judge(part: Part, work: Work): Promise<readonly Stage[]> {
    const own = await this.#own(this.project.parts[part], work);
    if (own.stopped !== undefined || !isCode(part)) return [own];
    return [own, await this.#quality(part, own)];
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  async #own({ task }: Authored, work: Work): Promise<Stage> {
    const role: Role = {
      agent: task.card.agent,
      author: 'offline',
      gates: this.#gates[task.card.agent] ?? [],
      write: () => Promise.resolve({ kind: 'written', files: work.files, proposals: work.proposals, assumptions: [] }),
    };
    return this.#run(role, task);
  }

  /** Not the project's last QA card: the browser's run has a proof of its own. */
  async #quality(part: Part, own: Stage): Promise<Stage> {
    const { card } = this.project.parts[part].task;
    const cards = [benchCard('QA-001', 'qa', { dependencies: [card.id] }), benchCard('QA-002', 'qa')] as const;
    const task = benchTask(cards[0], [card, ...cards], {
      attempt: (this.#attempt += 1),
      dependencies: [{ card, manifest: own.manifest, assumed: false }],
    });
    const evidence: CardEvidence = {
      attempt: 1,
      manifestHash: manifestHash(own.manifest),
      verdicts: own.verdicts,
    };
    const checks = this.#checks;
    return this.#run(createQaRole({ gates: createQaGates({ checks }), checks }), task, async () => evidence);
  }

  async #run(role: Role, task: Task, evidence?: (card: CardId) => Promise<CardEvidence>): Promise<Stage> {
    const { artifacts, tools } = this.project;
    const manifest: Record<string, Sha256> = {};
    const events = await writeCard(
      {
        role,
        folder: ownerOf(agentName(task.card.agent))?.folder ?? '',
        artifacts,
        clock: systemClock,
        scrub: createScrub({}),
        tools: { ...tools, ...(evidence && { evidence }) },
      },
      task,
    );
    for (const event of events) if (event.type === 'CardCompleted') Object.assign(manifest, event.data.manifest);
    return { card: task.card.id, verdicts: events.flatMap(verdictIn), manifest, ...stopIn(events) };
  }
}

const isCode = (part: Part): boolean => ['python', 'go', 'frontend'].includes(part);

const verdictIn = (event: DraftEvent): readonly Verdict[] =>
  event.type === 'VerdictRecorded' ? [event.data.verdict] : [];

const stopIn = (events: readonly DraftEvent[]): Pick<Stage, 'stopped'> => {
  const failure = events.find((event) => event.type === 'CardFailed');
  return failure ? { stopped: { code: failure.data.code, message: failure.data.message } } : {};
};
