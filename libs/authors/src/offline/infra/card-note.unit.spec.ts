import { describe, expect, it } from '@jest/globals';
import { cardId, type CardSpec } from '@squados/contracts';
import { KNOWN } from '../criteria/index.js';
import { deployNote, infraNote } from './card-note.js';

const card = (acceptanceCriteria: readonly string[]): CardSpec =>
  ({ id: cardId('INFRA-001'), title: 'Infrastructure', acceptanceCriteria, language: 'pt' }) as unknown as CardSpec;

describe('the note of an infrastructure card', () => {
  it('names the gates that hold what it knows, and leaves a backlog’s own words open', () => {
    const [[path = '', text = ''] = []] = infraNote(card([KNOWN.valid.pt(), 'The cloud bill stays small']), 'pt');
    expect(path).toBe('deploy/cards/INFRA-001.md');
    expect(text).toMatch(/^- \[x\] Toda imagem.*`dockerfiles`, `compose`, `kubernetes`, `ci-workflow`/m);
    expect(text).toMatch(/^- \[ \] The cloud bill stays small – nada o verifica$/m);
  });

  it('of a deployment names the gate that asks what was started', () => {
    expect(deployNote(card([KNOWN.answers.pt()]))[0]?.[1]).toMatch(/^- \[x\] .*`product-answers`/m);
  });

  it('is not written where nothing is asked', () => expect(infraNote(card([]), 'en')).toEqual([]));
});
