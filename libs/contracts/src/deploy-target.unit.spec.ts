import { describe, expect, it } from '@jest/globals';
import type { CardSpec } from './card.js';
import { deployTarget, isDeployCard } from './deploy-target.js';
import { agentName, cardId } from './ids.js';

const card = (title: string, more: Partial<CardSpec> = {}): CardSpec => ({
  id: cardId('DEPLOY-001'),
  title,
  description: '',
  agent: agentName('infra'),
  priority: 'HIGH',
  dependencies: [],
  acceptanceCriteria: [],
  requirementIds: [],
  deliverables: [],
  ...more,
});

describe('where a DEPLOY card goes', () => {
  it.each([
    ['Deployment: Production planning for bakeries', 'local'],
    ['Deploy', 'local'],
    ['Deploy to staging', 'staging'],
    ['Deployment to the production cluster', 'production'],
    ['Implantação em homologação', 'staging'],
    ['Implantar em produção', 'production'],
    ['Publicação de produtos', 'local'],
  ])('%s: %s', (title, target) => {
    expect(deployTarget(card(title))).toBe(target);
  });

  it('what its fields say comes before the words of its title', () => {
    expect(deployTarget(card('Deploy to staging', { extra: { target: 'production' } }))).toBe('production');
    expect(deployTarget(card('Deploy', { extra: { environment: 'hml' } }))).toBe('staging');
    expect(deployTarget(card('Deploy', { extra: { target: 7 } }))).toBe('local');
  });

  it('is told by its id or its type', () => {
    expect(
      [card('x'), card('x', { id: cardId('INFRA-9'), type: 'Deploy' }), card('x', { id: cardId('INFRA-9') })].map(
        isDeployCard,
      ),
    ).toEqual([true, true, false]);
  });
});
