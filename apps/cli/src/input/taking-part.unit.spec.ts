import { describe, expect, it } from '@jest/globals';
import { hashBytes } from '@squados/artifacts';
import { agentName } from '@squados/contracts';
import { SOLO_AGENTS } from '../solo/solo-agents.js';
import type { InputFile } from './input-file.js';
import { inputOf } from './load-input.js';
import { takingPart } from './taking-part.js';

const file = (name: string, text: string): InputFile => {
  const bytes = new TextEncoder().encode(text);
  return { given: name, name, bytes, sha256: hashBytes(bytes) };
};
const SCHEMA = file('shop.sql', 'CREATE TABLE book (id integer PRIMARY KEY, title text NOT NULL);');
const CONTRACT = file(
  'shop.yaml',
  `openapi: 3.0.3
info: { title: Shop, version: '1' }
paths:
  /books:
    get:
      responses:
        '200':
          description: all
          content:
            application/json:
              schema: { type: array, items: { type: object, properties: { title: { type: string } } } }
`,
);
const DOCUMENT = file('req.md', '# Shop\n\n## Features\n\n- **FR-001**: The system MUST list books\n');
const cardsOf = (given: InputFile, agents: readonly string[]): readonly string[] =>
  takingPart(inputOf([given], false), agents.map(agentName)).cards.map(({ id }) => id);

describe('a given design and the agents of the run', () => {
  it.each([
    ['schema', SCHEMA],
    ['contract', CONTRACT],
  ])('a %s leads as far as there are agents for it', (_name, given) => {
    expect(cardsOf(given, SOLO_AGENTS)).toHaveLength(6);
    expect(cardsOf(given, ['product', 'arch'])).toEqual(['ARCH-001']);
    expect(cardsOf(given, ['arch', 'backend', 'qa'])).toEqual(['ARCH-001', 'BE-001']);
    expect(cardsOf(given, ['arch', 'infra'])).toEqual(['ARCH-001', 'INFRA-001']);
  });

  it('a design that nobody takes up is refused with the word that mends it', () => {
    const refused = (): unknown => cardsOf(SCHEMA, ['product', 'backend']);
    expect(refused).toThrow('--agents: shop.sql is a design, and arch, who takes it up, is not among them');
    expect(refused).toThrow(expect.objectContaining({ remedy: ['--agents arch product backend'] }));
  });

  it('a document brings its epic along whoever takes part', () => {
    expect(cardsOf(DOCUMENT, ['arch'])).toEqual(['EPIC-001']);
  });
});
