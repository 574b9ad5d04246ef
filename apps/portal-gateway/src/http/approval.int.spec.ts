import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  agentName,
  attemptLane,
  cardId,
  decidedLane,
  EMPTY_LANE,
  manifestHash,
  revision,
  sha256,
  stampEvent,
  type Command,
  type DraftEvent,
  type Lane,
} from '@squados/contracts';
import { randomUUID } from 'node:crypto';
import { add, openHarness, PROJECT, spec, start, type Harness } from '../testing/gateway-harness.js';
import { until } from '../testing/until.js';
import type { CardPage, Problem } from '../wire/index.js';

let harness: Harness;
const infra = agentName('infra');
const at = { project: PROJECT, agent: infra, card: cardId('DEPLOY-001') };
const manifest = { 'deploy/staging/app.yaml': sha256('a'.repeat(64)) };

const write = async (lane: Lane, drafts: readonly DraftEvent[]): Promise<void> => {
  const stamp = { source: 'test', subject: '', time: new Date().toISOString() };
  const events = drafts.map((draft) => stampEvent(draft, { ...stamp, id: randomUUID() }));
  const result = await harness.log.append({ lane, expected: EMPTY_LANE, events });
  if (result.kind !== 'appended') throw new Error(JSON.stringify(result));
};

const page = async (): Promise<CardPage> => (await harness.browser.get('/api/cards/DEPLOY-001')).json<CardPage>();

beforeAll(async () => {
  harness = await openHarness();
  const begin = start as Extract<Command, { type: 'StartProject' }>;
  const approvals = [{ target: 'staging', roles: ['tech-lead', 'product-owner'] }] as const;
  await harness.submit({ ...begin, agents: [infra], policy: { ...begin.policy, approvals } });
  await harness.submit(add([{ ...spec('DEPLOY-001'), agent: infra, title: 'Deploy to staging' }]));
  await write(decidedLane(at), [
    {
      type: 'CardEnqueued',
      data: { attempt: 1, after: revision(0), inputs: { cardRevision: 1, digest: 'd'.repeat(64) } },
    },
  ]);
  const end = { attempt: 1, author: 'offline', manifest, manifestHash: manifestHash(manifest), proposals: [] };
  await write(attemptLane(at), [
    { type: 'CardStarted', data: { attempt: 1, delivery: 1, worker: 'w' } },
    { type: 'CardCompleted', data: end },
  ]);
  await until('the approval', () => harness.engine.fold.position >= 5);
});
afterAll(() => harness.stop());

const decide = async (more: Readonly<Record<string, unknown>>) =>
  harness.browser.post('/api/commands', { type: 'ApproveCard', card: 'DEPLOY-001', attempt: 1, ...more });

describe('an approval', () => {
  it('shows where it goes, whose word is missing and what would be approved; needs all of them', async () => {
    const { approval, row } = await page();
    expect(row).toMatchObject({ state: 'AWAITING_APPROVAL', held: true });
    expect(approval).toEqual({
      gate: 'staging',
      missing: ['tech-lead', 'product-owner'],
      manifestHash: manifestHash(manifest),
    });
    const said = {
      role: 'tech-lead',
      decision: 'approved',
      reason: 'looked at it',
      manifestHash: approval?.manifestHash,
    };
    expect((await decide(said)).status).toBe(200);
    expect((await page()).approval?.missing).toEqual(['product-owner']);
  });

  it('of another manifest than there is now is refused as stale', async () => {
    const answer = await decide({
      role: 'product-owner',
      decision: 'approved',
      reason: 'r',
      manifestHash: 'b'.repeat(64),
    });
    expect(answer.status).toBe(409);
    expect(answer.json<Problem>().code).toBe('stale-preview');
  });

  it('by the last role that was missing makes the card done', async () => {
    const said = { decision: 'approved', reason: 'go', manifestHash: manifestHash(manifest) };
    expect((await decide({ role: 'product-owner', ...said })).status).toBe(200);
    expect((await page()).row.state).toBe('DONE');
  });
});
