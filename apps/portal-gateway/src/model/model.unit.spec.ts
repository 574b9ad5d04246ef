import { describe, expect, it } from '@jest/globals';
import { memoryArtifactStore } from '@squados/artifacts';
import {
  agentName,
  attemptLane,
  cardId,
  decidedLane,
  manifestHash,
  position,
  projectLane,
  revision,
  sha256,
  stampEvent,
  type DraftEvent,
  type Lane,
  type Verdict,
} from '@squados/contracts';
import { LogFold } from '@squados/orchestrator';
import type { WallClock } from '@squados/platform';
import { gatewayObserver } from '../gateway-observer.js';
import { feedRows } from '../feed/feed-row.js';
import { add, PROJECT, spec, start } from '../testing/gateway-harness.js';
import { cardPage } from './card-page.js';
import { firstProject } from './first-project.js';
import { parseAddresses } from './product-links.js';

const clock = (): WallClock & { at: number; due: (() => void)[] } => ({
  at: 0,
  due: [],
  now() {
    return this.at;
  },
  after(_ms, call) {
    this.due.push(call);
    return () => (this.due = this.due.filter((each) => each !== call));
  },
});

/** A gateway's eyes over a log that is written by hand. */
const world = () => {
  const time = clock();
  const artifacts = memoryArtifactStore();
  const observer = gatewayObserver(artifacts, time);
  const fold = new LogFold();
  let at = 0;
  const revisions = new Map<Lane, number>();
  const write = (lane: Lane, ...drafts: readonly DraftEvent[]) => {
    at++;
    revisions.set(lane, at);
    const stamp = { source: 'test', subject: '', time: new Date(at * 1_000).toISOString() };
    const events = drafts.map((draft, i) => stampEvent(draft, { ...stamp, id: `${at}-${i}` }));
    const commit = { lane, position: position(at), revision: revision(at), events };
    fold.apply(commit);
    observer.folded(commit, fold);
    return commit;
  };
  const { type: _start, project: _project, ...started } = start as Extract<typeof start, { type: 'StartProject' }>;
  write(projectLane(PROJECT), { type: 'ProjectStarted', data: started });
  const { cards, by } = add([spec('ARCH-1'), spec('ARCH-2', ['ARCH-1'])]) as Extract<
    ReturnType<typeof add>,
    { type: 'AddCards' }
  >;
  write(projectLane(PROJECT), { type: 'CardsAdded', data: { origin: { kind: 'import', by }, cards } });
  observer.headReached?.(fold);
  return { time, artifacts, observer, fold, write, model: observer.model };
};

const at = (id: string) => ({ project: PROJECT, agent: agentName('arch'), card: cardId(id) });
const verdict = (gate: string, outcome: Verdict['outcome']): Verdict => ({
  ...{ gate, outcome, profile: 'quick', required: true, command: `run ${gate}`, durationMs: 5, summary: 's' },
  isolation: { level: 0, by: 'none' },
});
const enqueue: DraftEvent = {
  type: 'CardEnqueued',
  data: { attempt: 1, after: revision(0), inputs: { cardRevision: 1, digest: 'd' } },
};
const started: DraftEvent = { type: 'CardStarted', data: { attempt: 1, delivery: 1, worker: 'w' } };
const completed = (manifest: Readonly<Record<string, string>>): DraftEvent => {
  const files = Object.fromEntries(Object.entries(manifest).map(([path, hash]) => [path, sha256(hash)]));
  return {
    type: 'CardCompleted',
    data: { attempt: 1, author: 'offline', manifest: files, manifestHash: manifestHash(files), proposals: [] },
  };
};

describe('the board for people', () => {
  it('is looked at only while somebody is there, and at once when somebody comes', () => {
    const { model, time, write } = world();
    write(decidedLane(at('ARCH-1')), enqueue);
    expect(time.due).toHaveLength(0);
    let told = 0;
    const leave = model.subscribe(() => told++);
    expect(model.look().rows.map(({ state }) => state)).toEqual(['ENQUEUED', 'TODO']);
    write(attemptLane(at('ARCH-1')), started);
    write(projectLane(PROJECT), {
      type: 'ProjectPaused',
      data: { by: { kind: 'person', name: 'a' }, reason: 'r', now: false },
    });
    expect(time.due).toHaveLength(1);
    leave();
    expect(told).toBeGreaterThan(0);
  });

  it('names what changed since a look, and no more', () => {
    const { model, write } = world();
    const { version } = model.look();
    expect(model.look().since(0)).toHaveLength(2);
    write(decidedLane(at('ARCH-1')), enqueue);
    expect(
      model
        .look()
        .since(version)
        .map(({ id }) => id),
    ).toEqual(['ARCH-1']);
    expect(model.look().since(model.look().version)).toEqual([]);
  });

  it('counts the gates of the last attempt, and says when a card waits for a person', () => {
    const { model, write, fold } = world();
    write(decidedLane(at('ARCH-1')), enqueue);
    const verdicts = [verdict('lint', 'pass'), verdict('ddl', 'refer')];
    write(
      attemptLane(at('ARCH-1')),
      started,
      ...verdicts.map((each): DraftEvent => ({ type: 'VerdictRecorded', data: { attempt: 1, verdict: each } })),
      completed({ 'arquitetura/a.md': 'a'.repeat(64) }),
    );
    expect(model.look().rows[0]).toMatchObject({ held: true, gates: { pass: 1, fail: 0, refer: 1, waived: 0 } });
    expect(model.look().project).toMatchObject({ held: 1, ended: 0 });
    const page = cardPage(fold, { at: firstProject(fold)!, id: cardId('ARCH-1'), notes: new Map() });
    expect(page).toMatchObject({ openGates: ['ddl'] });
    expect(page?.attempts[0]?.verdicts.map(({ gate }) => gate)).toEqual(['lint', 'ddl']);
  });

  it('tells no time that is left before three cards have ended', () => {
    const { model, write } = world();
    for (const id of ['ARCH-1', 'ARCH-2'])
      write(decidedLane(at(id)), { type: 'CardSkipped', data: { by: { kind: 'person', name: 'a' }, reason: 'r' } });
    expect(model.look().project).toMatchObject({ ended: 2, total: 2 });
    expect(model.look().project?.etaMs).toBeUndefined();
  });
});

describe('where the product answers', () => {
  const bytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

  it('is offered only for addresses of this machine', () => {
    const good = { frontend: 'http://127.0.0.1:4100', backend: 'http://localhost:4101', health: 'http://[::1]:1/h' };
    expect(parseAddresses(bytes(good))).toEqual(good);
    for (const frontend of ['javascript:alert(1)', 'http://evil.example', 'http://127.0.0.1.evil.example', 7, null])
      expect(parseAddresses(bytes({ frontend }))).toBeUndefined();
    expect(parseAddresses(Buffer.from('{'))).toBeUndefined();
    expect(parseAddresses(bytes(null))).toBeUndefined();
  });
});

describe('a line of the feed', () => {
  it('keeps what is long short, and names the card by its lane', () => {
    const { write } = world();
    const message = 'm'.repeat(5_000);
    const rows = feedRows(
      write(attemptLane(at('ARCH-1')), {
        type: 'CardFailed',
        data: { attempt: 1, kind: 'terminal', code: 'c', message },
      }),
    );
    expect(rows).toMatchObject([{ key: '3.0', type: 'CardFailed', card: 'ARCH-1', facts: { code: 'c' } }]);
    expect(String(rows[0]?.facts['message'])).toHaveLength(301);
  });
});
