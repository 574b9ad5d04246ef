import { describe, expect, it } from '@jest/globals';
import { cardId, type Command, type DraftEvent, type RunPolicy } from '@squados/contracts';
import { escalations, restore, snapshot } from './index.js';
import {
  ARCH,
  completed,
  everything,
  fakeHash,
  P,
  person,
  policy,
  PRODUCT,
  Scenario,
  spec,
  started,
  startProject,
  types,
  verdict,
} from './testing/index.js';

const by = person;
const approvals: NonNullable<RunPolicy['approvals']> = [
  { target: 'staging', roles: ['tech-lead'] },
  { target: 'production', roles: ['product-owner', 'tech-lead'] },
];
const deploy = (target: string, more: Partial<ReturnType<typeof spec>> = {}) =>
  spec('DEPLOY-1', { type: 'deploy', extra: { target }, ...more });

const project = (card = deploy('production'), rules: Partial<RunPolicy> = { approvals }): Scenario =>
  Scenario.of([card, spec('NEXT', { dependencies: ['DEPLOY-1'] })], startProject({ policy: policy(rules) }));

const run = (s: Scenario, output = 'v1', ...gates: DraftEvent[]): Scenario => {
  s.step();
  const { attempt } = s.card('DEPLOY-1');
  return s.says('DEPLOY-1', started(attempt), ...gates, completed(attempt, { output }));
};

const word = (role: string, more: Partial<Extract<Command, { type: 'ApproveCard' }>> = {}): Command => ({
  type: 'ApproveCard',
  project: P,
  card: cardId('DEPLOY-1'),
  attempt: 1,
  role,
  decision: 'approved',
  by,
  reason: 'looked at it',
  manifestHash: fakeHash('v1'),
  ...more,
});

describe('a DEPLOY card that people have to approve', () => {
  it('waits for every role that the policy names for where it goes, and asks each once', () => {
    const s = run(project());
    expect(s.card('DEPLOY-1')).toMatchObject({
      state: 'AWAITING_APPROVAL',
      approval: { gate: 'production', missing: ['product-owner', 'tech-lead'], manifestHash: fakeHash('v1') },
    });
    expect(s.project().settled).toBe(false);
    expect(s.planned().flatMap((a) => a.events.map((e) => e.data))).toEqual(
      ['product-owner', 'tech-lead'].map((role) => ({
        attempt: 1,
        gate: 'production',
        role,
        manifestHash: fakeHash('v1'),
      })),
    );
    expect(types(s.step().planned())).toEqual([]);
    expect(s.project().settled).toBe(true);
    expect(s.card('NEXT').state).toBe('TODO');
  });

  it('is done with the last approval, whoever comes first', () => {
    const s = run(project()).step().accept(word('tech-lead'));
    expect(s.card('DEPLOY-1').approval).toMatchObject({ gate: 'production', missing: ['product-owner'] });
    s.accept(word('product-owner'));
    expect(s.card('DEPLOY-1').state).toBe('DONE');
    expect(s.card('NEXT').ready).toBe(true);
  });

  it('is a dead letter with the words of whoever refuses', () => {
    const s = run(project())
      .step()
      .accept(word('tech-lead', { decision: 'refused', reason: 'not on a Friday' }));
    expect(s.planned()[0]?.events[0]?.data).toEqual({
      attempt: 1,
      reason: 'refused',
      message: 'refused: operator as tech-lead: not on a Friday',
    });
    s.step();
    expect([s.card('DEPLOY-1').state, s.card('NEXT').state]).toEqual(['DEAD_LETTERED', 'BLOCKED']);
    expect(escalations(s.board)).toMatchObject([{ card: 'DEPLOY-1', reason: 'refused' }]);
    s.accept({ type: 'RetryCard', project: P, card: cardId('DEPLOY-1'), by, reason: 'monday' });
    expect(s.planned()[0]?.events[0]?.data).toMatchObject({
      feedback: 'refused: operator as tech-lead: not on a Friday',
    });
    expect(run(s, 'v2').card('DEPLOY-1').approval?.missing).toHaveLength(2);
  });

  it('counts no word about another manifest or attempt: approvals of what was made before are void', () => {
    const s = run(project()).step().accept(word('tech-lead'));
    s.accept({ type: 'RollBack', project: P, card: cardId('DEPLOY-1'), by, reason: 'again' });
    run(s, 'v2').step();
    expect(s.card('DEPLOY-1').approval?.missing).toHaveLength(2);
    expect(s.ask(word('product-owner'))).toMatchObject({ kind: 'rejected', reason: 'stale-preview' });
    expect(s.ask(word('product-owner', { attempt: 2 }))).toMatchObject({ kind: 'rejected', reason: 'stale-preview' });
    s.decided('DEPLOY-1', {
      type: 'ApprovalDecided',
      data: { attempt: 2, role: 'product-owner', decision: 'approved', by, reason: 'r', manifestHash: fakeHash('v1') },
    });
    expect(s.card('DEPLOY-1').approval?.missing).toHaveLength(2);
    s.accept(word('product-owner', { attempt: 2, manifestHash: fakeHash('v2') }));
    expect(s.card('DEPLOY-1').approval?.missing).toEqual(['tech-lead']);
  });

  it('takes no word from a role that it does not wait for, nor while it waits for nobody', () => {
    const s = project();
    expect(s.ask(word('tech-lead'))).toMatchObject({ kind: 'rejected', reason: 'wrong-state' });
    run(s).step();
    expect(s.ask(word('intern'))).toMatchObject({ kind: 'rejected', reason: 'nothing-to-do' });
    expect(s.ask(word('tech-lead', { card: cardId('nowhere') }))).toMatchObject({ reason: 'unknown-card' });
    s.accept(word('tech-lead'));
    expect(s.ask(word('tech-lead'))).toMatchObject({ kind: 'rejected', reason: 'nothing-to-do' });
  });

  it('comes after its gates: a waiver first, then people', () => {
    const s = run(
      project(deploy('staging'), { approvals, waiveRefer: 'demo' }),
      'v1',
      verdict(1, { outcome: 'refer' }),
    );
    expect(s.card('DEPLOY-1').state).toBe('EVALUATING');
    expect(types(s.planned())).toEqual(['GateWaived']);
    expect(types(s.step().planned())).toEqual(['ApprovalRequested']);
    expect(s.step().accept(word('tech-lead')).card('DEPLOY-1').state).toBe('DONE');
  });

  it.each([
    ['it goes to this machine', deploy('local'), { approvals }],
    ['the policy names nobody for its target', deploy('production'), { approvals: [approvals[0]!] }],
    ['the run has no such policy', deploy('production'), {}],
    ['it deploys nothing', deploy('production', { id: cardId('DEP'), type: 'note' }), { approvals }],
  ])('waits for nobody when %s', (_, card, rules) => {
    const s = Scenario.of([card], startProject({ policy: policy(rules) })).step();
    s.says(card.id, started(1), completed(1));
    expect(s.card(card.id).state).toBe('DONE');
  });

  it('follows a change of its target that comes before it is complete', () => {
    const s = project(deploy('local'));
    s.accept({ type: 'ChangeCard', project: P, spec: deploy('staging'), by, reason: 'careful' });
    expect(run(s).card('DEPLOY-1').approval).toMatchObject({ gate: 'staging', missing: ['tech-lead'] });
  });

  it('proposes only once it is approved', () => {
    const s = project().step();
    s.says('DEPLOY-1', started(1), completed(1, { output: 'v1', proposals: [spec('N')] })).step();
    expect(types(s.planned())).toEqual([]);
    s.accept(word('tech-lead')).accept(word('product-owner'));
    expect(types(s.planned())).toEqual(['CardsAdded']);
  });

  it('asks nobody in a stopped project, and may be skipped or retried while it waits', () => {
    const stopped = run(project()).accept({ type: 'StopProject', project: P, by, reason: 'r' });
    expect([types(stopped.planned()), stopped.project().settled]).toEqual([[], true]);
    const skipped = run(project())
      .step()
      .accept({ type: 'SkipCard', project: P, card: cardId('DEPLOY-1'), by, reason: 'r' });
    expect([skipped.card('DEPLOY-1').state, skipped.card('DEPLOY-1').approval]).toEqual(['SKIPPED', undefined]);
    const retried = run(project())
      .step()
      .accept({ type: 'RetryCard', project: P, card: cardId('DEPLOY-1'), by, reason: 'r' });
    expect(retried.card('DEPLOY-1').state).toBe('TODO');
  });

  it('survives a snapshot, asked or not', () => {
    for (const s of [run(project()), run(project()).step().accept(word('tech-lead')), project()]) {
      const again = restore(snapshot(s.board))!;
      expect(everything(again, [PRODUCT, ARCH])).toEqual(everything(s.board, [PRODUCT, ARCH]));
      expect(snapshot(again)).toEqual(snapshot(s.board));
    }
  });
});
