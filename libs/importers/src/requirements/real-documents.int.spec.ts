import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseRequirements, type Requirement, type RequirementsDocument } from './index.js';

const FOLDER = join(process.cwd(), '../shared/inputs/requirements');
const there = existsSync(FOLDER);
const withDocuments = there ? describe : describe.skip;

const read = (name: string): RequirementsDocument => {
  const result = parseRequirements({ name, bytes: new Uint8Array(readFileSync(join(FOLDER, name))) });
  if (result.kind === 'rejected') throw new Error(result.message);
  return result.document;
};

const of = (document: RequirementsDocument, kind: Requirement['kind']): readonly string[] =>
  document.requirements.filter((r) => r.kind === kind).map((r) => r.id);
const titles = (document: RequirementsDocument): readonly string[] =>
  document.requirements.filter((r) => r.kind === 'functional').map((r) => r.title);
const criteria = (document: RequirementsDocument): number =>
  document.requirements.reduce((sum, r) => sum + r.criteria.length, 0);

withDocuments(`documents found in the wild${there ? '' : ' (skipped: ../shared/inputs is not here)'}`, () => {
  it('intellicore: 40 functional requirements RF001 to RF063, four use cases, eight qualities, every criterion', () => {
    const found = read('intellicore__requisitos_funcionais_v2.0.pt.md');
    expect(found).toMatchObject({
      language: 'pt',
      form: 'headings',
      title: 'Requisitos Funcionais SuperCore v2.0',
      warnings: [],
    });
    const functional = of(found, 'functional');
    expect([functional.length, functional[0], functional.at(-1)]).toEqual([40, 'RF001', 'RF063']);
    expect(of(found, 'use-case')).toEqual(['UC001', 'UC002', 'UC003', 'UC004']);
    expect(of(found, 'non-functional')).toHaveLength(8);
    expect(criteria(found)).toBe(195);
    expect(found.requirements.at(-1)).toMatchObject({
      id: 'RF063',
      fromLine: 1672,
      priority: 'HIGH',
      dependsOn: ['RF001', 'RF010'],
    });
    expect(found.requirements[0]).toMatchObject({
      title: 'Gerenciamento de Oráculos',
      fromLine: 137,
      priority: 'CRITICAL',
    });
  });

  it('intellicore with RF062 twice: 40 once each, the first kept, a warning with both lines', () => {
    const found = read('intellicore__requisitos_funcionais_dup-RF062.pt.md');
    expect(of(found, 'functional')).toHaveLength(40);
    expect(found.requirements.find((r) => r.id === 'RF062')?.title).toContain('Assistente IA');
    expect(found.warnings).toEqual([
      expect.stringMatching(
        /RF062 está definido duas vezes, na linha 639 .*na linha 1368 .*textos diferentes: vale o primeiro/,
      ),
    ]);
  });

  it('quality-software-poc: 8 requirements, 10 rules and a quality out of tables', () => {
    const found = read('quality-software-poc__requisitos.pt.md');
    expect([of(found, 'functional').length, of(found, 'rule').length, of(found, 'non-functional').length]).toEqual([
      8, 10, 1,
    ]);
    expect(found).toMatchObject({ form: 'tables', language: 'pt' });
    expect(found.requirements.find((r) => r.id === 'RF-04')?.section).toEqual(['Answer', 'Requisitos funcionais (RF)']);
  });

  it('car-rental: FR-001 to FR-013 of a spec-kit list, five stories beside them', () => {
    const found = read('car-rental-003__spec.md');
    expect(of(found, 'functional')).toEqual(
      Array.from({ length: 13 }, (_, i) => `FR-${String(i + 1).padStart(3, '0')}`),
    );
    expect(of(found, 'use-case')).toEqual(['US-1', 'US-2', 'US-3', 'US-4', 'US-5']);
    expect([found.form, found.language, criteria(found)]).toEqual(['list', 'en', 17]);
  });

  it('car-rental: the tasks beside it are no requirements', () => {
    const bytes = new Uint8Array(readFileSync(join(FOLDER, '../backlogs/speckit/car-rental-003__tasks.md')));
    expect(parseRequirements({ name: 'tasks.md', bytes })).toMatchObject({ kind: 'rejected', code: 'other-format' });
  });

  it('rms: 15 requirements with their stated priorities; criteria that stand apart find their requirement', () => {
    const found = read('rms__SRS.md');
    expect([of(found, 'functional').length, of(found, 'non-functional').length, criteria(found)]).toEqual([15, 5, 40]);
    expect(found.requirements[0]).toMatchObject({ id: 'FR-001', title: 'User Authentication', priority: 'CRITICAL' });
    expect(found.requirements.find((r) => r.id === 'FR-014')?.criteria.join()).toContain('SePay QR checkout');
  });

  it('app_treino: ten features with 50 criteria and their actors', () => {
    const found = read('app_treino__prd.pt.md');
    expect(titles(found)).toEqual([
      'Sistema de Autenticação',
      'Criação de Treinos',
      'Interface do Aluno',
      'Dashboard do Personal',
      'Sistema de Planos',
      'Gateway de Pagamentos',
      'Sistema de Chat',
      'Relatórios de Progresso',
      'Multi-usuários',
      'White Label',
    ]);
    expect(criteria(found)).toBe(50);
    expect(found.requirements[2]?.actor).toBe('aluno');
  });

  it('prds: 22 features, 13 stories, 7 qualities', () => {
    const found = read('prds__PRD.md');
    expect([of(found, 'functional').length, of(found, 'use-case').length, of(found, 'non-functional').length]).toEqual([
      22, 13, 7,
    ]);
    expect(titles(found)).toContain('Persona-Tailored Prompting');
  });

  it('task-master: the 16 steps of its roadmap; its sample: four features', () => {
    expect(titles(read('claude-task-master__prd.txt'))).toHaveLength(16);
    expect(titles(read('claude-task-master__sample-prd.txt'))).toEqual([
      'URL Input & Shortening',
      'Short URL Display',
      'URL Redirection',
      'Basic Persistence',
    ]);
  });

  it('saracafarma: UTF-16, no ids: 8 requirements, 5 qualities, 5 rules, 8 use cases', () => {
    const found = read('saracafarma__requisitos.utf16.pt.md');
    expect(
      (['functional', 'non-functional', 'rule', 'use-case'] as const).map((kind) => of(found, kind).length),
    ).toEqual([8, 5, 5, 8]);
    expect(found).toMatchObject({ language: 'pt', title: 'Requisitos do Sistema SaracaFarma' });
  });
});
