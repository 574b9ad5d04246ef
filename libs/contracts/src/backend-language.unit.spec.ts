import { describe, expect, it } from '@jest/globals';
import { chooseBackendLanguage } from './backend-language.js';
import type { CardSpec } from './card.js';
import { agentName, cardId } from './ids.js';

const card = (id: string, description: string, agent = 'backend'): CardSpec => ({
  id: cardId(id),
  title: id,
  description,
  agent: agentName(agent),
  priority: 'HIGH',
  dependencies: [],
  acceptanceCriteria: [],
  requirementIds: [],
  deliverables: [],
});

describe('the language of a project’s backend', () => {
  it('is the policy’s, whatever the cards say', () => {
    expect(chooseBackendLanguage({ backend: 'go' }, [card('BE-1', 'FastAPI')])).toMatchObject({
      language: 'go',
      by: 'policy',
    });
  });
  it('is what more backend cards name; a card counts once', () => {
    const cards = [card('BE-1', 'Golang, golang'), card('BE-2', 'Go (Gin)'), card('BE-3', 'FastAPI, Pydantic, Python')];
    expect(chooseBackendLanguage({}, cards)).toEqual({
      language: 'go',
      by: 'cards',
      cards: 3,
      mentions: { go: 2, python: 1 },
    });
  });
  it('is Python when nothing, or as much of both, is named', () => {
    expect(chooseBackendLanguage({}, []).language).toBe('python');
    expect(chooseBackendLanguage({}, [card('BE-1', 'in Go'), card('BE-2', 'em Python')])).toMatchObject({
      language: 'python',
      by: 'default',
    });
  });
  it('takes no verb and no drink for a language, and no other owner’s card for a backend card', () => {
    const cards = [card('BE-1', 'let the order go in; sell gin'), card('FE-1', 'Golang', 'frontend')];
    expect(chooseBackendLanguage({}, cards).mentions).toEqual({ go: 0, python: 0 });
  });
});
