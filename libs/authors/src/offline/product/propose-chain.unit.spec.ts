import { describe, expect, it } from '@jest/globals';
import type { Task } from '@squados/agent-runtime';
import { agentForCard, agentName, cardId, projectId, type CardSpec, type Proposal } from '@squados/contracts';
import { kindOf } from './card-kind.js';
import { chainProposals } from './propose-chain.js';

const ALL = ['product', 'arch', 'infra', 'frontend', 'backend', 'qa'];

const card = (id: string, dependencies: readonly string[] = [], over: Partial<CardSpec> = {}): CardSpec => ({
  id: cardId(id),
  title: 'RF001 - Cadastro de clientes',
  description: 'O sistema guarda clientes.',
  agent: agentForCard(id) ?? agentName('product'),
  priority: 'HIGH',
  acceptanceCriteria: ['Cliente salvo'],
  requirementIds: ['RF001'],
  deliverables: [],
  language: 'pt',
  ...over,
  dependencies: dependencies.map(cardId),
});

const design = card('PROD-001', [], { type: 'design' });
const backend = card('PROD-002', ['PROD-001'], { type: 'backend' });
const frontend = card('PROD-003', ['PROD-002'], { type: 'frontend' });
const requirement = [design, backend, frontend];
const later = card('PROD-010', [], { type: 'design', requirementIds: ['RF002'] });
const arch = card('ARCH-001', ['PROD-001']);
const be = card('BE-002', ['PROD-002', 'ARCH-001']);

const propose = (of: CardSpec, cards: readonly CardSpec[], agents: readonly string[] = ALL): readonly Proposal[] =>
  chainProposals(
    {
      project: {
        id: projectId('p'),
        title: 'Oficina',
        agents: agents.map(agentName),
        policy: {} as Task['project']['policy'],
        documents: [],
      },
      card: of,
      attempt: 1,
      dependencies: [],
      cards,
    },
    kindOf(of),
  );
const edges = (proposals: readonly Proposal[]): readonly (readonly [string, ...string[]])[] =>
  proposals.map((p) => [`${p.card.id}${p.closing === true ? ' closing' : ''}`, ...p.card.dependencies]);

describe('the delivery chain of a requirement', () => {
  it('goes from a design card to its ARCH card', () => {
    expect(edges(propose(design, [...requirement, later]))).toEqual([['ARCH-001', 'PROD-001']]);
  });

  it('goes from a backend card to BE, behind the requirement’s ARCH', () => {
    expect(edges(propose(backend, [arch, ...requirement, later]))).toEqual([['BE-002', 'PROD-002', 'ARCH-001']]);
  });

  it('goes from a frontend card to FE, behind the same ARCH, and to QA behind both', () => {
    expect(edges(propose(frontend, [arch, be, ...requirement, later]))).toEqual([
      ['FE-003', 'PROD-003', 'ARCH-001'],
      ['QA-003', 'FE-003', 'BE-002', 'ARCH-001'],
    ]);
  });

  it('takes the design that a card builds on where no requirement is named', () => {
    const [d, b] = [design, backend].map((c) => ({ ...c, requirementIds: [] }));
    const other = card('PROD-009', [], { type: 'design', requirementIds: [] });
    const cards = [arch, card('ARCH-009', ['PROD-009']), d!, b!, other, later];
    expect(edges(propose(b!, cards))).toEqual([['BE-002', 'PROD-002', 'ARCH-001']]);
  });

  it('depends on nothing that is not there: a skipped design leads to no ARCH', () => {
    expect(edges(propose(backend, [...requirement, later]))).toEqual([['BE-002', 'PROD-002']]);
    expect(edges(propose(frontend, [...requirement, later]))).toEqual([
      ['FE-003', 'PROD-003'],
      ['QA-003', 'FE-003'],
    ]);
  });

  it('carries priority, language, requirement, criteria over and speaks the requirement’s language', () => {
    const [fe, qa] = propose(frontend, [arch, be, ...requirement, later]).map((p) => p.card);
    expect(qa).toMatchObject({
      title: 'RF001 - Garantia de qualidade: Cadastro de clientes',
      agent: 'qa',
      type: 'qa',
      priority: 'HIGH',
      language: 'pt',
      requirementIds: ['RF001'],
      acceptanceCriteria: ['Cliente salvo'],
      parent: 'PROD-003',
    });
    expect(fe).toMatchObject({ agent: 'frontend', type: 'frontend', title: 'RF001 - Frontend: Cadastro de clientes' });
    const english = propose({ ...frontend, language: 'en' }, [frontend, later]);
    expect(english[1]?.card.title).toBe('RF001 - Quality assurance: Cadastro de clientes');
  });

  it('names no agent that does not exist in the run', () => {
    expect(edges(propose(frontend, [...requirement], ['product', 'arch']))).toEqual([]);
    expect(edges(propose(frontend, [be, ...requirement, later], ['product', 'backend', 'qa']))).toEqual([
      ['QA-003', 'BE-002'],
    ]);
    expect(edges(propose(frontend, [...requirement, later], ['product', 'qa']))).toEqual([['QA-003', 'PROD-003']]);
    expect(edges(propose(backend, requirement, ['product', 'frontend']))).toEqual([]);
  });

  it('is not begun a second time where the project holds such cards', () => {
    const fe = card('FE-CLIENTE', ['PROD-003']);
    const qa = card('QA-CLIENTE', ['FE-CLIENTE']);
    expect(edges(propose(backend, [be, ...requirement, later]))).toEqual([]);
    expect(edges(propose(frontend, [be, fe, qa, ...requirement, later]))).toEqual([]);
    expect(edges(propose(frontend, [be, fe, ...requirement, later]))).toEqual([['QA-003', 'FE-CLIENTE', 'BE-002']]);
    expect(edges(propose(frontend, [be, card('QA-9', ['BE-002']), ...requirement, later]))).toEqual([
      ['FE-003', 'PROD-003'],
    ]);
  });

  it('ends at cards that lead nowhere', () => {
    expect(propose(card('PROD-004'), [card('PROD-004')])).toEqual([]);
  });
});

describe('the naturally last card of the chain', () => {
  const cards = [card('ARCH-001', ['PROD-001']), card('ARCH-2', ['PROD-2']), be, ...requirement];

  it('also proposes INFRA, behind the last design, and DEPLOY, which closes the project', () => {
    expect(edges(propose(frontend, cards)).slice(2)).toEqual([
      ['INFRA-001', 'ARCH-2'],
      ['DEPLOY-001 closing', 'INFRA-001', 'BE-002', 'FE-003'],
    ]);
    expect(edges(propose(backend, cards))).toEqual([]);
  });

  it('counts only cards that lead to others', () => {
    const note = card('PROD-999', [], { type: 'note' });
    expect(edges(propose(frontend, [...cards, note])).map(([id]) => id)).toContain('INFRA-001');
  });

  it('gives them every requirement, and words in the language of the document', () => {
    const [, , infra, deploy] = propose(frontend, [later, ...cards]).map((p) => p.card);
    expect(infra).toMatchObject({
      title: 'Infraestrutura: Oficina',
      agent: 'infra',
      requirementIds: ['RF002', 'RF001'],
    });
    expect(deploy).toMatchObject({ title: 'Implantação: Oficina', agent: 'infra', type: 'deploy' });
    expect(propose({ ...frontend, language: 'en' }, [frontend]).at(-1)?.card.title).toBe('Deployment: Oficina');
  });

  it('hangs INFRA on itself where there is no design, and proposes none without an infrastructure owner', () => {
    expect(edges(propose(backend, [backend]))).toEqual([
      ['BE-002', 'PROD-002'],
      ['INFRA-001', 'PROD-002'],
      ['DEPLOY-001 closing', 'INFRA-001', 'BE-002'],
    ]);
    expect(edges(propose(backend, [backend], ['product', 'backend']))).toEqual([['BE-002', 'PROD-002']]);
  });

  it('takes infrastructure and deployment cards that are there for its own', () => {
    const infra = card('INFRA-7');
    const deploy = card('DEPLOY-7', ['INFRA-7']);
    expect(edges(propose(design, [design, infra]))).toEqual([
      ['ARCH-001', 'PROD-001'],
      ['DEPLOY-001 closing', 'INFRA-7'],
    ]);
    expect(edges(propose(design, [deploy, design, infra]))).toEqual([['ARCH-001', 'PROD-001']]);
  });
});
