import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { GateInput, RoleTools, Task } from '@squados/agent-runtime';
import { agentName, cardId, projectId, sha256, type CardSpec, type Verdict } from '@squados/contracts';
import { createProductGates } from '@squados/gates/product';
import { createProductRole } from './index.js';

const role = createProductRole({ gates: createProductGates() });

const EPIC: CardSpec = {
  id: cardId('EPIC-001'),
  title: 'Product',
  description: '',
  agent: agentName('product'),
  type: 'epic',
  priority: 'CRITICAL',
  dependencies: [],
  acceptanceCriteria: [],
  requirementIds: [],
  deliverables: [],
};

const task = (card: CardSpec, cards: readonly CardSpec[]): Task => ({
  project: {
    id: projectId('p'),
    title: 'P',
    agents: [agentName('product'), agentName('arch')],
    policy: {} as Task['project']['policy'],
    documents: [],
  },
  card,
  attempt: 1,
  dependencies: [],
  cards,
});

const verdicts = async (input: GateInput): Promise<readonly string[]> => {
  const required = role.gates.filter((gate) => gate.applies(input.task) === 'required');
  return Promise.all(required.map(async (gate) => told(gate.name, await gate.run(input))));
};

const told = (name: string, verdict: Pick<Verdict, 'outcome' | 'summary'>): string =>
  `${name} ${verdict.outcome}${verdict.outcome === 'pass' ? '' : `: ${verdict.summary}`}`;

/** Runs the epic and then every card that it proposed, each with its gates; answers with what did not pass, and counts. */
const deliver = async (
  path: string,
): Promise<{ readonly cards: number; readonly designs: number; readonly notPassed: readonly string[] }> => {
  const bytes = new Uint8Array(readFileSync(path));
  const tools: RoleTools = {
    signal: new AbortController().signal,
    readArtifact: () => Promise.resolve(bytes),
    note: () => undefined,
  };
  const epic: CardSpec = {
    ...EPIC,
    attachments: [{ name: path.split('/').at(-1) ?? path, sha256: sha256('0'.repeat(64)), bytes: bytes.length }],
  };
  const notPassed: string[] = [];
  const run = async (card: CardSpec, cards: readonly CardSpec[]) => {
    const result = await role.write(task(card, cards), tools);
    if (result.kind !== 'written') throw new Error(JSON.stringify(result));
    const all = await verdicts({ task: task(card, cards), files: result.files, proposals: result.proposals, tools });
    notPassed.push(...all.filter((v) => !v.endsWith(' pass')).map((v) => `${card.id} ${v}`));
    return result;
  };
  const { proposals } = await run(epic, [epic]);
  const cards = proposals.map((p) => p.card);
  let designs = 0;
  for (const card of cards) designs += (await run(card, [epic, ...cards])).proposals.length;
  return { cards: cards.length, designs, notPassed };
};

const EXPECTED: Readonly<Record<string, number>> = {
  'intellicore__requisitos_funcionais_v2.0.pt.md': 40,
  'intellicore__requisitos_funcionais_dup-RF062.pt.md': 40,
  'quality-software-poc__requisitos.pt.md': 8,
  'car-rental-003__spec.md': 13,
  'rms__SRS.md': 15,
  'app_treino__prd.pt.md': 10,
  'prds__PRD.md': 22,
  'claude-task-master__prd.txt': 16,
  'claude-task-master__sample-prd.txt': 4,
  'saracafarma__requisitos.utf16.pt.md': 8,
};

const REAL = join(process.cwd(), '../shared/inputs/requirements');
const there = existsSync(REAL);
const withDocuments = there ? describe : describe.skip;

withDocuments(`documents found in the wild${there ? '' : ' (skipped: ../shared/inputs is not here)'}`, () => {
  it.each(there ? readdirSync(REAL) : [])(
    '%s becomes three cards per requirement, one design each, all gates passed',
    async (name) => {
      const requirements = EXPECTED[name];
      expect(await deliver(join(REAL, name))).toEqual({
        cards: (requirements ?? 0) * 3,
        designs: requirements,
        notPassed: [],
      });
    },
  );
});

describe('the examples', () => {
  it.each(['library.en.md', 'oficina.pt.md'])('%s becomes 24 cards and 8 designs, all gates passed', async (name) => {
    expect(await deliver(join(process.cwd(), 'examples', name))).toEqual({ cards: 24, designs: 8, notPassed: [] });
  });
});
