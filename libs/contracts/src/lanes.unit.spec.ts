import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  agentForCard,
  agentName,
  attemptLane,
  cardId,
  decidedLane,
  decodeToken,
  encodeToken,
  KNOWN_PREFIXES,
  ownerOf,
  parseLane,
  prefixOf,
  projectId,
  projectLane,
} from './index.js';

const at = (card: string, project = 'P', agent = 'backend') => ({
  project: projectId(project),
  agent: agentName(agent),
  card: cardId(card),
});

describe('subject tokens', () => {
  it.each([
    ['a plain id', 'BE-017'],
    ['dots', 'BE.1.2'],
    ['only dots', '..'],
    ['spaces', 'com espaço no meio'],
    ['leading and trailing spaces', ' BE-1 '],
    ['slashes', 'a/b\\c'],
    ['a path that climbs', '../../etc/passwd'],
    ['the mark of an absent part', '_'],
    ['an underscore inside', 'a_b'],
    ['what looks encoded already', '=5F'],
    ['a percent escape', '%2E'],
    ['Portuguese letters', 'AÇÃO-ÚNICA-ü'],
    ['an emoji', '🚀'],
    ['an emoji of several code points', '👩‍👩‍👧'],
    ['wildcards', '*.>'],
    ['letters of another script', '日本語'],
    ['a combining accent', 'e\u0301'],
    ['a word that is a property of objects', '__proto__'],
  ])('carries %s there and back, with no dot, space or wildcard', (_, id) => {
    const token = encodeToken(id);
    expect(token).toMatch(/^[A-Za-z0-9_=-]+$/);
    expect(token).not.toBe('_');
    expect(decodeToken(token)).toBe(id);
  });
  it('keeps ids apart that look alike: composed and decomposed accents, upper and lower case', () => {
    expect(new Set(['é', 'e\u0301', 'É', 'E'].map(encodeToken)).size).toBe(4);
  });
  it('never gives two ids one token', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.string({ unit: 'grapheme', minLength: 1 }),
        (a, b) => {
          fc.pre(a !== b);
          expect(encodeToken(a)).not.toBe(encodeToken(b));
        },
      ),
    );
  });
  it('gets every id back, of any characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }), (id) => {
        expect(decodeToken(encodeToken(id))).toBe(id);
      }),
      { numRuns: 500 },
    );
  });
  it('a long id makes a long token, three bytes per encoded one: 200 emoji are 2,400 bytes, which a subject may hold', () => {
    const id = '🚀'.repeat(200);
    expect(encodeToken(id)).toHaveLength(2_400);
    expect(parseLane(decidedLane(at(id)))).toEqual({ kind: 'decided', ...at(id) });
  });
  it.each([['='], ['=5'], ['=5f'], ['=ZZ'], ['a=']])('refuses %p, which the encoder cannot have written', (token) => {
    expect(() => decodeToken(token)).toThrow(RangeError);
  });
  it('refuses bytes that are no UTF-8', () => {
    expect(() => decodeToken('=FF=FE')).toThrow();
  });
});

describe('lanes', () => {
  it('come apart into what they were made of', () => {
    fc.assert(
      fc.property(fc.tuple(fc.string({ minLength: 1 }), fc.string({ minLength: 1 })), ([project, card]) => {
        const address = at(card, project);
        expect(parseLane(attemptLane(address))).toEqual({ kind: 'attempt', ...address });
        expect(parseLane(decidedLane(address))).toEqual({ kind: 'decided', ...address });
        expect(parseLane(projectLane(address.project))).toEqual({ kind: 'project', project: address.project });
      }),
    );
  });
  it('a card called _ of an agent called _ is not the project', () => {
    expect(parseLane(decidedLane(at('_', '_', '_')))).toEqual({ kind: 'decided', ...at('_', '_', '_') });
  });
  it.each([
    [''],
    ['squad'],
    ['squad.P'],
    ['squad.P.a.c'],
    ['squad.P.a.c.decided.more'],
    ['other.P.a.c.decided'],
    ['squad..a.c.decided'],
    ['squad.P.a.c.unknown'],
    ['squad.P._._.attempt'],
    ['squad.P.a.=ZZ.decided'],
    ['squad.=FF.a.c.decided'],
  ])('%p is no lane', (text) => {
    expect(parseLane(text)).toBeUndefined();
  });
});

describe('routing by prefix', () => {
  it.each([
    ['EPIC-001', 'product'],
    ['prod-9', 'product'],
    ['ARQ-001-CORR-1', 'arch'],
    ['ARCH.2', 'arch'],
    ['DEPLOY', 'infra'],
    ['INFRA_1', 'infra'],
    ['FE 1', 'frontend'],
    ['be-017', 'backend'],
    ['QA/7', 'qa'],
  ])('%s belongs to %s', (card, agent) => {
    expect(agentForCard(card)).toBe(agent);
    expect(ownerOf(agent)?.prefixes).toContain(prefixOf(card));
  });
  it.each([['ÉPICO-1'], ['BEE-1'], ['1-BE'], ['-BE'], [''], ['..']])('%p belongs to nobody', (card) => {
    expect(agentForCard(card)).toBeUndefined();
  });
  it('no prefix has two owners', () => {
    expect(new Set(KNOWN_PREFIXES).size).toBe(KNOWN_PREFIXES.length);
  });
});
