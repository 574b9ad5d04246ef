import { CliError } from '../cli-error.js';
import { describe, expect, it } from '@jest/globals';
import { completed, failed, P, person, Scenario, spec, started, verdict } from '@squados/board/testing';
import { projectLane } from '@squados/contracts';
import { EXIT } from '../exit-codes.js';
import { foldOf } from '../testing/fold-of.js';
import { tallyOf } from '../views/tally.js';
import { actorOf } from './actor.js';
import { differences } from './compare-boards.js';
import { untilOf } from './replay.js';
import { agentsOf, concurrencyOf, profileOf, soloPolicy, WAIVE_REFER_POLICY } from './run-options.js';
import { isOver, outcomeOf } from './run-outcome.js';
import { UntilOver } from './until-over.js';

describe('what a run ends with', () => {
  const done = Scenario.of([spec('A')]);
  done.step().says('A', started(1), completed(1)).step();
  const dead = Scenario.of([spec('A')]);
  dead
    .step()
    .says('A', started(1), failed(1, { kind: 'terminal' }))
    .step();
  const open = Scenario.of([spec('A')]).step();

  const outcome = (scenario: Scenario, strict = false) => {
    const { fold, at } = foldOf(scenario);
    return outcomeOf({ tally: tallyOf(fold, at), status: at.view.status, strict });
  };

  it('is over when it completed or only people can move it on', () => {
    expect(isOver(foldOf(done).fold)).toBe(true);
    expect(isOver(foldOf(dead).fold)).toBe(true);
    expect(isOver(foldOf(open).fold)).toBe(false);
  });

  it('is not over while its import is still under way', () => {
    expect(isOver(foldOf(Scenario.of([])).fold)).toBe(false);
  });

  it('dead letters are 3, done is 0, anything else is 130', () => {
    expect(outcome(done)).toBe(EXIT.done);
    expect(outcome(dead)).toBe(EXIT.deadLetters);
    expect(outcome(open)).toBe(EXIT.stopped);
  });

  it('a gate that waits for a person is 4, and so is a waiver under --strict', () => {
    const waits = Scenario.of([spec('A')]);
    waits
      .step()
      .says('A', started(1), verdict(1, { outcome: 'refer' }), completed(1))
      .step();
    expect(outcome(waits)).toBe(EXIT.waivers);
    const by = { kind: 'policy', name: 'laptop' } as const;
    waits.decided('A', { type: 'GateWaived', data: { attempt: 1, gate: 'schema', by, reason: 'accepted' } }).step();
    expect(outcome(waits)).toBe(EXIT.done);
    expect(outcome(waits, true)).toBe(EXIT.waivers);
  });

  it('whoever waits for the end hears it once history is over, not before', async () => {
    const until = new UntilOver();
    let heard = false;
    void until.over.then(() => (heard = true));
    const { fold } = foldOf(done);
    until.folded(undefined, fold);
    await Promise.resolve();
    expect(heard).toBe(false);
    until.headReached(fold);
    await until.over;
    const live = new UntilOver();
    live.headReached(foldOf(open).fold);
    live.folded(undefined, fold);
    await live.over;
  });
});

describe('options of a run', () => {
  it('slots per agent', () => {
    expect([...concurrencyOf(['product=4', 'arch=1'])]).toEqual([
      ['product', 4],
      ['arch', 1],
    ]);
    expect(concurrencyOf(undefined).size).toBe(0);
    for (const pair of ['product', 'product=0', 'product=65', 'Product=1', 'product=-1', '=1', 'product=1 '])
      expect(() => concurrencyOf([pair])).toThrow('is not understood');
  });

  it('a strict run leaves waivers to people; the profile goes to the gates', () => {
    expect(soloPolicy({ strict: false, profile: 'quick' })).toMatchObject({ waiveRefer: WAIVE_REFER_POLICY });
    expect(soloPolicy({ strict: true, profile: 'full' })).not.toHaveProperty('waiveRefer');
    expect(soloPolicy({ backend: 'go' })).toMatchObject({ backend: 'go', gateProfile: 'quick' });
    expect(() => soloPolicy({ backend: 'cobol' })).toThrow(CliError);
    expect(agentsOf(['arch', 'product'])).toEqual(['product', 'arch']);
    expect(() => agentsOf(['sales'])).toThrow(/sales/);
    expect(soloPolicy({ strict: true, profile: 'full' }).gateProfile).toBe('full');
    expect([profileOf(undefined), profileOf('full')]).toEqual(['quick', 'full']);
    expect(() => profileOf('slow')).toThrow('--profile');
  });

  it('a place in the log is a position or a time', () => {
    expect(untilOf(undefined)).toBeUndefined();
    expect(untilOf('120')).toEqual({ position: 120 });
    expect(untilOf('2025-01-31T12:00:00Z')).toEqual({ time: Date.UTC(2025, 0, 31, 12) });
    expect(() => untilOf('-1x')).toThrow('--to');
  });

  it('whoever decides is named by SQUADOS_USER, else by the system', () => {
    expect(actorOf({ SQUADOS_USER: ' ana ' })).toEqual({ kind: 'person', name: 'ana' });
    expect(actorOf({}).name).not.toBe('');
  });
});

describe('two boards of one log', () => {
  it('agree, or differ by what is named', () => {
    const full = Scenario.of([spec('A'), spec('B')]);
    const before = foldOf(full).fold.board;
    expect(differences(before, foldOf(full).fold.board)).toEqual([]);
    full.says('A', started(1));
    const paused = { by: person, reason: 'lunch', now: false };
    full.step().log.put(projectLane(P), { type: 'ProjectPaused', data: paused });
    const told = differences(before, foldOf(full).fold.board);
    expect(told).toEqual(expect.arrayContaining([`project ${P} differs`, 'card A differs']));
    expect(differences(before, foldOf(Scenario.of([spec('A')])).fold.board)).toContain(
      'project demo: the cards differ',
    );
  });
});
