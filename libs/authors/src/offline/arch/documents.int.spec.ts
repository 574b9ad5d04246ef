import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CardSpec } from '@squados/contracts';
import { cardId } from '@squados/contracts';
import { createArchGates, createGatePool, type GatePool } from '@squados/gates/arch';
import { buildTestWorker } from '@squados/gates/testing';
import { parseRequirements } from '@squados/importers/requirements';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createArchRole } from './create-arch-role.js';
import { archCards, cardsOf, noTools, taskFor, written } from './testing/tasks.js';

const ROOT = join(import.meta.dirname, '../../../../..');
const INPUTS = join(ROOT, '../shared/inputs');
const HOSTILE = `a"b'c\`; DROP TABLE x; -- x*/ %%{init}%% {{ }} $$ \n# y: [z] <b>|`;

let pool: GatePool;
beforeAll(async () => {
  pool = createGatePool({ workerFile: await buildTestWorker(), size: 1 });
  await pool.warm();
}, 240_000);
afterAll(() => pool.close());

const documentCards = (path: string): readonly CardSpec[] => {
  const result = parseRequirements({ name: 'doc.md', bytes: readFileSync(path) });
  if (result.kind !== 'parsed') throw new Error(result.message);
  const { requirements, language } = result.document;
  return cardsOf(
    requirements.filter((r) => r.kind === 'functional'),
    language,
  );
};

interface RawCard {
  readonly card_id: string;
  readonly title: string;
  readonly description: string;
  readonly type?: string;
  readonly acceptance_criteria?: readonly string[];
}

const backlogCards = (path: string): readonly CardSpec[] => {
  const raw = (JSON.parse(readFileSync(path, 'utf8')) as { cards: readonly RawCard[] }).cards.filter(
    (c) => c.type === 'design',
  );
  return cardsOf(
    raw.map((c) => ({ id: c.card_id, title: c.title, text: c.description, criteria: c.acceptance_criteria ?? [] })),
    'pt',
  ).map((c, i) => ({ ...c, title: raw[i % raw.length]?.title ?? c.title, requirementIds: [] }));
};

const complaints = async (cards: readonly CardSpec[], own: CardSpec): Promise<readonly string[]> => {
  const role = createArchRole({ gates: createArchGates({ pool }) });
  const task = taskFor(cards, own, 'Projeto “X”');
  const { files, proposals } = await written(role, task);
  const found: string[] = [];
  for (const gate of role.gates.filter((it) => it.applies(task) !== 'none')) {
    const verdict = await gate.run({ task, files, proposals, tools: noTools });
    if (verdict.outcome !== 'pass')
      found.push(
        `${own.id} ${gate.name}: ${verdict.outcome} ${verdict.summary} ${JSON.stringify(verdict.findings?.slice(0, 5))}`,
      );
  }
  return found;
};

const some = (cards: readonly CardSpec[]): readonly CardSpec[] => {
  const archs = archCards(cards);
  return [...new Set([archs.length - 1])].flatMap((i) => archs[i] ?? []);
};

const allPass = async (cards: readonly CardSpec[], checked = some(cards)): Promise<void> => {
  const found: string[] = [];
  for (const own of checked) found.push(...(await complaints(cards, own)));
  expect(found).toEqual([]);
};

describe('what the architecture owner writes passes its gates', () => {
  it.each(['library.en.md', 'oficina.pt.md'])(
    'for every card of our example %s',
    async (name) => {
      const cards = documentCards(join(ROOT, 'examples', name));
      await allPass(cards, archCards(cards).slice(-2));
    },
    240_000,
  );

  const real = [
    'intellicore__requisitos_funcionais_v2.0.pt.md',
    'quality-software-poc__requisitos.pt.md',
    'car-rental-003__spec.md',
    'rms__SRS.md',
    'saracafarma__requisitos.utf16.pt.md',
  ];
  const isThere = real.every((name) => existsSync(join(INPUTS, 'requirements', name)));
  (isThere ? it : it.skip).each(real)(
    `for the real document %s${isThere ? '' : ' (skipped: ../shared/inputs is not here)'}`,
    async (name) => {
      await allPass(documentCards(join(INPUTS, 'requirements', name)));
    },
    240_000,
  );

  const backlog = join(INPUTS, 'backlogs/squados/backlog_master-121cards-v2.0.0.json');
  (existsSync(backlog) ? it : it.skip)(
    'for the real backlog of 121 cards (skipped where the file is absent)',
    async () => {
      await allPass(backlogCards(backlog));
    },
    240_000,
  );

  it('for texts full of SQL, YAML, Markdown and Mermaid syntax', async () => {
    const cards = cardsOf(
      [
        {
          id: 'FR-1',
          title: `Manage gadgets ${HOSTILE}`,
          text: `${HOSTILE}\n\n**Fields**:\n\n- **name** (text, required, up to 20 characters): ${HOSTILE}\n- **kind** (one of: it's, "two", a;b, -- drop, %%{x}%%)\n\n**States**: open → it's done → closed`,
          criteria: [`Only ${HOSTILE} must be unique`],
        },
        { id: 'FR-2', title: HOSTILE, text: `A gadget must be ${HOSTILE}`, criteria: [HOSTILE] },
      ],
      'en',
    ).map((c) => ({
      ...c,
      id: cardId(`${c.id}/../${HOSTILE.slice(0, 12)}`),
      requirementIds: [`${c.requirementIds[0] ?? ''}${HOSTILE}`],
    }));
    const linked = cards.map((c) =>
      c.agent === 'arch'
        ? {
            ...c,
            dependencies: cards
              .filter((d) => d.agent === 'product' && d.description === c.description)
              .map((d) => d.id),
          }
        : c,
    );
    await allPass(linked, archCards(linked));
  }, 240_000);
});
