import { randomUUID } from 'node:crypto';
import { inputsDigest } from '@squados/board';
import {
  attemptLane,
  cardId,
  decidedLane,
  EMPTY_LANE,
  manifestHash,
  projectId,
  projectLane,
  stampEvent,
  type CardSpec,
  type DraftEvent,
  type Lane,
  type Revision,
} from '@squados/contracts';
import { openNatsArtifactStore } from '@squados/artifacts/nats';
import { withOffloading } from '@squados/event-log';
import { openJetStreamLog } from '@squados/event-log/jetstream';
import { participate } from '../participant.mjs';
import { AGENT, POLICY } from './graph.js';
import { access } from './settings.js';

/** Writes the log of a project whose cards are all done, as if it had been worked off. */
const below = await openJetStreamLog({ access: access(), name: 'bench fill', stream: { kind: 'make' } });
const log = withOffloading(below, await openNatsArtifactStore(below.connection));
const PROJECT = projectId('memory');
const PERSON = { kind: 'person', name: 'bench' } as const;
const BATCH = 1_000;
const IN_FLIGHT = 500;

const append = async (lane: Lane, expected: Revision, drafts: readonly DraftEvent[]): Promise<Revision> => {
  const events = drafts.map((draft) =>
    stampEvent(draft, { id: randomUUID(), time: new Date().toISOString(), source: 'bench', subject: 'bench' }),
  );
  const result = await log.append({ lane, expected, events });
  if (result.kind !== 'appended') throw new Error(`${lane}: ${result.kind}`);
  return result.revision;
};

const specOf = (index: number): CardSpec => ({
  id: cardId(`PROD-${index}`),
  title: `Card ${index} of a backlog of the usual kind`,
  description: 'What is to be done, in a sentence or two, as people write it on a card of a board.',
  agent: AGENT,
  priority: 'MEDIUM',
  dependencies: index % BATCH === 0 ? [] : [cardId(`PROD-${index - 1}`)],
  acceptanceCriteria: ['It does what the card says'],
  requirementIds: [`RF-${index % 100}`],
  deliverables: [],
});

const MANIFEST = manifestHash({});
const DIGEST = inputsDigest(1, []);

const worked = async (card: CardSpec['id']): Promise<void> => {
  const at = { project: PROJECT, agent: AGENT, card };
  const inputs = { cardRevision: 1, digest: DIGEST };
  await append(decidedLane(at), EMPTY_LANE, [
    { type: 'CardEnqueued', data: { attempt: 1, after: EMPTY_LANE, inputs } },
  ]);
  await append(attemptLane(at), EMPTY_LANE, [
    { type: 'CardStarted', data: { attempt: 1, delivery: 1, worker: 'bench' } },
    {
      type: 'CardCompleted',
      data: {
        ...{ attempt: 1, author: 'none', manifest: {}, manifestHash: MANIFEST, proposals: [] },
        metrics: { writeMs: 0, verifyMs: 0, files: 0 },
      },
    },
  ]);
};

const workOff = async (specs: readonly CardSpec[]): Promise<void> => {
  const waiting = [...specs];
  const lines = Array.from({ length: IN_FLIGHT }, async () => {
    for (let spec = waiting.pop(); spec !== undefined; spec = waiting.pop()) await worked(spec.id);
  });
  await Promise.all(lines);
};

participate({
  prepare: async ({ name }) => {
    const cards = Number(name);
    const lane = projectLane(PROJECT);
    let at = await append(lane, EMPTY_LANE, [
      { type: 'ProjectStarted', data: { title: 'memory', agents: [AGENT], policy: POLICY } },
    ]);
    for (let from = 0; from < cards; from += BATCH) {
      const specs = Array.from({ length: Math.min(BATCH, cards - from) }, (_, i) => specOf(from + i));
      const origin = { kind: 'import', by: PERSON } as const;
      at = await append(lane, at, [{ type: 'CardsAdded', data: { origin, cards: specs } }]);
      await workOff(specs);
    }
  },
  stop: () => below.close(),
});
